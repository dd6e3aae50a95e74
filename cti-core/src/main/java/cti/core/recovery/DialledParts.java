package cti.core.recovery;

import cti.core.call.RingOutcome;
import cti.core.id.ChannelId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whom the caller's channel dialled, or a consultation: each has a call detail record of the
 * channel that dialled, which names the channel that it reached for. Where that leads to a phone of
 * ours, the leg behind it has the exact times.
 */
final class DialledParts {
  private static final String NEAR_END = ";1";
  private static final String FAR_END = ";2";

  private final DialplanNames names;
  private final List<Leg> legs;
  private final Optional<Instant> callerLeft;

  /**
   * @param legs towards phones; those told of here are taken out
   * @param callerLeft when nobody could talk to the caller any more, where that is known
   */
  DialledParts(DialplanNames names, List<Leg> legs, Optional<Instant> callerLeft) {
    this.names = names;
    this.legs = legs;
    this.callerLeft = callerLeft;
  }

  /** By the time at which they began to ring. */
  List<LoggedPart> of(Collection<CallDetail> details) {
    List<LoggedPart> parts = new ArrayList<>();
    for (CallDetail detail : details) {
      boolean consulted = names.consults(detail.who().channel());
      if (detail.dials() && (detail.ofCaller() || consulted)) {
        if (consulted && detail.last().channel().isEmpty() && !detail.answered()) {
          // Given up in that moment: not even a channel towards whoever was to be asked.
          continue;
        }
        Optional<Leg> leg = takeLeg(detail);
        Optional<Instant> joined = consulted ? joinedAt(detail, details) : Optional.empty();
        leg.map(of -> detail.answered() ? of : of.inVain())
            .map(of -> part(of, consulted, joined))
            .or(() -> outside(detail, consulted, joined))
            .ifPresent(parts::add);
      }
    }
    parts.sort(Comparator.comparing(LoggedPart::startedAt));
    return parts;
  }

  /** The near end of a consultation has a record from the moment on in which it met the caller. */
  private static Optional<Instant> joinedAt(CallDetail far, Collection<CallDetail> details) {
    String near = otherEnd(far.who().channel(), FAR_END, NEAR_END);
    return details.stream()
        .filter(detail -> !near.isEmpty() && detail.who().channel().equals(near))
        .map(detail -> detail.times().start())
        .min(Comparator.naturalOrder());
  }

  private static String otherEnd(String name, String end, String other) {
    return name.endsWith(end) ? name.substring(0, name.length() - end.length()) + other : "";
  }

  private Optional<Leg> takeLeg(CallDetail detail) {
    String far = otherEnd(detail.last().channel(), NEAR_END, FAR_END);
    Optional<Leg> leg = legs.stream().filter(each -> each.channelName().equals(far)).findFirst();
    leg.ifPresent(legs::remove);
    return leg;
  }

  /**
   * A phone that was with the caller may outlast them: its channels linger, or those who were in a
   * conference talk on. The talk with the caller is over.
   */
  private Instant withTheCaller(Leg leg, boolean consulted, Optional<Instant> joined) {
    return callerLeft
        .filter(_ -> !consulted || joined.isPresent())
        .filter(left -> left.isBefore(leg.endedAt()))
        .filter(left -> leg.answeredAt().filter(left::isAfter).isPresent())
        .orElse(leg.endedAt());
  }

  private LoggedPart part(Leg leg, boolean consulted, Optional<Instant> joined) {
    return new LoggedPart(
        leg.channel(),
        consulted,
        joined,
        leg.phone().value(),
        true,
        leg.startedAt(),
        leg.answeredAt(),
        withTheCaller(leg, consulted, joined),
        leg.answeredAt().isPresent() ? RingOutcome.ANSWERED : leg.refusal());
  }

  /**
   * Somebody outside has no leg of ours behind them. The record of a channel that talked before
   * counts as answered from its beginning on: how long they rang is not in it.
   */
  private static Optional<LoggedPart> outside(
      CallDetail detail, boolean consulted, Optional<Instant> joined) {
    String number =
        detail.last().number().isEmpty() ? detail.who().dialledNumber() : detail.last().number();
    if (number.isEmpty() || number.chars().noneMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    Optional<Instant> answered =
        detail.answered() ? detail.times().answer() : Optional.<Instant>empty();
    return Optional.of(
        new LoggedPart(
            new ChannelId(detail.unique() + "-" + detail.times().start().toEpochMilli()),
            consulted,
            joined,
            number,
            false,
            detail.times().start(),
            answered,
            detail.times().end(),
            answered.isPresent() ? RingOutcome.ANSWERED : Leg.refusal(List.of(detail))));
  }
}
