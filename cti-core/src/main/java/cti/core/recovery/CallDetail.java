package cti.core.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A call detail record of the gateway: one leg's part in a call. Local channels make several of one
 * call; all share its linked id.
 *
 * @param linked the channel id that all channels of the call share
 * @param unique the channel that the record is about
 * @param who numbers and names as the gateway presents them
 * @param last the last that the dialplan ran
 * @param disposition ANSWERED, NO ANSWER, BUSY, FAILED, CONGESTION
 * @param q850 why a phone was not reached (ITU-T Q.850), where the dialplan wrote it down
 */
public record CallDetail(
    String linked,
    String unique,
    Party who,
    Ran last,
    Times times,
    String disposition,
    Optional<Integer> q850) {

  /**
   * @param context the dialplan's context
   * @param channel the gateway's name of the channel; data, never parsed for a technology
   */
  public record Party(String callingNumber, String dialledNumber, String context, String channel) {}

  /**
   * What the dialplan ran on the channel, and whom that reached for.
   *
   * @param application its name, such as Queue or Dial; empty where none is named
   * @param channel the gateway's name of the channel that was dialled; empty for none
   * @param number the number in what was dialled; empty where there is none
   */
  public record Ran(String application, String channel, String number) {}

  /** By the gateway's clock. */
  public record Times(Instant start, Optional<Instant> answer, Instant end) {}

  /** The same by another clock, which the gateway's is ahead of by so much. */
  public CallDetail byClock(Duration ahead) {
    return ahead.isZero()
        ? this
        : new CallDetail(
            linked,
            unique,
            who,
            last,
            new Times(
                times.start().minus(ahead),
                times.answer().map(at -> at.minus(ahead)),
                times.end().minus(ahead)),
            disposition,
            q850);
  }

  /** Whether somebody was dialled from this channel, other than by a queue. */
  boolean dials() {
    return last.application().equals("Dial");
  }

  boolean answered() {
    return disposition.equals("ANSWERED");
  }

  /** Whether it is about the channel that the call began with. */
  public boolean ofCaller() {
    return unique.equals(linked);
  }
}
