package cti.server.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cti.core.agent.Agent;
import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.agent.PauseReason;
import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.engine.AgentCommand;
import cti.core.engine.CatalogInput;
import cti.core.engine.Command;
import cti.core.engine.Engine;
import cti.core.engine.EngineInput;
import cti.core.engine.EngineSettings;
import cti.core.engine.FlowInput;
import cti.core.engine.MemberAddressing;
import cti.core.engine.Outcome;
import cti.core.engine.Reply;
import cti.core.event.AgentEvent.AgentBusy;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.port.Mailbox;
import cti.server.PhonesInMemory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Feature codes on desk phones, with the real engine behind them. */
class AgentPhoneTest extends FlowServerFixture {
  private static final AgentId FIRST = new AgentId("1001");
  private static final AgentId SECOND = new AgentId("1002");
  private static final DeskId DESK = new DeskId("gz");
  private static final Instant NOW = Instant.parse("2026-11-21T01:00:00Z");

  private final PhonesInMemory phones = new PhonesInMemory();
  private final Map<AgentId, Set<DeskId>> seats = Map.of(FIRST, Set.of(DESK), SECOND, Set.of(DESK));
  private final Engine engine =
      new Engine(
          new EngineSettings(new GatewayId("gw1"), Set.of("cti-hotline"), MemberAddressing.SHIPPED),
          number -> List.of());

  private final List<FlowInput.FlowOver> overs = new CopyOnWriteArrayList<>();
  private final Mailbox toEngine =
      new Mailbox() {
        @Override
        public boolean offer(EngineInput input) {
          return overs.add(assertInstanceOf(FlowInput.FlowOver.class, input));
        }

        @Override
        public synchronized CompletionStage<Reply> ask(Command command) {
          return CompletableFuture.completedFuture(tell(command).reply().orElseThrow());
        }
      };

  private Outcome tell(EngineInput input) {
    Outcome outcome = engine.handle(input, NOW);
    outcome.events().forEach(engine::apply);
    return outcome;
  }

