package cti.core.ivr;

import static cti.core.ivr.FlowFixture.exits;
import static cti.core.ivr.FlowFixture.flow;
import static cti.core.ivr.FlowFixture.menu;
import static cti.core.ivr.FlowFixture.prompt;
import static cti.core.ivr.FlowFixture.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cti.core.ivr.Node.Queue.LeaveKey;
import cti.core.ivr.Node.Queue.Says;
import cti.core.routing.Caller;
import cti.core.routing.CallerKind;
import cti.core.routing.EarlierCalls;
import cti.core.routing.Facts;
import cti.core.routing.QueueState;
import cti.core.routing.RuleSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of node, by every way out of it. */
class FlowNodesTest extends FlowWalkFixture {
  private static Flow collecting() {
    return flow(
        new Asking.Collect(
            "ask",
            List.of("which"),
            WAIT,
            2,
            new Asking.Span(3, 5),
            "no",
            exits(ASKS, "next:call")),
        prompt("again", "next:ask"),
        new Node.Callback(
            "call", GZ, Optional.of("no"), exits("next:bye refused:q hangup:gone error:static")),
        queue("q", "gz"));
  }

  @ParameterizedTest
  @CsvSource({
    "123#, which? [callback gz 123] [hung up]",
    // as many as there may be: no hash is needed
    "12345, which? [callback gz 12345] [hung up]",
    // lost keys: what came before the silence counts where it can be whole
    "123 -, which? [callback gz 123] [hung up]",
    "12 - 123#, which? hello which? [callback gz 123] [hung up]",
    "12#, which? hello which?",
    "#, which? hello which?",
    "1*3#, which? hello which?",
    "-, which? hello which?",
    "- -, which? hello which? [hung up]",
    "12# 12#, which? hello which? [queue gz by flow:q]",
    "- 12# -, which? hello which? hello which? [hung up]",
    "12 hangup, which? [gone]",
    "12 fail, which? [static queue]",
    "hangup, which? [gone]",
  })
  void collectsDigits(String doings, String met) {
    assertEquals(met, walk(collecting(), doings));
  }

  private static Flow lookup() {
    return flow(
        new Asking.Lookup(
            "ask", List.of("which"), WAIT, 2, new Asking.Span(1, 8), "E", exits(ASKS, "next:kind")),
        prompt("again", "next:ask"),
        new Node.Condition(
            "kind",
            List.of(
                new Node.Condition.Case(new CallerTest.KindIs(Set.of(CallerKind.FACTORY)), "q")),
            exits("otherwise:bye")),
        queue("q", "gz"));
  }

  @ParameterizedTest
  @CsvSource({
    "0025#, which? [caller E0025] [queue gz by flow:q]",
    "0026# 0025#, which? hello which? [caller E0025] [queue gz by flow:q]",
    "0026# 0026#, which? hello which? [queue gz by flow:q]",
    "- -, which? hello which? [hung up]",
    "hangup, which? [gone]",
    "fail, which? [static queue]",
  })
  void looksUpAnEmployeeNumber(String doings, String met) {
    assertEquals(met, walk(lookup(), doings));
  }

  @Test
  void whoWasLookedUpIsStillKnownAfterTheQueue() {
    FlowInterpreter interpreter = FlowFixture.interpreter(lookup(), new RuleSet(List.of()));
    Caller nobody = Caller.of("", "8000", List.of(), List.of());
    FlowInterpreter.Step step = interpreter.resume("test/q/gz//sE0025/k0025", "TIMEOUT", nobody);
    assertEquals(List.of(FlowFixture.PERSON), step.state().caller().matches());
    assertEquals("0025", step.state().said().keys());
  }

  private static Flow survey() {
    return flow(
        queue("q", "gz", "answered:s"),
        new Asking.Survey("s", List.of("which"), WAIT, 2, exits(ASKS, "next:thanks")),
        prompt("again", "next:s"),
        prompt("thanks", "next:bye"));
  }

