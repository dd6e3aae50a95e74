package cti.testbed.faults;

/** One thing in which our records and the gateway's own logs do not tell the same. */
record Difference(Kind kind, String call, String number, String sentence) {
  /** What is wrong. */
  enum Kind {
    /** In the gateway's logs, not on record. */
    MISSING,
    /** On record more than once. */
    DOUBLE,
    /** On record and not in the gateway's logs, which lost nothing. */
    INVENTED,
    /** On record as under way although it is over. */
    OPEN,
    /** A call, a stay or an offer ended otherwise than we say. */
    OUTCOME,
    /** Stays in queues or offers to agents are not those of the gateway. */
    STAYS,
    /** Handed on otherwise than the gateway has it. */
    TRANSFER,
    /** A time is off by more than a second. */
    DURATION,
    /** Not exactly one missed call for a caller whom nobody answered, or one for another. */
    MISSED_CALL,
    /** The gateway's own logs lack the end of a call although the gateway never stopped. */
    LOG
  }

  String line() {
    return "%s %s (%s): %s".formatted(kind, call, number, sentence);
  }
}
