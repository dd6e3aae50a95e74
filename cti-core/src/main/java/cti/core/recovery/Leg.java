package cti.core.recovery;

import cti.core.call.RingOutcome;
import cti.core.id.ChannelId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A phone that was tried, by the call detail records of the channel that dialled it: the half ;2,
 * for the other one has records too when it is moved.
 */
record Leg(
    ChannelId channel,
    String channelName,
    Extension phone,
    Instant startedAt,
    Optional<Instant> answeredAt,
    Instant endedAt,
    RingOutcome refusal) {

  /** By the time at which they began. */
  static List<Leg> of(Collection<CallDetail> details, DialplanNames names) {
    Map<String, List<CallDetail>> byChannel = new LinkedHashMap<>();
    for (CallDetail detail : details) {
      if (!detail.ofCaller()
          && names.phone(detail.who().channel()).isPresent()
          && detail.who().channel().endsWith(";2")) {
        byChannel.computeIfAbsent(detail.unique(), _ -> new ArrayList<>()).add(detail);
      }
    }
    return byChannel.values().stream()
        .map(lines -> of(lines, names))
        .sorted(Comparator.comparing(Leg::startedAt))
        .toList();
  }

  private static Leg of(List<CallDetail> lines, DialplanNames names) {
    CallDetail first = lines.getFirst();
    return new Leg(
        new ChannelId(first.unique()),
        first.who().channel(),
        names.phone(first.who().channel()).orElseThrow(),
        lines.stream().map(l -> l.times().start()).min(Comparator.naturalOrder()).orElseThrow(),
        lines.stream()
            .filter(CallDetail::answered)
            .flatMap(line -> line.times().answer().stream())
            .min(Comparator.naturalOrder()),
        lines.stream().map(l -> l.times().end()).max(Comparator.naturalOrder()).orElseThrow(),
        refusal(lines));
  }

  /**
   * The same where the answer never came to who dialled it: they had given up in that moment, and
   * nobody talked there.
   */
  Leg inVain() {
    return new Leg(channel, channelName, phone, startedAt, Optional.empty(), endedAt, refusal);
  }

  /**
   * Why it did not answer. A phone that rang is followed by nothing; one that would not take the
   * call by the dialplan's Busy or Congestion, and by the cause where the dialplan notes it.
   */
  static RingOutcome refusal(List<CallDetail> lines) {
    Optional<Integer> cause = lines.stream().flatMap(line -> line.q850().stream()).findFirst();
    if (cause.isPresent()) {
      return switch (cause.get()) {
        case 17 -> RingOutcome.BUSY;
        case 21 -> RingOutcome.REJECTED;
        case 0, 16, 18, 19 -> RingOutcome.NO_ANSWER;
        default -> RingOutcome.UNAVAILABLE;
      };
    }
    if (lines.stream().anyMatch(line -> line.disposition().equals("BUSY"))) {
      return RingOutcome.BUSY;
    }
    boolean refused =
        lines.stream()
            .anyMatch(
                l -> l.disposition().equals("CONGESTION") || l.disposition().equals("FAILED"));
    return refused ? RingOutcome.UNAVAILABLE : RingOutcome.NO_ANSWER;
  }
}