  @ParameterizedTest
  @CsvSource({
    "continue 5, [queue gz by flow:q] which? [mark 5] hello [hung up]",
    "continue 1, [queue gz by flow:q] which? [mark 1] hello [hung up]",
    "continue 0 3, [queue gz by flow:q] which? hello which? [mark 3] hello [hung up]",
    "continue 6 *, [queue gz by flow:q] which? hello which? [queue gz by flow:q]",
    "continue - -, [queue gz by flow:q] which? hello which? [hung up]",
    "continue hangup, [queue gz by flow:q] which? [gone]",
    "hangup, [queue gz by flow:q] [gone]",
  })
  void asksForAMarkAfterTheTalk(String doings, String met) {
    assertEquals(met, walk(survey(), doings));
  }

  @Test
  void theDialplanIsToldWhetherTheFlowGoesOnAfterTheTalk() {
    assertEquals(
        true,
        assertInstanceOf(FlowAction.EnterQueue.class, first(survey()).last()).waiting().goOn());
    assertEquals(
        false,
        assertInstanceOf(FlowAction.EnterQueue.class, first(flow(queue("q", "gz"))).last())
            .waiting()
            .goOn());
  }

  private static Flow waiting(Says says) {
    return flow(
        new Node.Queue(
            "q",
            GZ,
            3,
            says,
            List.of(new LeaveKey("1", "call"), new LeaveKey("2", "mail")),
            queue("x", "gz", "left_by_key:named").exits()),
        queue("named", "hq"),
        new Node.Callback(
            "call",
            Optional.empty(),
            Optional.empty(),
            exits("next:bye refused:mail hangup:gone error:static")),
        new Node.Voicemail(
            "mail",
            Optional.empty(),
            List.of("leave"),
            Duration.ofMinutes(2),
            exits("next:bye no_input:named hangup:gone error:static")));
  }

  @ParameterizedTest
  @CsvSource({
    "1, [queue gz by flow:q] [callback gz 13900000025] [hung up]",
    "1 refuse speak, [queue gz by flow:q] [callback gz 13900000025] leave [message gz] [hung up]",
    "1 fail, [queue gz by flow:q] [callback gz 13900000025] [static queue]",
    "1 hangup, [queue gz by flow:q] [callback gz 13900000025] [gone]",
    "2 speak, [queue gz by flow:q] leave [message gz] [hung up]",
    "2 -, [queue gz by flow:q] leave [message gz] [queue hq by flow:named]",
    "2 hangup, [queue gz by flow:q] leave [message gz] [gone]",
    "2 fail, [queue gz by flow:q] leave [message gz] [static queue]",
    "7, [queue gz by flow:q] [queue hq by flow:named]",
    "left-by-key, [queue gz by flow:q] [queue hq by flow:named]",
    "fail, [queue gz by flow:q] [static queue]",
  })
  void aKeyLeavesTheQueue(String doings, String met) {
    assertEquals(met, walk(waiting(Says.NOTHING), doings));
  }

  @Test
  void whoHidesTheirNumberIsNotCalledBack() {
    number = "";
    assertEquals("[queue gz by flow:q] leave [message gz]", walk(waiting(Says.NOTHING), "1"));
  }

  @Test
  void saysPositionAndWaitBeforeTheQueue() {
    surroundings =
        new MomentWorld.Surroundings(
            new Facts(
                FlowFixture.MONDAY,
                desk -> Optional.of(new QueueState(1, 0, 0, Duration.ZERO)),
                EarlierCalls.UNKNOWN),
            (caller, choice) -> List.of(),
            desk -> Optional.of(Duration.ofMinutes(3)));
    assertEquals(
        "queue-position say-2 queue-position-end queue-wait say-3 say-minutes"
            + " [queue gz by flow:q]",
        walk(waiting(new Says(true, true)), ""));
  }

