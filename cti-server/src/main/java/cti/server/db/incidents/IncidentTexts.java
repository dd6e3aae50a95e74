package cti.server.db.incidents;

/** The bounds of an incident's texts: those of their columns. */
final class IncidentTexts {
  /** Characters of a long text; a TEXT column holds 65,535 bytes, four for the widest character. */
  static final int LONGEST = 16_000;

  private IncidentTexts() {}

  static void check(String what, String text, int least, int most) {
    int length = text.codePointCount(0, text.length());
    if (length < least || length > most || (least > 0 && text.isBlank())) {
      throw new IllegalArgumentException(
          what + " has " + length + " characters, expected " + least + " to " + most);
    }
  }
}
