package cti.core.recovery;

import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.RingAttempt;
import cti.core.id.AgentId;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of those on record a device of the logs is: by the names of its channels where they were
 * seen, for a gateway that is starved stamps its events seconds late. A phone is in one call at a
 * time, so else the same number at the same time is the same: one that was found by a snapshot
 * begins on record only then.
 */
public final class SameDevice {
  private static final Duration APART = Duration.ofSeconds(3);

  private static final String NEAR_END = ";1";
  private static final String FAR_END = ";2";

  private final Map<ChannelId, String> logged;
  private final Map<ConnectionId, String> seen;

  /**
   * @param logged the call of the logs
   * @param seen the channels that are on record of it
   */
  public SameDevice(LoggedCall logged, Map<ConnectionId, String> seen) {
    this.logged = logged.channels();
    this.seen = seen;
  }

  /** The connection on record of a leg: itself, or the other half of its Local channel. */
  private Optional<ConnectionId> connection(ChannelId leg) {
    String name = logged.getOrDefault(leg, "");
    String near =
        name.endsWith(FAR_END)
            ? name.substring(0, name.length() - FAR_END.length()) + NEAR_END
            : name;
    return seen.entrySet().stream()
        .filter(each -> !near.isEmpty() && each.getValue().equals(near))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The part on record that a part of the logs is. */
  public Optional<Part> of(LoggedPart logged, List<Part> known) {
    Optional<ConnectionId> connection = connection(logged.leg());
    Optional<Part> byName =
        known.stream().filter(part -> connection.equals(Optional.of(part.id()))).findFirst();
    return byName.or(() -> byTime(logged, known));
  }

  private static Optional<Part> byTime(LoggedPart logged, List<Part> known) {
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
  public Optional<RingAttempt> of(
      LoggedRing logged, Optional<AgentId> agent, List<RingAttempt> known) {
    Optional<RingAttempt> byName =
        known.stream().filter(attempt -> surely(logged, attempt)).findFirst();
    return byName.or(() -> byTime(logged, agent, known));
  }

  /** Whether the logs name the very channel of an offer on record. */
  public boolean surely(LoggedRing logged, RingAttempt attempt) {
    Optional<String> connection = logged.leg().flatMap(this::connection).map(ConnectionId::value);
    return connection.equals(Optional.of(attempt.id().value()));
  }

  private static Optional<RingAttempt> byTime(
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
