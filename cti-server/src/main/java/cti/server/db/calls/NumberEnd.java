package cti.server.db.calls;

/** Finds numbers by how they end: an index can only be used from the left. */
final class NumberEnd {
  private NumberEnd() {}

  /** The digits from last to first; everything else is left out. */
  static String reversed(String number) {
    StringBuilder digits = new StringBuilder();
    number.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
    return digits.reverse().toString();
  }
}
