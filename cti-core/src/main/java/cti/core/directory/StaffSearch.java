package cti.core.directory;

import cti.core.directory.StaffQuery.Found;
import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks through a directory. Walks over everybody, so it is no work for a thread that must not
 * wait.
 */
public final class StaffSearch {
  private StaffSearch() {}

  /**
   * @param after the answer goes on behind this person
   * @param limit most items
   */
  public static Found find(
      DirectoryIndex directory, StaffQuery query, Optional<StaffId> after, int limit) {
    List<StaffMember> from = query.number().map(directory::lookup).orElseGet(directory::all);
    Predicate<StaffMember> fits = predicate(query);
    List<StaffMember> items = new ArrayList<>();
    int total = 0;
    boolean more = false;
    for (StaffMember member : from) {
      if (!fits.test(member)) {
        continue;
      }
      total++;
      if (after.isEmpty() || member.id().compareTo(after.get()) > 0) {
        if (items.size() < limit) {
          items.add(member);
        } else {
          more = true;
        }
      }
    }
    return new Found(items, total, more ? Optional.of(items.getLast().id()) : Optional.empty());
  }

  private static Predicate<StaffMember> predicate(StaffQuery query) {
    Predicate<StaffMember> fits = member -> true;
    if (query.site().isPresent()) {
      fits = fits.and(member -> member.site().equals(query.site().get()));
    }
    if (query.status().isPresent()) {
      fits = fits.and(member -> member.status() == query.status().get());
    }
    if (query.vip().isPresent()) {
      fits = fits.and(member -> member.vip() == query.vip().get());
    }
    if (query.department().isPresent()) {
      fits = fits.and(member -> DepartmentTree.isIn(member.department(), query.department().get()));
    }
    if (query.text().isPresent()) {
      String wanted = query.text().get().strip().toLowerCase(Locale.ROOT);
      boolean letters = wanted.chars().allMatch(c -> c >= 'a' && c <= 'z');
      fits =
          fits.and(
              member ->
                  holds(member, wanted)
                      || letters && PinyinInitials.of(member.name()).startsWith(wanted));
    }
    return fits;
  }

  private static boolean holds(StaffMember member, String wanted) {
    return contains(member.name(), wanted)
        || contains(member.id().value(), wanted)
        || member.department().parts().stream().anyMatch(part -> contains(part, wanted))
        || contains(member.email(), wanted)
        || contains(member.officeAddress(), wanted)
        || contains(member.remark(), wanted)
        || (wanted.contains(">") && contains(member.department().toString(), wanted))
        || member.numbers().stream().anyMatch(number -> holds(number, wanted));
  }

  private static boolean holds(PhoneNumber number, String wanted) {
    return contains(number.given(), wanted)
        || number.e164().filter(e164 -> e164.contains(wanted)).isPresent()
        || number.extension().equals(Optional.of(wanted));
  }

  /** Without a copy in lower case of every text. */
  private static boolean contains(String text, String wanted) {
    int last = text.length() - wanted.length();
    for (int i = 0; i <= last; i++) {
      if (text.regionMatches(true, i, wanted, 0, wanted.length())) {
        return true;
      }
    }
    return false;
  }
}
