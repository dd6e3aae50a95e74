package cti.core.calendar;

/** The one check that names of calendars and rosters pass. */
final class Names {
  private Names() {}

  static void check(String what, String value) {
    if (value == null || !value.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException(
          "name of a " + what + " is '" + value + "', expected 1 to 40 of a-z 0-9 -");
    }
  }
}
