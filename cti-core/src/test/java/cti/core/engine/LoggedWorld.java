package cti.core.engine;

import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_PHONE;

import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.engine.GatewayInput.WaitingFacts;
import cti.core.id.ChannelId;
import cti.core.id.Extension;
import cti.core.recovery.CallDetail;
import cti.core.recovery.CallDetail.Party;
import cti.core.recovery.CallDetail.Ran;
import cti.core.recovery.CallDetail.Times;
import cti.core.recovery.CallLog;
import cti.core.recovery.QueueLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A gateway made at random: what it reports, what it would say in a snapshot at any moment, and
 * what it writes into its own logs, as Asterisk does: queue_log to the second, a call detail record
 * a leg when the leg is over.
 */
final class LoggedWorld {
  private static final Instant BEGIN = Instant.parse("2026-11-23T02:00:00.250Z");

  final List<Report> reports = new ArrayList<>();
  final Map<String, CallLog> logs = new LinkedHashMap<>();
  private final List<Leg> legs = new ArrayList<>();
  private final Random random;
  private int channels;

  /** What the gateway reports at a moment. */
  record Report(Instant at, Consumer<EngineWorld> tell) {}

  /** A caller's channel or one towards a phone, while it lasts. */
  private static final class Leg {
    final String channel;
    final String linked;
    final Optional<Extension> phone;
    final Instant from;
    Instant until = Instant.MAX;
    Instant waitsFrom = Instant.MAX;
    Instant waitsUntil = Instant.MAX;
    Instant talksFrom = Instant.MAX;
    Instant talksUntil = Instant.MAX;

    Leg(String channel, String linked, Optional<Extension> phone, Instant from) {
      this.channel = channel;
      this.linked = linked;
      this.phone = phone;
      this.from = from;
    }
  }

  LoggedWorld(long seed, int calls) {
    this.random = new Random(seed);
    Map<Extension, Instant> freeFrom = new LinkedHashMap<>();
    freeFrom.put(PHONE, BEGIN);
    freeFrom.put(SECOND_PHONE, BEGIN);
    Instant at = BEGIN;
    for (int i = 0; i < calls; i++) {
      at = at.plusMillis(500 + random.nextInt(9_000));
      call(at, freeFrom);
    }
    reports.sort(Comparator.comparing(Report::at));
  }

  Instant end() {
    return reports.getLast().at();
  }

  private void call(Instant start, Map<Extension, Instant> freeFrom) {
    String caller = start.getEpochSecond() + "." + channels++;
    CallLog log = new CallLog(caller);
    logs.put(caller, log);
    Leg leg = new Leg(caller, caller, Optional.empty(), start);
    legs.add(leg);
    report(start, world -> world.dials(caller));
    Instant now = after(start, 1_000, 5_000);
    if (random.nextInt(8) == 0) {
      over(leg, log, now, now, "AGI", true);
      return;
    }
    Instant entered = now;
    leg.waitsFrom = entered;
    report(entered, world -> world.joinsQueue(caller));
    logged(log, entered, caller, "NONE", "ENTERQUEUE", "", "02088881234", "1");
    now = after(entered, 100, 3_000);
    Extension phone = freeFrom.entrySet().stream().min(Map.Entry.comparingByValue()).get().getKey();
    boolean free = freeFrom.get(phone).isBefore(now);
    int vain = free ? random.nextInt(3) : 0;
    for (int i = 0; i < vain; i++) {
      now = ringsInVain(leg, log, phone, now);
    }
    switch (free ? random.nextInt(5) : 3) {
      case 0, 1, 2 -> freeFrom.put(phone, talks(leg, log, phone, now, entered));
      case 3 -> {
        leg.waitsUntil = now;
        logged(log, now, caller, "NONE", "ABANDON", "1", "1", seconds(entered, now));
        over(leg, log, now, now, "Queue", true);
      }
      default -> {
        leg.waitsUntil = now;
        logged(log, now, caller, "NONE", "EXITWITHTIMEOUT", "1", "1", seconds(entered, now));
        Instant left = now;
        report(left, world -> world.queueReturns(caller, "TIMEOUT"));
        over(leg, log, after(now, 500, 2_000), left, "Hangup", false);
      }
    }
    if (free) {
      freeFrom.merge(phone, leg.until, (a, b) -> a.isAfter(b) ? a : b);
    }
  }

  private Instant ringsInVain(Leg caller, CallLog log, Extension phone, Instant from) {
    Leg leg = leg(caller, phone, from);
    Instant until = after(from, 2_000, 12_000);
    leg.until = until;
    logged(
        log,
        until,
        caller.channel,
        member(phone),
        "RINGNOANSWER",
        Long.toString(Duration.between(from, until).toMillis()));
    detail(log, caller, leg, Optional.empty(), "NO ANSWER");
    report(until, world -> world.doesNotAnswer(caller.channel, leg.channel, phone));
    return after(until, 1_000, 1_500);
  }

