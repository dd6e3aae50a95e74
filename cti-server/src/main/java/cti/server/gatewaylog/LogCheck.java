package cti.server.gatewaylog;

import cti.core.engine.Dialplan;
import cti.core.engine.GatewayInput;
import cti.core.event.CallEvent;
import cti.core.id.CallId;
import cti.core.port.GatewayLogStore;
import cti.core.port.GatewayLogStore.Outage;
import cti.core.port.Mailbox;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.Comparison;
import cti.core.recovery.LoggedCall;
import cti.core.recovery.OnRecord;
import cti.core.recovery.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the calls that the logs have told to their end against what is on record, one by one. What
 * is missing or not whole is handed to the engine; what is in order is settled. The database must
 * know everything that was journalled before the calls were picked.
 */
final class LogCheck {
  private static final Logger log = LoggerFactory.getLogger(LogCheck.class);

  /** What the link did not tell around a loss: a half-open one is found by three pings. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private static final Duration AFTER = Duration.ofSeconds(10);

  /** A call on record as under way: its own end may still be on the way. */
  private static final Duration OVERDUE = Duration.ofSeconds(30);

  /**
   * So much later than it happened a gateway that is out of breath tells of something. What differs
   * more is nothing that its logs should put right, such as a step of its clock.
   */
  private static final Duration LATE = Duration.ofSeconds(10);

  private static final int LONGEST_DETAIL = 1_000;

  private final LogSettings settings;
  private final GatewayLogStore store;
  private final Mailbox mailbox;

  LogCheck(LogSettings settings, GatewayLogStore store, Mailbox mailbox) {
    this.settings = settings;
    this.store = store;
    this.mailbox = mailbox;
  }

  /**
   * What one check came to.
   *
   * @param settled need no further look
   * @param waiting calls that are not on record, or not whole, and were handed to the engine
   */
  record Found(
      List<CheckedCall> settled, List<CheckedCall> waiting, Map<CallId, Instant> channels) {}

  /**
   * @param calls complete by the logs
   * @param quiet how long each has been so
   * @param away when the link was away as far as this run knows; the journal knows of more
   */
  Found check(
      Map<String, OpenCall> calls, Map<String, Duration> quiet, List<Outage> away, Instant now) {
    Map<CallId, String> names = new LinkedHashMap<>();
    calls.keySet().forEach(linked -> names.put(callId(linked), linked));
    Set<CallId> settledBefore = store.settled(names.keySet());
    Map<CallId, List<CallEvent>> events = store.events(names.keySet());
    List<CheckedCall> settled = new ArrayList<>();
    List<CheckedCall> waiting = new ArrayList<>();
    Map<CallId, Instant> channels = new HashMap<>();
    Outages outages = new Outages(away);
    names.forEach(
        (id, linked) -> {
          OpenCall call = calls.get(linked);
          LoggedCall logged = told(call);
          alsoKnown(logged, id, channels);
          if (settledBefore.contains(id) && !call.late()) {
            settled.add(checked(id, logged, Verdict.LIVE, ""));
            return;
          }
          Optional<OnRecord> onRecord = Optional.ofNullable(events.get(id)).flatMap(OnRecord::of);
          boolean late = call.late();
          Judged judged = new Judged(id, call, logged, onRecord, now);
          CheckedCall result = judge(judged, quiet.get(linked), outages);
          if (late && result.verdict() == Verdict.MISSING) {
            call.toldAgain();
          }
          (result.verdict() == Verdict.MISSING ? waiting : settled).add(result);
        });
    settled.removeIf(
        call -> settledBefore.contains(call.call()) && !calls.get(names.get(call.call())).late());
    return new Found(settled, waiting, channels);
  }

  private LoggedCall told(OpenCall call) {
    return call.lines.told(Dialplan.NAMES, settings.callDetails());
  }

  boolean callDetails() {
    return settings.callDetails();
  }

