package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.engine.AgentCommand;
import cti.core.engine.CatalogInput;
import cti.core.engine.Engine;
import cti.core.engine.EngineInput;
import cti.core.engine.EngineSettings;
import cti.core.engine.GatewayInput;
import cti.core.engine.MemberAddressing;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the real gateway said in each of these calls, from its bytes to what we make of them. */
class TranscriptsTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");
  private final AmiTranslator translator = new AmiTranslator(GATEWAY);
  private final List<DomainEvent> events = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "answered-agent-hangs-up           | ANSWERED by AGENT             | ANSWERED        | -   "
            + "                         | -",
        "answered-caller-hangs-up          | ANSWERED by CALLER            | ANSWERED        | -   "
            + "                         | -",
        "abandoned-while-waiting           | ABANDONED_IN_QUEUE by CALLER  | ABANDONED       | -   "
            + "                         | ABANDONED",
        "abandoned-while-ringing           | ABANDONED_RINGING by CALLER   | AGENT_NO_ANSWER |"
            + " CALLER_GONE                  | AGENT_NO_ANSWER",
        "busy-then-next-agent              | ANSWERED by AGENT             | ANSWERED        | BUSY"
            + "                         | -",
        "rejected-then-next-agent          | ANSWERED by AGENT             | ANSWERED        |"
            + " REJECTED                     | -",
        "unavailable-then-next-agent       | ANSWERED by AGENT             | ANSWERED        |"
            + " UNAVAILABLE                  | -",
        "ring-no-answer-then-next-agent    | ANSWERED by AGENT             | ANSWERED        |"
            + " NO_ANSWER                    | -",
        "caller-hangs-up-in-menu           | ABANDONED_IN_IVR by CALLER    | -               | -   "
            + "                         | -",
        "timeout-in-queue                  | NOT_ANSWERED by UNKNOWN       | AGENT_NO_ANSWER |"
            + " NO_ANSWER                    | AGENT_NO_ANSWER",
        "leave-empty-last-agent-logs-off   | NOT_ANSWERED by UNKNOWN       | NO_AGENTS       | -   "
            + "                         | NO_AGENTS",
        "join-empty                        | NOT_ANSWERED by UNKNOWN       | NO_AGENTS       | -   "
            + "                         | NO_AGENTS",
      })
  void oneCall(String transcript, String ending, String visits, String diverted, String missed)
      throws IOException {
    play(Transcripts.messages(transcript, Integer.MAX_VALUE));
    assertEquals(List.of(ending), endings());
    assertEquals(
        visits == null ? List.of() : List.of(visits),
        of(QueueVisitEnded.class).map(e -> e.outcome().name()).toList());
    assertEquals(
        diverted == null ? List.of() : List.of(diverted),
        of(Diverted.class).map(e -> e.outcome().name()).toList());
    assertEquals(
        missed == null ? List.of() : List.of(missed),
        of(CallMissed.class).map(e -> e.reason().name()).toList());
  }

  @Test
  void twoCallersAtOnceReachTwoAgents() throws IOException {
    play(Transcripts.messages("two-callers-two-agents", Integer.MAX_VALUE));
    assertEquals(2, of(Established.class).map(Established::extension).distinct().count());
    assertEquals(2, of(Established.class).map(Established::call).distinct().count());
    assertEquals(2, endings().size());
    assertEquals(0, of(CallMissed.class).count());
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "4096"})
  void howTheBytesAreCutMakesNoDifference(int bytesAtATime) throws IOException {
    play(Transcripts.messages("ring-no-answer-then-next-agent", Integer.MAX_VALUE));
    List<DomainEvent> whole = List.copyOf(events);
    events.clear();
    play(Transcripts.messages("ring-no-answer-then-next-agent", bytesAtATime));
    assertEquals(whole, events);
  }

  @Test
  void theSnapshotNamesWhoTalksAndWhoWaits() throws IOException {
    List<AmiMessage> messages =
        Transcripts.messages("snapshot-one-in-talk-one-waiting", Integer.MAX_VALUE);
    GatewayInput.Snapshot snapshot =
        new AmiSnapshot(GATEWAY).of("22", messages, messages, Instant.now());
    assertEquals(5, snapshot.channels().size());
    assertEquals(1, snapshot.waiting().size());
    assertEquals("cti-hq-erp", snapshot.waiting().getFirst().queue().value());
    assertTrue(snapshot.members().stream().anyMatch(GatewayInput.MemberFacts::dynamic));

    Engine engine = engine();
    tell(engine, snapshot);
    assertEquals(
        List.of("TALKING", "WAITING"),
        engine.state().calls().stream().map(call -> call.phase().name()).sorted().toList());
  }

  private void play(List<AmiMessage> messages) {
    Engine engine = engine();
    for (AmiMessage message : messages) {
      translator.input(message, NOW).ifPresent(input -> tell(engine, input));
    }
    assertEquals(List.of(), List.copyOf(engine.state().calls()), "calls that never ended");
  }

  private Engine engine() {
    Engine engine =
        new Engine(
            new EngineSettings(GATEWAY, Set.of("cti-hotline"), MemberAddressing.SHIPPED),
            number -> List.of());
    DeskId erp = new DeskId("hq-erp");
    Desk desk =
        new Desk(
            erp,
            "本部(ERP)",
            new SiteId("hq"),
            "ERP",
            new QueueName("cti-hq-erp"),
            Duration.ofSeconds(15),
            Duration.ofMinutes(2));
    engine.handle(
        new CatalogInput.MasterReplaced(
            List.of(desk),
            List.of(
                new Agent(new AgentId("1"), "员工0001", Map.of(erp, SeatRole.A)),
                new Agent(new AgentId("2"), "员工0002", Map.of(erp, SeatRole.A)))),
        NOW);
    tell(engine, new GatewayInput.Snapshot(GATEWAY, NOW, "22", List.of(), List.of(), List.of()));
    tell(engine, new AgentCommand.LogOn(new AgentId("1"), new Extension("8005"), Set.of(erp)));
    tell(engine, new AgentCommand.LogOn(new AgentId("2"), new Extension("8006"), Set.of(erp)));
    return engine;
  }

  private void tell(Engine engine, EngineInput input) {
    List<DomainEvent> happened = engine.handle(input, NOW).events();
    happened.forEach(engine::apply);
    events.addAll(happened);
  }

  private List<String> endings() {
    return of(CallCleared.class).map(e -> e.outcome() + " by " + e.by()).toList();
  }

  private <E> Stream<E> of(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast);
  }
}
