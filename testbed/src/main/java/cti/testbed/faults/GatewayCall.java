package cti.testbed.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A call as the gateway itself has it, in queue_log and the call detail records.
 *
 * @param id the caller's channel (Uniqueid), which is the Linkedid too
 * @param span of the caller's channel; empty where the gateway died before it wrote one
 * @param handedOn phones that were dialled because an agent handed the caller on, or asked somebody
 *     meanwhile, in order
 */
record GatewayCall(
    String id, String number, Optional<Span> span, List<Stay> stays, List<HandedOn> handedOn) {
  GatewayCall {
    stays = List.copyOf(stays);
    handedOn = List.copyOf(handedOn);
  }

  /** How the phone of a colleague came into the call. */
  enum Role {
    /** The caller was handed on to it, after asking or without. */
    TRANSFERRED_TO,
    CONSULTED,
    CONFERENCED;

    /** The word of the web side. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A phone of a colleague, and what it was rung for. */
  record HandedOn(Role role, Ring ring) {}

  /** From one moment to another, to the microsecond. */
  record Span(Instant from, Instant to) {
    Duration length() {
      return Duration.between(from, to);
    }
  }

  /**
   * A stay in a queue.
   *
   * @param enteredAt to the second
   * @param end CONNECT, ABANDON, EXITWITHTIMEOUT, EXITEMPTY; empty where the log has none
   * @param member who answered
   * @param waitSeconds as app_queue counts: the difference of two moments that were cut to seconds
   * @param ringsInVain RINGNOANSWER lines: not answered, busy and refused alike
   * @param completedBy COMPLETEAGENT, COMPLETECALLER, BLINDTRANSFER or ATTENDEDTRANSFER
   * @param rings phones that were dialled for it, in order
   * @param cancelled members to whom it was offered when the caller left (RINGCANCELED); the
   *     gateway may not have come to dial their phones
   * @param connectedAt the moment of CONNECT, to the second
   */
  record Stay(
      String queue,
      Instant enteredAt,
      Optional<String> end,
      Optional<String> member,
      long waitSeconds,
      int ringsInVain,
      Optional<String> completedBy,
      List<Ring> rings,
      List<String> cancelled,
      Optional<Instant> connectedAt) {
    Stay {
      rings = List.copyOf(rings);
      cancelled = List.copyOf(cancelled);
    }

    Stay(
        String queue,
        Instant enteredAt,
        Optional<String> end,
        Optional<String> member,
        long waitSeconds,
        int ringsInVain,
        Optional<String> completedBy,
        List<Ring> rings) {
      this(
          queue,
          enteredAt,
          end,
          member,
          waitSeconds,
          ringsInVain,
          completedBy,
          rings,
          List.of(),
          Optional.empty());
    }

    boolean answered() {
      return end.filter("CONNECT"::equals).isPresent();
    }

    boolean transferred() {
      return completedBy.filter(event -> event.endsWith("TRANSFER")).isPresent();
    }

    /** The same, completed by another event of queue_log. */
    Stay completedBy(String event) {
      return new Stay(
          queue,
          enteredAt,
          end,
          member,
          waitSeconds,
          ringsInVain,
          Optional.of(event),
          rings,
          cancelled,
          connectedAt);
    }

    Stay with(List<Ring> dialled) {
      return new Stay(
          queue,
          enteredAt,
          end,
          member,
          waitSeconds,
          ringsInVain,
          completedBy,
          dialled,
          cancelled,
          connectedAt);
    }
  }

  /** One dialled phone: a leg of the call detail records. */
  record Ring(String extension, Instant from, Optional<Instant> answeredAt, Instant to) {
    Duration ringing() {
      return Duration.between(from, answeredAt.orElse(to));
    }

    Optional<Duration> talk() {
      return answeredAt.map(at -> Duration.between(at, to));
    }
  }

  boolean transferred() {
    return stays.stream().anyMatch(Stay::transferred);
  }

  /** Whether somebody was asked before, answered or not. */
  boolean consulted() {
    return handedOn.stream().anyMatch(each -> each.role() != Role.TRANSFERRED_TO)
        || stays.stream()
            .anyMatch(stay -> stay.completedBy().filter("ATTENDEDTRANSFER"::equals).isPresent());
  }

  boolean answered() {
    return stays.stream().anyMatch(Stay::answered);
  }

  /** True where the gateway's logs tell how it ended. */
  boolean endIsLogged() {
    return span.isPresent();
  }
}