  private Instant talks(Leg caller, CallLog log, Extension phone, Instant from, Instant entered) {
    Leg leg = leg(caller, phone, from);
    Instant answered = after(from, 500, 8_000);
    Instant ended = after(answered, 1_000, 60_000);
    boolean byCaller = random.nextBoolean();
    caller.waitsUntil = answered;
    caller.talksFrom = answered;
    caller.talksUntil = ended;
    leg.talksFrom = answered;
    leg.talksUntil = ended;
    leg.until = ended;
    report(answered, world -> world.answers(caller.channel, leg.channel, phone));
    logged(
        log,
        answered,
        caller.channel,
        member(phone),
        "CONNECT",
        seconds(entered, answered),
        leg.channel,
        seconds(from, answered));
    logged(
        log,
        ended,
        caller.channel,
        member(phone),
        byCaller ? "COMPLETECALLER" : "COMPLETEAGENT",
        seconds(entered, answered),
        seconds(answered, ended),
        "1");
    detail(log, caller, leg, Optional.of(answered), "ANSWERED");
    report(ended, world -> world.hangsUp(byCaller ? caller.channel : leg.channel));
    report(ended, world -> world.gone(leg.channel));
    over(caller, log, ended, ended, "Queue", false);
    return ended;
  }

  private Leg leg(Leg caller, Extension phone, Instant from) {
    String channel = from.getEpochSecond() + "." + channels;
    channels += 2;
    Leg leg = new Leg(channel, caller.channel, Optional.of(phone), from);
    legs.add(leg);
    report(from, world -> world.rings(caller.channel, channel, phone));
    return leg;
  }

  private void over(
      Leg caller, CallLog log, Instant until, Instant hangsUp, String application, boolean asks) {
    caller.until = until;
    if (asks) {
      report(hangsUp, world -> world.hangsUp(caller.channel));
    }
    report(until, world -> world.gone(caller.channel));
    log.add(
        new CallDetail(
            caller.channel,
            caller.channel,
            new Party("02088881234", "8000", "cti-hotline", "PJSIP/ipoffice-" + caller.channel),
            new Ran(application, "", ""),
            new Times(caller.from, Optional.of(caller.from), until),
            "ANSWERED",
            Optional.empty()));
  }

  private void detail(
      CallLog log, Leg caller, Leg leg, Optional<Instant> answered, String disposition) {
    log.add(
        new CallDetail(
            caller.channel,
            leg.channel + "9",
            new Party(
                "02088881234",
                leg.phone.orElseThrow().value(),
                "cti-agents",
                "Local/" + leg.phone.get() + "@cti-agents-" + leg.channel + ";2"),
            new Ran("Dial", "PJSIP/ipoffice-" + leg.channel, leg.phone.get().value()),
            new Times(leg.from, answered, leg.until),
            disposition,
            Optional.empty()));
  }

  private static String member(Extension phone) {
    return phone.equals(PHONE) ? EngineWorld.AGENT.value() : EngineWorld.SECOND_AGENT.value();
  }

  private void report(Instant at, Consumer<EngineWorld> tell) {
    reports.add(new Report(at, tell));
  }

  private static void logged(
      CallLog log, Instant at, String call, String member, String event, String... data) {
    log.add(
        new QueueLogEntry(
            at.truncatedTo(ChronoUnit.SECONDS), call, QUEUE.value(), member, event, List.of(data)));
  }

  private static String seconds(Instant from, Instant to) {
    return Long.toString(to.getEpochSecond() - from.getEpochSecond());
  }

  private Instant after(Instant from, int least, int most) {
    return from.plusMillis(least + random.nextInt(most - least));
  }

  /** What the gateway says of itself at a moment. */
  GatewayInput.Snapshot snapshot(Instant at) {
    List<ChannelFacts> facts = new ArrayList<>();
    List<WaitingFacts> waiting = new ArrayList<>();
    for (Leg leg : legs) {
      if (leg.from.isAfter(at) || !leg.until.isAfter(at)) {
        continue;
      }
      boolean talks = !leg.talksFrom.isAfter(at) && leg.talksUntil.isAfter(at);
      boolean waits = !leg.waitsFrom.isAfter(at) && leg.waitsUntil.isAfter(at);
      facts.add(
          new ChannelFacts(
              new ChannelId(leg.channel),
              new ChannelId(leg.linked),
              leg.phone
                  .map(phone -> "Local/" + phone + "@cti-agents-" + leg.channel + ";1")
                  .orElse("PJSIP/ipoffice-" + leg.channel),
              leg.phone.isPresent() ? "" : "02088881234",
              "",
              leg.phone.isPresent() ? "cti-agents" : "cti-hotline",
              leg.phone.map(Extension::value).orElse("8000"),
              talks ? "bridge-" + leg.linked : "",
              leg.phone.isEmpty() && (talks || waits) ? Optional.of(QUEUE) : Optional.empty(),
              leg.from));
      if (waits) {
        waiting.add(new WaitingFacts(new ChannelId(leg.channel), QUEUE, 1, leg.waitsFrom));
      }
    }
    return new GatewayInput.Snapshot(GATEWAY, at, "22.0.0", facts, waiting, List.of());
  }
}
