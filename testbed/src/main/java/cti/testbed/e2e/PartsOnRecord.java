package cti.testbed.e2e;

import cti.testbed.client.RecordView;
import cti.testbed.client.TimesView;
import cti.testbed.client.Unexpected;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The telephones of a call that is over, and how its caller spent it; milliseconds. */
record PartsOnRecord(
    String direction,
    String dialled,
    long length,
    long flow,
    long queue,
    long ring,
    long talk,
    long hold,
    long ending,
    List<Part> parts) {

  /** Each of the six is rounded down to a millisecond, and so is the whole. */
  private static final long ROUNDING = 7;

  /** A telephone: words are those of the web side (transferred-to). */
  record Part(
      String role,
      Optional<String> agent,
      String number,
      String state,
      Optional<String> failure,
      long talk,
      long hold) {

    /** Who it was and what became of it. */
    String inWords() {
      return role
          + " "
          + number
          + agent.map(id -> " agent " + id).orElse("")
          + " "
          + failure.orElse(state.equals("null") ? "left" : state);
    }
  }

  static PartsOnRecord of(RecordView view) {
    TimesView times =
        view.call()
            .times()
            .orElseThrow(() -> new Unexpected("call " + view.call().id() + " has no times"));
    return new PartsOnRecord(
        view.call().direction(),
        view.call().dialledNumber(),
        Duration.between(view.call().startedAt(), view.call().endedAt().orElseThrow()).toMillis(),
        times.inFlowMillis(),
        times.waitingMillis(),
        times.ringingMillis(),
        times.talkingMillis(),
        times.onHoldMillis(),
        times.endingMillis(),
        view.parts().stream()
            .map(
                part ->
                    new Part(
                        part.role(),
                        part.agent(),
                        part.number(),
                        part.state(),
                        part.failure(),
                        part.talkedSeconds() * 1000,
                        part.heldSeconds() * 1000))
            .toList());
  }

  /** Everybody in order: role, number, agent, and left or why not. */
  List<String> inWords() {
    return parts.stream().map(Part::inWords).toList();
  }

  /** The times leave no gap and overlap nowhere. */
  PartsOnRecord addsUp() {
    long sum = flow + queue + ring + talk + hold + ending;
    Expect.that(
        "flow %d + queue %d + ring %d + talk %d + hold %d + ending %d ms make the %d ms of the call"
            .formatted(flow, queue, ring, talk, hold, ending, length),
        Math.abs(sum - length) <= ROUNDING,
        sum);
    return this;
  }

  /** A time in milliseconds is within a second of what was played. */
  static void about(String what, long seconds, long millis) {
    Expect.that(
        "%s of about %d s".formatted(what, seconds),
        Math.abs(millis - seconds * 1000) <= 1_500,
        millis + " ms");
  }
}
