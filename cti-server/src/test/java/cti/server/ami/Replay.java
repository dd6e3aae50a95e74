package cti.server.ami;

import cti.core.agent.Agent;
import cti.core.agent.AgentState;
import cti.core.agent.SeatRole;
import cti.core.call.Call;
import cti.core.call.CallTimes;
import cti.core.call.Part;
import cti.core.call.QueueVisit;
import cti.core.desk.Desk;
import cti.core.engine.AgentCommand;
import cti.core.engine.CatalogInput;
import cti.core.engine.Engine;
import cti.core.engine.EngineInput;
import cti.core.engine.EngineSettings;
import cti.core.engine.GatewayInput;
import cti.core.engine.MemberAddressing;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An engine with the sample desks, whose agents are all ready, which is told a transcript. */
final class Replay {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");

  /** The sample desks, and the agent at home there; agent 10nn has the phone 80nn + 4. */
  private static final Map<String, List<String>> DESKS =
      Map.ofEntries(
          Map.entry("hq-desktop", List.of("1001", "1002")),
          Map.entry("hq-oa", List.of("1003")),
          Map.entry("hq-project", List.of("1004")),
          Map.entry("hq-erp", List.of("1005")),
          Map.entry("hq-itil", List.of("1006")),
          Map.entry("hq-marketing", List.of("1007")),
          Map.entry("hq-asset", List.of("1008")),
          Map.entry("hq-mes", List.of("1009")),
          Map.entry("gz", List.of("1010")),
          Map.entry("sg", List.of("1011")),
          Map.entry("mz", List.of("1012")),
          Map.entry("zj", List.of("1013")));

  private final AmiTranslator translator = new AmiTranslator(GATEWAY);
  private final Engine engine =
      new Engine(
          new EngineSettings(GATEWAY, Set.of("cti-hotline"), MemberAddressing.SHIPPED)
              .withLogs(true),
          number -> List.of());
  private final List<DomainEvent> events = new ArrayList<>();
  private final PicturedGateway gateway = new PicturedGateway(GATEWAY);

  Replay() {
    engine.handle(
        new CatalogInput.MasterReplaced(
            DESKS.keySet().stream()
                .map(
                    id ->
                        new Desk(
                            new DeskId(id),
                            id,
                            new SiteId("hq"),
                            id,
                            new QueueName("cti-" + id),
                            Duration.ofSeconds(15),
                            Duration.ofSeconds(90)))
                .toList(),
            DESKS.entrySet().stream()
                .flatMap(
                    desk ->
                        desk.getValue().stream()
                            .map(
                                id ->
                                    new Agent(
                                        new AgentId(id),
                                        id,
                                        Map.of(new DeskId(desk.getKey()), SeatRole.A))))
                .toList()),
        NOW);
    tell(new GatewayInput.Snapshot(GATEWAY, NOW, "22", List.of(), List.of(), List.of()));
    DESKS.forEach(
        (desk, agents) ->
            agents.forEach(
                id -> {
                  AgentId agent = new AgentId(id);
                  Extension phone = new Extension("" + (Integer.parseInt(id) + 7004));
                  tell(new AgentCommand.LogOn(agent, phone, Set.of(new DeskId(desk))));
                  tell(new AgentCommand.BecomeReady(agent));
                }));
    events.clear();
  }

  /** Everything is told as it came. */
  Replay whole(List<AmiMessage> messages) {
    messages.forEach(this::tell);
    return this;
  }

  /**
   * The link is lost behind so many messages, and back with a snapshot when {@code missed} more
   * have gone unheard.
   */
  Replay cut(List<AmiMessage> messages, int behind, int missed) {
    int back = Math.min(messages.size(), behind + missed);
    messages.subList(0, behind).forEach(this::tell);
    Instant at = stamp(messages, behind);
    tell(new GatewayInput.LinkLost(GATEWAY, at, "cut"));
    messages.subList(behind, back).forEach(gateway::see);
    tell(gateway.snapshot(stamp(messages, back)));
    messages.subList(back, messages.size()).forEach(this::tell);
    return this;
  }

