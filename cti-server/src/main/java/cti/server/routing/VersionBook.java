package cti.server.routing;

import cti.core.port.Routing.Version;
import cti.core.routing.RoutingPlan;
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
public final class VersionBook {
  private final List<Version> versions;
  private final Map<Integer, RoutingPlan> plans;

  private VersionBook(List<Version> versions, Map<Integer, RoutingPlan> plans) {
    this.versions = List.copyOf(versions);
    this.plans = Map.copyOf(plans);
  }

  public static VersionBook of(List<Version> versions) {
    return new VersionBook(List.of(), Map.of()).with(versions);
  }

  /** These in the place of all; what was read before is not read again. */
  public VersionBook with(List<Version> all) {
    List<Version> sorted = all.stream().sorted(Comparator.comparing(Version::number)).toList();
    Map<Integer, RoutingPlan> read = new HashMap<>();
    for (Version version : sorted) {
      boolean known =
          version(version.number())
              .filter(before -> before.checksum().equals(version.checksum()))
              .isPresent();
      Optional<RoutingPlan> plan =
          known
              ? Optional.ofNullable(plans.get(version.number()))
              : RuleText.published(version.yaml(), version.number());
      plan.ifPresent(found -> read.put(version.number(), found));
    }
    return new VersionBook(sorted, read);
  }

  /** One more, or another state of one that is there. */
  public VersionBook with(Version version) {
    List<Version> all = new ArrayList<>(versions);
    all.removeIf(before -> before.number() == version.number());
    all.add(version);
    return with(all);
  }

  /** Oldest first. */
  public List<Version> versions() {
    return versions;
  }

  public Optional<Version> version(int number) {
    return versions.stream().filter(version -> version.number() == number).findFirst();
  }

  /** Empty where it is not there, or cannot be read any more. */
  public Optional<RoutingPlan> plan(int number) {
    return Optional.ofNullable(plans.get(number));
  }

  /** The last one that was not taken back; 0 for none. */
  public int last() {
    return versions.stream()
        .filter(version -> version.withdrawnAt().isEmpty())
        .mapToInt(Version::number)
        .max()
        .orElse(0);
  }

  /** The number that the next one has. */
  public int next() {
    return versions.isEmpty() ? 1 : versions.getLast().number() + 1;
  }

  /** What is in force at a moment. */
  public Optional<RoutingPlan> inForce(Instant at) {
    for (Version version : versions.reversed()) {
      boolean holds = version.withdrawnAt().isEmpty() && !version.activeFrom().isAfter(at);
      if (holds && plans.containsKey(version.number())) {
        return plan(version.number());
      }
    }
    return Optional.empty();
  }
}
