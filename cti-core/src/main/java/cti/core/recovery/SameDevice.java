package cti.core.recovery;

import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.RingAttempt;
import cti.core.id.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of those on record a device of the logs is. A phone is in one call at a time, so the same
 * number at the same time is the same: one that was found by a snapshot begins on record only then.
 */
public final class SameDevice {
  private static final Duration APART = Duration.ofSeconds(3);

  private SameDevice() {}

  /** The part on record that a part of the logs is. */
  public static Optional<Part> of(LoggedPart logged, List<Part> known) {
    return known.stream()
        .filter(part -> part.role() != PartRole.CALLER && part.role() != PartRole.QUEUE_AGENT)
        .filter(part -> part.device().number().equals(logged.number()))
        .filter(
            part ->
                together(
                    logged.startedAt(),
                    logged.endedAt(),
                    part.times().startedAt(),
                    part.times().endedAt()))
        .min(nearest(logged.startedAt(), part -> part.times().startedAt()));
  }

  /**
   * The offer on record that an offer of the logs is.
   *
   * @param agent whom the logs name
   */
  public static Optional<RingAttempt> of(
      LoggedRing logged, Optional<AgentId> agent, List<RingAttempt> known) {
    Instant until = logged.talk().flatMap(LoggedRing.Talk::endedAt).orElse(logged.endedAt());
    return known.stream()
        .filter(
            attempt ->
                logged.extension().filter(attempt.extension()::equals).isPresent()
                    || (agent.isPresent() && attempt.agent().equals(agent)))
        .filter(
            attempt -> together(logged.startedAt(), until, attempt.startedAt(), attempt.endedAt()))
        .min(nearest(logged.startedAt(), RingAttempt::startedAt));
  }

  private static boolean together(
      Instant from, Instant until, Instant ourFrom, Optional<Instant> ourUntil) {
    boolean begins = Duration.between(from, ourFrom).abs().compareTo(APART) <= 0;
    boolean overlaps =
        ourFrom.isBefore(until) && ourUntil.map(end -> end.isAfter(from)).orElse(true);
    return begins || overlaps;
  }

  private static <T> Comparator<T> nearest(
      Instant to, java.util.function.Function<T, Instant> begin) {
    return Comparator.comparing(each -> Duration.between(to, begin.apply(each)).abs());
  }
}
