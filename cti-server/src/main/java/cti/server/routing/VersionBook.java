package cti.server.routing;

import cti.core.port.VersionedTexts.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every version that was published, and which one is in force. Immutable: publishing makes another
 * book. A later version supersedes an earlier one, also one whose time is still to come.
 */
final class VersionBook<T> {
  private final Reader<T> reader;
  private final List<Version> versions;
  private final Map<Integer, T> read;

  private VersionBook(Reader<T> reader, List<Version> versions, Map<Integer, T> read) {
    this.reader = reader;
    this.versions = List.copyOf(versions);
    this.read = Map.copyOf(read);
  }

  /** What a text says that was checked when it was published. */
  interface Reader<T> {
    /** Empty where it reads no more. */
    Optional<T> published(String yaml, int version);
  }

  static <T> VersionBook<T> of(Reader<T> reader, List<Version> versions) {
    return new VersionBook<>(reader, List.of(), Map.of()).with(versions);
  }

  /** These in the place of all; what was read before is not read again. */
  VersionBook<T> with(List<Version> all) {
    List<Version> sorted = all.stream().sorted(Comparator.comparing(Version::number)).toList();
    Map<Integer, T> next = new HashMap<>();
    for (Version version : sorted) {
      boolean known =
          version(version.number())
              .filter(before -> before.checksum().equals(version.checksum()))
              .isPresent();
      Optional<T> said =
          known ? said(version.number()) : reader.published(version.yaml(), version.number());
      said.ifPresent(found -> next.put(version.number(), found));
    }
    return new VersionBook<>(reader, sorted, next);
  }

  /** One more, or another state of one that is there. */
  VersionBook<T> with(Version version) {
    List<Version> all = new ArrayList<>(versions);
    all.removeIf(before -> before.number() == version.number());
    all.add(version);
    return with(all);
  }

  /** Oldest first. */
  List<Version> versions() {
    return versions;
  }

  Optional<Version> version(int number) {
    return versions.stream().filter(version -> version.number() == number).findFirst();
  }

  /** Empty where it is not there, or cannot be read any more. */
  Optional<T> said(int number) {
    return Optional.ofNullable(read.get(number));
  }

  /** The last one that was not taken back; 0 for none. */
  int last() {
    return versions.stream()
        .filter(version -> version.withdrawnAt().isEmpty())
        .mapToInt(Version::number)
        .max()
        .orElse(0);
  }

  /** The number that the next one has. */
  int next() {
    return versions.isEmpty() ? 1 : versions.getLast().number() + 1;
  }

  /** The version in force at a moment; empty for none. */
  Optional<Version> inForce(Instant at) {
    for (Version version : versions.reversed()) {
      boolean holds = version.withdrawnAt().isEmpty() && !version.activeFrom().isAfter(at);
      if (holds && read.containsKey(version.number())) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }
}