  private static Instant stamp(List<AmiMessage> messages, int before) {
    return messages.subList(0, before).stream()
        .map(AmiMessage::timestamp)
        .filter(at -> at != null)
        .reduce((one, last) -> last)
        .orElse(NOW);
  }

  private void tell(AmiMessage message) {
    gateway.see(message);
    Instant stamp = message.timestamp();
    translator.input(message, stamp == null ? NOW : stamp).ifPresent(this::tell);
  }

  private void tell(EngineInput input) {
    Instant now = input instanceof GatewayInput told ? told.at() : NOW;
    List<DomainEvent> happened = engine.handle(input, now).events();
    happened.forEach(engine::apply);
    events.addAll(happened);
  }

  List<DomainEvent> events() {
    return List.copyOf(events);
  }

  /** What is left when all is told: calls under way, agents in a call. */
  List<String> left() {
    List<String> left = new ArrayList<>();
    engine.state().calls().forEach(call -> left.add("call " + call.id()));
    engine.state().agents().stream()
        .filter(status -> status.state() == AgentState.BUSY)
        .forEach(status -> left.add("agent " + status.agent() + " busy with " + status.call()));
    return left;
  }

  /** The calls in the words of the records, in the order of their identifiers. */
  List<Told> calls() {
    Map<CallId, Call> calls = new LinkedHashMap<>();
    Map<CallId, CallCleared> ends = new LinkedHashMap<>();
    Map<CallId, CallMissed> missed = new LinkedHashMap<>();
    for (DomainEvent event : events) {
      switch (event) {
        case ServiceInitiated begun -> calls.put(begun.call(), Call.begun(begun));
        case CallEvent told -> calls.computeIfPresent(told.call(), (id, call) -> call.apply(told));
        default -> {}
      }
      if (event instanceof CallCleared end) {
        ends.put(end.call(), end);
      }
      if (event instanceof CallMissed miss) {
        missed.put(miss.call(), miss);
      }
    }
    return ends.values().stream()
        .sorted((one, other) -> one.call().value().compareTo(other.call().value()))
        .map(
            end ->
                new Told(
                    calls.get(end.call()),
                    end,
                    missed.containsKey(end.call()) ? word(missed.get(end.call()).reason()) : "no"))
        .toList();
  }

  /**
   * A call that is over.
   *
   * @param missed why nobody answered it, or no
   */
  record Told(Call call, CallCleared end, String missed) {
    String id() {
      return call.id().value().substring(call.id().value().indexOf(':') + 1);
    }

    /** All but the times. */
    String inWords() {
      StringBuilder words = new StringBuilder();
      words.append(
          "call %s %s %s %s by %s missed=%s\n"
              .formatted(
                  id(),
                  word(call.origin().direction()),
                  call.origin().callingNumber(),
                  word(end.outcome()),
                  word(end.by()),
                  missed));
      for (QueueVisit visit : call.visits()) {
        words.append(
            "  visit %s %s: %s\n"
                .formatted(
                    visit.queue(),
                    visit.outcome().map(Replay::word).orElse(""),
                    visit.attempts().stream()
                        .map(
                            ring ->
                                ring.extension()
                                    + "="
                                    + ring.outcome().map(Replay::word).orElse(""))
                        .collect(Collectors.joining(" "))));
      }
      call.parts().forEach(part -> words.append("  part ").append(inWords(part)).append('\n'));
      return words.toString();
    }

    private static String inWords(Part part) {
      String became = part.failure().map(Replay::word).orElse("left");
      return word(part.role())
          + " "
          + part.device().number()
          + part.device().agent().map(id -> " agent " + id).orElse("")
          + " "
          + became;
    }

    /** In milliseconds: in flow, in queues, ringing, talking, on hold, ending. */
    List<Long> times() {
      CallTimes times = call.times();
      return List.of(
          times.inFlow().toMillis(),
          times.waiting().toMillis(),
          times.ringing().toMillis(),
          times.talking().toMillis(),
          times.onHold().toMillis(),
          times.ending().toMillis());
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
