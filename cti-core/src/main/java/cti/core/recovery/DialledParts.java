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

  /**
   * @param legs towards phones; those told of here are taken out
   */
  DialledParts(DialplanNames names, List<Leg> legs) {
    this.names = names;
    this.legs = legs;
  }

  /** By the time at which they began to ring. */
  List<LoggedPart> of(Collection<CallDetail> details) {
    List<LoggedPart> parts = new ArrayList<>();
    for (CallDetail detail : details) {
      boolean consulted = names.consults(detail.who().channel());
      if (detail.dials() && (detail.ofCaller() || consulted)) {
        Optional<Leg> leg = takeLeg(detail);
        leg.map(of -> part(of, consulted))
            .or(() -> outside(detail, consulted))
            .ifPresent(parts::add);
      }
    }
    parts.sort(Comparator.comparing(LoggedPart::startedAt));
    return parts;
  }

  private Optional<Leg> takeLeg(CallDetail detail) {
    String near = detail.last().channel();
    if (!near.endsWith(NEAR_END)) {
      return Optional.empty();
    }
    String far = near.substring(0, near.length() - NEAR_END.length()) + FAR_END;
    Optional<Leg> leg = legs.stream().filter(each -> each.channelName().equals(far)).findFirst();
    leg.ifPresent(legs::remove);
    return leg;
  }

  private static LoggedPart part(Leg leg, boolean consulted) {
    return new LoggedPart(
        leg.channel(),
        consulted,
        leg.phone().value(),
        leg.startedAt(),
        leg.answeredAt(),
        leg.endedAt(),
        leg.answeredAt().isPresent() ? RingOutcome.ANSWERED : leg.refusal());
  }

  /**
   * Somebody outside has no leg of ours behind them. The record of a channel that talked before
   * counts as answered from its beginning on: how long they rang is not in it.
   */
  private static Optional<LoggedPart> outside(CallDetail detail, boolean consulted) {
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
            number,
            detail.times().start(),
            answered,
            detail.times().end(),
            answered.isPresent() ? RingOutcome.ANSWERED : Leg.refusal(List.of(detail))));
  }
}
