package cti.core.recovery;

import cti.core.call.ClearedBy;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.call.TransferKind;
import cti.core.id.ChannelId;
import cti.core.id.Extension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One offer to one member, as the gateway's logs tell it.
 *
 * @param member the member's name in queue_log: the agent, or the phone of a static member
 * @param leg the channel towards the member, where a log names it
 * @param endedAt end of the ringing
 * @param talk present where it was answered
 */
public record LoggedRing(
    Optional<String> member,
    Optional<Extension> extension,
    Optional<ChannelId> leg,
    Instant startedAt,
    Instant endedAt,
    RingOutcome outcome,
    Optional<Talk> talk) {
  private static final Duration SAME_MOMENT = Duration.ofMillis(200);

  /** See {@link LoggedStay#handedOver}. */
  LoggedRing handedOver(List<LoggedPart> parts) {
    Optional<Talk> over =
        talk.filter(told -> told.by() == ClearedBy.AGENT && told.handedOn().isEmpty())
            .filter(told -> told.endedAt().filter(end -> metThen(parts, end)).isPresent())
            .map(
                told ->
                    new Talk(
                        told.answeredAt(),
                        told.endedAt(),
                        told.by(),
                        Optional.of(new HandedOn(TransferKind.ATTENDED, ""))));
    return over.isEmpty()
        ? this
        : new LoggedRing(member, extension, leg, startedAt, endedAt, outcome, over);
  }

  private static boolean metThen(List<LoggedPart> parts, Instant end) {
    return parts.stream()
        .filter(part -> part.consulted() && part.endedAt().isAfter(end))
        .flatMap(part -> part.joinedAt().stream())
        .anyMatch(met -> !met.isBefore(end.minus(SAME_MOMENT)));
  }

  /** Whether the record of the leg knows why nobody answered, and we know only that. */
  public boolean tellsMoreThan(Optional<RingOutcome> ours) {
    boolean refused = outcome == RingOutcome.BUSY || outcome == RingOutcome.REJECTED;
    return leg.isPresent()
        && ours.filter(
                known ->
                    known == RingOutcome.NO_ANSWER && outcome != RingOutcome.NO_ANSWER
                        || known == RingOutcome.UNAVAILABLE && refused
                        // The caller left in the moment of the refusal, which the queue counts.
                        || known == RingOutcome.CALLER_GONE && refused)
            .isPresent();
  }

  /**
   * Whether a ring in vain on record is not at the times that its leg has: a gateway out of breath
   * tells late.
   */
  public boolean timesDiffer(RingAttempt ours) {
    return leg.isPresent()
        && talk.isEmpty()
        && ours.answeredAt().isEmpty()
        && ours.endedAt()
            .filter(end -> !Tolerance.same(ours.startedAt(), end, startedAt, endedAt))
            .isPresent();
  }

  /**
   * @param endedAt empty where the logs do not tell the end
   * @param handedOn where the agent ended it by handing the caller on
   */
  public record Talk(
      Instant answeredAt, Optional<Instant> endedAt, ClearedBy by, Optional<HandedOn> handedOn) {}

  /**
   * @param target as dialled; empty where queue_log does not name it
   */
  public record HandedOn(TransferKind kind, String target) {}
}