  /** The id on the gateway of a call that was checked. */
  String linked(CallId call) {
    return call.value().substring(settings.gateway().value().length() + 1);
  }

  private CallId callId(String linked) {
    return new CallId(settings.gateway() + ":" + linked);
  }

  private void alsoKnown(LoggedCall logged, CallId id, Map<CallId, Instant> channels) {
    logged
        .channels()
        .keySet()
        .forEach(
            channel -> {
              CallId asCall = callId(channel.value());
              if (!asCall.equals(id)) {
                channels.put(asCall, logged.startedAt());
              }
            });
  }

  /**
   * A call that is held against its record.
   *
   * @param open its lines; {@link OpenCall#late} where one came after it was settled
   */
  private record Judged(
      CallId id, OpenCall open, LoggedCall logged, Optional<OnRecord> onRecord, Instant now) {
    boolean late() {
      return open.late();
    }

    CheckedCall as(Verdict verdict, String detail) {
      return checked(id, logged, verdict, detail);
    }
  }

  /** MISSING stands for whatever is not settled; the detail says which. */
  private CheckedCall judge(Judged call, Duration quiet, Outages outages) {
    if (call.onRecord().isEmpty()) {
      return offer(call, "not on record");
    }
    OnRecord ours = call.onRecord().get();
    if (ours.endedAt().isEmpty()) {
      return quiet.compareTo(OVERDUE) < 0
          ? call.as(Verdict.MISSING, "on record as under way")
          : offer(call, "on record without its end");
    }
    String detail = String.join("; ", Comparison.differences(call.logged(), ours));
    boolean told = call.logged().endedAt().isPresent();
    boolean telling = told && (!ours.recovered() || call.late());
    return switch (ours.quality()) {
      case LOST_TRACK ->
          telling ? offer(call, "its end is in the logs") : call.as(Verdict.LOST_TRACK, "");
      case RECOVERED ->
          telling && !detail.isEmpty() ? offer(call, detail) : call.as(Verdict.RECOVERED, detail);
      case LIVE -> {
        if (detail.isEmpty()) {
          yield call.as(Verdict.LIVE, "");
        }
        boolean late = Comparison.onlyLate(call.logged(), ours, LATE);
        if (told && (late || outages.overlap(call.logged()))) {
          yield offer(call, detail);
        }
        log.warn(
            "call {} is on record, and the gateway's logs say something else: {}",
            call.id(),
            detail);
        yield call.as(Verdict.DIFFERENT, detail);
      }
    };
  }

  private CheckedCall offer(Judged call, String why) {
    boolean taken =
        mailbox.offer(
            new GatewayInput.CallFound(
                settings.gateway(), call.now(), call.logged(), call.onRecord()));
    if (taken && call.open().toldFor(why)) {
      log.info("call {} is told from the gateway's logs: {}", call.id(), why);
    }
    return call.as(Verdict.MISSING, why);
  }

  private static CheckedCall checked(CallId id, LoggedCall logged, Verdict verdict, String detail) {
    return new CheckedCall(
        id,
        logged.startedAt(),
        logged.endedAt(),
        logged.sources(),
        verdict,
        detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL));
  }

  /** When the link was away; asked for once, when the first call needs it. */
  private final class Outages {
    private final List<Outage> known;
    private Collection<Outage> all;

    Outages(List<Outage> known) {
      this.known = known;
    }

    boolean overlap(LoggedCall logged) {
      if (all == null) {
        all = new ArrayList<>(known);
        all.addAll(store.outages(settings.gateway(), logged.startedAt().minus(Duration.ofDays(1))));
      }
      Instant end = logged.endedAt().orElse(logged.seenUntil());
      return all.stream()
          .anyMatch(
              outage ->
                  !outage.from().minus(MARGIN).isAfter(end)
                      && outage
                          .until()
                          .map(until -> !until.plus(AFTER).isBefore(logged.startedAt()))
                          .orElse(true));
    }
  }
}