  @BeforeEach
  void openDesk() throws IOException {
    tell(
        new CatalogInput.MasterReplaced(
            List.of(
                new Desk(
                    DESK,
                    "广州厂",
                    new SiteId("gz"),
                    "",
                    new QueueName("cti-gz"),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2))),
            List.of(
                new Agent(FIRST, "员工0101", Map.of(DESK, SeatRole.A)),
                new Agent(SECOND, "员工0102", Map.of(DESK, SeatRole.B)))));
    server =
        FlowServer.start(
            settings(0, 100, 20_000),
            sources(() -> directory),
            new PhoneDesk(
                toEngine,
                phones,
                extension ->
                    CompletableFuture.completedFuture(
                        engine.state().agentAt(extension).flatMap(engine.state()::agent)),
                agent -> seats.getOrDefault(agent, Set.of()),
                () -> PauseReason.SHIPPED,
                new StudioInMemory().studio()),
            byHand());
  }

  @Test
  void onAnOwnPhoneTheAgentIsKnownByIt() throws IOException {
    phones.save(FIRST, Optional.of(new Extension("8001")), Optional.empty(), "a");
    assertEquals("phone-logged-on", dial("8001", "61"));
    assertEquals(AgentState.READY, status(FIRST).state());
    assertEquals(Optional.of(new Extension("8001")), status(FIRST).extension());
    assertEquals(1, overs.size());
  }

  @Test
  void onASharedPhoneNumberAndPinAreAsked() throws IOException {
    phones.save(FIRST, Optional.of(new Extension("8001")), Optional.of("4711"), "a");
    phones.save(SECOND, Optional.of(new Extension("8001")), Optional.of("0815"), "a");
    assertEquals(
        "phone-ask-agent-number phone-ask-pin phone-logged-on",
        dial("8001", "61", "1", "0", "0", "2", "#", "0", "8", "1", "5", "#"));
    assertEquals(AgentState.READY, status(SECOND).state());
  }

  @Test
  void aStrangePhoneTakesNobodyWithoutTheRightPin() throws IOException {
    phones.save(FIRST, Optional.empty(), Optional.of("4711"), "a");
    String[] wrong = {"1", "0", "0", "1", "#", "1", "1", "1", "1", "#"};
    assertEquals("phone-ask-agent-number phone-ask-pin phone-wrong-pin", dial("8005", "61", wrong));
    dial("8005", "61", wrong);
    assertEquals(
        "phone-ask-agent-number phone-ask-pin phone-pin-locked", dial("8005", "61", wrong));
    assertEquals(
        "phone-ask-agent-number phone-ask-pin phone-pin-locked",
        dial("8005", "61", "1", "0", "0", "1", "#", "4", "7", "1", "1", "#"));
    assertEquals(
        "phone-ask-agent-number phone-ask-pin phone-no-pin",
        dial("8005", "61", "1", "0", "0", "2", "#", "1", "1", "1", "1", "#"));
    assertEquals(
        "phone-ask-agent-number phone-ask-pin phone-unknown-agent",
        dial("8005", "61", "9", "9", "#", "1", "1", "1", "1", "#"));
    assertEquals(Optional.empty(), engine.state().agent(FIRST));
  }

  @Test
  void aPhoneInUseIsTakenOverAfterAQuestion() throws IOException {
    phones.save(FIRST, Optional.of(new Extension("8001")), Optional.empty(), "a");
    tell(new AgentCommand.LogOn(SECOND, new Extension("8001"), Set.of(DESK)));
    assertEquals("phone-ask-take-over phone-refused", dial("8001", "61", "2"));
    assertEquals("phone-ask-take-over phone-no-input", dial("8001", "61"));
    assertEquals("phone-ask-take-over phone-logged-on", dial("8001", "61", "1"));
    assertEquals(AgentState.LOGGED_OFF, status(SECOND).state());
    assertEquals(AgentState.READY, status(FIRST).state());
  }

  @Test
  void whoIsLoggedOnElsewhereIsAskedWhetherToMove() throws IOException {
    phones.save(FIRST, Optional.of(new Extension("8001")), Optional.empty(), "a");
    tell(new AgentCommand.LogOn(FIRST, new Extension("8007"), Set.of(DESK)));
    assertEquals("phone-logged-on-elsewhere phone-logged-on", dial("8001", "61", "1"));
    assertEquals(Optional.of(new Extension("8001")), status(FIRST).extension());
  }

  @Test
  void pauseTakesTheKeyOfItsReasonDialledOrAsked() throws IOException {
    logOn();
    assertEquals("phone-not-ready", dialWith("8001", "64", "2"));
    assertEquals("break", status(FIRST).reason());
    assertEquals("phone-ask-pause-reason phone-not-ready", dial("8001", "64", "1"));
    assertEquals("meal", status(FIRST).reason());
    assertEquals("phone-unknown-reason", dialWith("8001", "64", "8"));
    assertEquals("phone-unknown-reason", dialWith("8001", "64", "12"));
  }

  @Test
  void readyAndLogOff() throws IOException {
    logOn();
    assertEquals("phone-ready", dial("8001", "63"));
    assertEquals(AgentState.READY, status(FIRST).state());
    assertEquals("phone-logged-off", dial("8001", "62"));
    assertEquals(AgentState.LOGGED_OFF, status(FIRST).state());
    assertEquals("phone-not-logged-on", dial("8001", "63"));
    assertEquals("phone-not-logged-on", dial("8001", "65"));
  }

  @Test
  void onASecondLineDuringACallItTakesEffectAfterIt() throws IOException {
    logOn();
    engine.apply(new AgentBusy(FIRST, NOW, new CallId("c1")));
    assertEquals("phone-after-the-call", dialWith("8001", "64", "1"));
    assertEquals("phone-after-the-call", dial("8001", "62"));
    assertEquals(AgentState.BUSY, status(FIRST).state());
    assertEquals("phone-no-wrap-up", dial("8001", "65"));
  }

  @Test
  void aNumberThatIsNoExtensionAndACodeThatIsNoneAreRefused() throws IOException {
    assertEquals("phone-no-extension", dial("+8613800000001", "61"));
    assertEquals("phone-no-extension", dial("", "63"));
    assertEquals("phone-refused", dial("8001", "69"));
  }

  @Test
  void whoHangsUpInTheMiddleChangesNothing() throws IOException {
    assertEquals("phone-ask-agent-number", dial("8005", "61", "1", "hangup"));
    assertEquals(List.of(), overs, "the caller left");
  }

  private void logOn() {
    tell(new AgentCommand.LogOn(FIRST, new Extension("8001"), Set.of(DESK)));
  }

  private AgentStatus status(AgentId agent) {
    return engine.state().agent(agent).orElseThrow();
  }

  /** What the phone hears. */
  private String dial(String extension, String code, String... keys) throws IOException {
    return call().request("agent", extension, code, "").caller(keys).run().heard();
  }

  private String dialWith(String extension, String code, String key) throws IOException {
    return call().request("agent", extension, code, key).run().heard();
  }
}
