package cti.core.engine;

/** The answer to a command; also to those that are refused. */
public sealed interface Reply {
  /** Done, and on record. */
  record Accepted() implements Reply {}

  /**
   * Not done, nothing changed.
   *
   * @param id stable, for programs: no-such-agent, no-such-desk, no-desk, not-seated,
   *     bad-extension, extension-taken, extension-in-call, not-logged-on, already-logged-on, busy,
   *     unknown-reason, no-desk-left, not-in-wrap-up, no-more-extensions, no-talk, no-recording,
   *     recording-not-allowed, gateway-away; in calls no-such-call, not-your-call, wrong-state,
   *     held-by-phone, nobody-consulted, target-away, bad-number, not-ringing, your-phone-rings; of
   *     supervisors not-talking, already-listening, too-many-listeners, no-such-listening,
   *     not-answered, not-waiting, already-there, target-busy; and from the way there: overloaded,
   *     stopping, journal-away, internal
   * @param message for people: the offending value and what was expected
   */
  record Refusal(String id, String message) implements Reply {}
}
