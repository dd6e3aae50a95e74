package cti.testbed.e2e;

import cti.testbed.client.Unexpected;
import java.util.Collection;

/** Comparisons that say what was expected and what was seen. */
final class Expect {
  private Expect() {}

  static void equal(String what, Object expected, Object seen) {
    if (!expected.equals(seen)) {
      throw new Unexpected("%s: expected %s, seen: %s".formatted(what, expected, seen));
    }
  }

  static void that(String what, boolean holds, Object seen) {
    if (!holds) {
      throw Unexpected.instead(what, seen);
    }
  }

  static void none(String what, Collection<?> seen) {
    if (!seen.isEmpty()) {
      throw Unexpected.instead("no " + what, seen);
    }
  }
}
