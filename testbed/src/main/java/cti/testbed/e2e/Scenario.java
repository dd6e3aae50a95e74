package cti.testbed.e2e;

import java.util.Set;
import java.util.TreeSet;

/**
 * One thing that must work, as a line of the report.
 *
 * @param claims agents, desks and numbers that no other scenario may touch meanwhile
 * @param alone true where it disturbs every other one, such as by stopping the server
 * @param quick true where it belongs to the short run
 */
record Scenario(String name, Set<String> claims, boolean alone, boolean quick, Play play) {
  Scenario {
    claims = Set.copyOf(claims);
  }

  /** What happens; an {@link cti.testbed.client.Unexpected} is a failure. */
  @FunctionalInterface
  interface Play {
    void on(Stage stage) throws Exception;
  }

  static Scenario of(String name, Set<String> claims, Play play) {
    return new Scenario(name, claims, false, false, play);
  }

  Scenario inQuickRun() {
    return new Scenario(name, claims, alone, true, play);
  }

  static Scenario alone(String name, Play play) {
    return new Scenario(name, Set.of(), true, false, play);
  }

  Scenario named(String other) {
    return new Scenario(other, claims, alone, quick, play);
  }

  boolean disturbs(Set<String> others) {
    Set<String> shared = new TreeSet<>(claims);
    shared.retainAll(others);
    return !shared.isEmpty();
  }
}