  @ParameterizedTest
  @CsvSource({
    "answer, [dial 13900000001] hello [hung up]",
    "busy, [dial 13900000001] [queue gz by flow:q]",
    "noanswer, [dial 13900000001] [queue gz by flow:q]",
    "chanunavail, [dial 13900000001] [hung up]",
    "congestion, [dial 13900000001] [hung up]",
    "fail, [dial 13900000001] [static queue]",
    "hangup, [dial 13900000001] [gone]",
  })
  void transfersToANumber(String doings, String met) {
    Flow flow =
        flow(
            new Node.Transfer(
                "t",
                "13900000001",
                Duration.ofSeconds(30),
                exits(
                    "answered:thanks busy:q no_answer:q unavailable:bye hangup:gone"
                        + " error:static")),
            prompt("thanks", "next:bye"),
            queue("q", "gz"));
    assertEquals(met, walk(flow, doings));
  }

  @ParameterizedTest
  @CsvSource({
    "word:gold, [webhook crm] [queue gz by flow:q]",
    "word:lead, [webhook crm] [hung up]",
    "fail, [webhook crm] [static queue]",
    "hangup, [webhook crm] [gone]",
  })
  void asksAnotherSystem(String doings, String met) {
    Flow flow =
        flow(
            new Node.Webhook(
                "w",
                "crm",
                List.of(new Node.Webhook.Word("gold", "q")),
                exits("otherwise:bye hangup:gone error:static")),
            queue("q", "gz"));
    assertEquals(met, walk(flow, doings));
  }

  @Test
  void aKeyChangesTheLanguageFromThereOn() {
    Flow flow =
        flow(
            new Asking.Menu(
                "ask",
                List.of("which"),
                WAIT,
                1,
                List.of(new Asking.Menu.Option("9", Optional.empty(), Optional.of("en"), "named")),
                exits(ASKS.replace("again", "bye"))),
            prompt("named", "next:q"),
            queue("q", "gz", "timeout:late"),
            prompt("late", "next:bye"));
    FlowInterpreter interpreter = FlowFixture.interpreter(flow, new RuleSet(List.of()));
    Caller caller = Caller.of("", "8000", List.of(), List.of());
    FlowInterpreter.Step asked = interpreter.start(caller);
    assertEquals("zh", assertInstanceOf(FlowAction.Ask.class, asked.last()).language());
    FlowInterpreter.Step named = interpreter.next(asked.state(), new FlowEvent.Key("9"));
    assertEquals("en", assertInstanceOf(FlowAction.Play.class, named.last()).language());
    FlowInterpreter.Step queued = interpreter.next(named.state(), new FlowEvent.Played());
    String resume = assertInstanceOf(FlowAction.EnterQueue.class, queued.last()).resume();
    FlowInterpreter.Step back = interpreter.resume(resume, "TIMEOUT", caller);
    assertEquals("en", assertInstanceOf(FlowAction.Play.class, back.last()).language());
  }

  @Test
  void coverageCountsTheWaysThatWereTaken() {
    Flow flow =
        flow(
            menu("ask", 1, "1:q 2:q", "no_input:q no_match:q max_no_input:q max_no_match:q"),
            queue("q", "gz"));
    FlowCoverage coverage = new FlowCoverage(flow);
    assertEquals(0, coverage.covered());
    coverage.add(run(flow, "1 timeout").taken());
    coverage.add(run(flow, "hangup").taken());
    assertEquals(14, coverage.ways(), "no_input and no_match never come with one try");
    assertEquals(3, coverage.covered());
    assertEquals(
        List.of("ask.exits.max_no_input", "ask.exits.max_no_match"),
        coverage.missing().subList(0, 2));
    coverage.add(run(flow, "2 hangup").taken());
    assertEquals(5, coverage.covered());
  }

  @ParameterizedTest
  @CsvSource({"x", "speak", "word:x", "timeout"})
  void whatCannotBeDoneIsRefused(String doing) {
    assertThrows(IllegalArgumentException.class, () -> run(collecting(), doing));
  }
}
