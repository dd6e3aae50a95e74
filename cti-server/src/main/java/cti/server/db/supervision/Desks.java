package cti.server.db.supervision;

import cti.core.id.DeskId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Desks as they stand in one column. */
final class Desks {
  private Desks() {}

  static String words(Set<DeskId> desks) {
    return desks.stream().map(DeskId::value).sorted().collect(Collectors.joining(" "));
  }

  static Set<DeskId> set(String words) {
    return Arrays.stream(words.split(" "))
        .filter(word -> !word.isEmpty())
        .map(DeskId::new)
        .collect(Collectors.toSet());
  }
}
