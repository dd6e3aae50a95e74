package cti.core.id;

/** The one check that every identifier passes. */
final class Ids {
  private Ids() {}

  static void check(String type, String value, int maximumLength) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(type + " is blank, expected 1 to " + maximumLength);
    }
    if (value.length() > maximumLength) {
      throw new IllegalArgumentException(
          type + " has " + value.length() + " characters, expected at most " + maximumLength);
    }
  }
}
