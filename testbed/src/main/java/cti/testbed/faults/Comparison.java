package cti.testbed.faults;

import cti.testbed.faults.GatewayCall.Stay;
import cti.testbed.faults.RecordedCall.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Holds the calls on record against those of the gateway's own logs, one by one.
 *
 * @param differences empty where both tell the same
 * @param worst the biggest difference between a time on record and the gateway's
 */
record Comparison(List<Difference> differences, Duration worst) {
  Comparison {
    differences = List.copyOf(differences);
  }

  /**
   * Compares.
   *
   * @param gatewayDied the gateway was stopped by force, so that calls may be without an end in its
   *     logs; ours must then say that we lost track of them
   */
  static Comparison of(
      List<GatewayCall> gateway, List<RecordedCall> recorded, boolean gatewayDied) {
    return new Comparer(gatewayDied).compare(gateway, recorded);
  }

  long count(Difference.Kind kind) {
    return differences.stream().filter(difference -> difference.kind() == kind).count();
  }

  /** Collects what differs. */
  private static final class Comparer {
    private final boolean gatewayDied;
    private final List<Difference> differences = new ArrayList<>();
    private final StayComparison stays;
    private final HandOnComparison handOns;
    private Duration worst = Duration.ZERO;

    Comparer(boolean gatewayDied) {
      this.gatewayDied = gatewayDied;
      this.stays = new StayComparison(this::differs, this::duration);
      this.handOns = new HandOnComparison(this::differs, this::duration);
    }

    Comparison compare(List<GatewayCall> gateway, List<RecordedCall> recorded) {
      Map<String, GatewayCall> known = new HashMap<>();
      gateway.forEach(call -> known.put(call.id(), call));
      Map<String, RecordedCall> own = new HashMap<>();
      Set<String> numbers = new HashSet<>();
      for (RecordedCall call : recorded) {
        if (own.put(call.id(), call) != null) {
          differs(Difference.Kind.DOUBLE, call.id(), call.number(), "on record twice");
        }
      }
      for (GatewayCall call : gateway) {
        numbers.add(call.number());
        RecordedCall record = own.get(call.id());
        if (record == null) {
          differs(
              Difference.Kind.MISSING,
              call.id(),
              call.number(),
              "the gateway has %s, %s".formatted(call.span(), call.stays()));
        } else {
          compare(call, record);
        }
      }
      own.values().stream()
          .filter(call -> !known.containsKey(call.id()))
          .forEach(call -> unknownToTheGateway(call, numbers));
      return new Comparison(differences, worst);
    }

    private void unknownToTheGateway(RecordedCall call, Set<String> numbers) {
      if (numbers.contains(call.number())) {
        differs(
            Difference.Kind.DOUBLE,
            call.id(),
            call.number(),
            "the gateway has this caller under another id only");
      } else if (!(gatewayDied && call.ended() && call.lostTrack())) {
        differs(
            Difference.Kind.INVENTED,
            call.id(),
            call.number(),
            "not in the gateway's logs; on record: " + call);
      }
    }

    private void compare(GatewayCall call, RecordedCall record) {
      if (!call.endIsLogged() && !gatewayDied) {
        differs(
            Difference.Kind.LOG, call.id(), call.number(), "no call detail record of the caller");
      }
      if (!record.number().equals(call.number())) {
        differs(
            Difference.Kind.OUTCOME,
            call.id(),
            call.number(),
            "on record with the number " + record.number());
      }
      if (!record.ended()) {
        differs(Difference.Kind.OPEN, call.id(), call.number(), "on record as under way");
        return;
      }
      List<Visit> visits =
          record.visits().stream().filter(Predicate.not(Comparer::refused)).toList();
      boolean refused = visits.size() < record.visits().size();
      outcome(call, record, refused);
      call.span()
          .ifPresent(
              span ->
                  duration(
                      call,
                      "the whole call",
                      Duration.between(record.startedAt(), record.endedAt().orElseThrow()),
                      span.length(),
                      Duration.ZERO));
      stays.compare(call, record, visits);
      if (call.endIsLogged()) {
        handOns.compare(call, record);
      }
      int missed = call.answered() || (call.stays().isEmpty() && !refused) ? 0 : 1;
      if (record.missedRows() != missed && (call.endIsLogged() || !record.lostTrack())) {
        differs(
            Difference.Kind.MISSED_CALL,
            call.id(),
            call.number(),
            "%d missed calls on record, expected %d".formatted(record.missedRows(), missed));
      }
    }

    /** A queue that takes nobody in leaves no line in queue_log. */
    private static boolean refused(Visit visit) {
      return visit.outcome().filter("no-agents"::equals).isPresent() && visit.waited().isZero();
    }

    private void outcome(GatewayCall call, RecordedCall record, boolean refused) {
      String seen = record.outcome().orElseThrow();
      if (!call.endIsLogged()) {
        if (!record.lostTrack()) {
          differs(
              Difference.Kind.OUTCOME,
              call.id(),
              call.number(),
              "the gateway died with it; on record as %s, %s".formatted(seen, record.quality()));
        }
        return;
      }
      Set<String> expected = outcomes(call, record, refused);
      if (!expected.contains(seen) || record.lostTrack()) {
        differs(
            Difference.Kind.OUTCOME,
            call.id(),
            call.number(),
            "%s on record (%s), expected %s".formatted(seen, record.quality(), expected));
      }
    }

    private static Set<String> outcomes(GatewayCall call, RecordedCall record, boolean refused) {
      if (call.answered()) {
        return Set.of("answered");
      }
      if (call.stays().isEmpty()) {
        return refused ? Set.of("not-answered") : Set.of("abandoned-in-ivr", "ended-by-flow");
      }
      Stay last = call.stays().getLast();
      if (refused || !last.end().equals(Optional.of("ABANDON"))) {
        return Set.of("not-answered");
      }
      boolean offeredOnly =
          !record.visits().isEmpty()
              && StayComparison.dialled(last, record.visits().getLast()).size()
                  < record.visits().getLast().attempts().size();
      boolean refusedAtTheEnd =
          !record.visits().isEmpty()
              && StayComparison.refusedAtTheEnd(last, record.visits().getLast().attempts());
      if (offeredOnly || refusedAtTheEnd) {
        return Set.of("abandoned-ringing", "abandoned-in-queue");
      }
      return Set.of(
          StayComparison.callerGone(last) > 0 ? "abandoned-ringing" : "abandoned-in-queue");
    }

    private void differs(Difference.Kind kind, String call, String number, String sentence) {
      differences.add(new Difference(kind, call, number, sentence));
    }

    /**
     * Holds a time against the gateway's.
     *
     * @param granularity by which the gateway's figure may be off, to either side: nothing where it
     *     is told to the microsecond, a second where it is told in seconds that were cut
     */
    private void duration(
        GatewayCall call, String what, Duration recorded, Duration gateway, Duration granularity) {
      Duration difference = recorded.minus(gateway).abs().minus(granularity);
      if (difference.isNegative()) {
        return;
      }
      if (difference.compareTo(worst) > 0) {
        worst = difference;
      }
      if (difference.compareTo(StayComparison.TOLERANCE) > 0) {
        differs(
            Difference.Kind.DURATION,
            call.id(),
            call.number(),
            "%s: %d ms on record, the gateway has %d ms%s"
                .formatted(
                    what,
                    recorded.toMillis(),
                    gateway.toMillis(),
                    granularity.isZero() ? "" : ", cut to seconds"));
      }
    }
  }
}
