package cti.server.db.incidents;

import cti.core.port.Incidents.Draft;

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

  static void check(Draft draft) {
    check("title", draft.title(), 1, 200);
    check("description", draft.description(), 0, LONGEST);
    check("caller name", draft.callerName(), 0, 100);
    check("caller number", draft.callerNumber(), 0, 64);
    check("department", draft.department(), 0, 500);
    check("source", draft.source(), 0, 32);
    check("service", draft.service(), 0, 200);
    check("category", draft.category(), 0, 200);
    check("kind", draft.kind(), 0, 32);
    check("solution", draft.solution(), 0, LONGEST);
  }
}
