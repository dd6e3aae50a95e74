package cti.core.ivr;

import static cti.core.ivr.FlowFixture.flow;
import static cti.core.ivr.FlowFixture.menu;
import static cti.core.ivr.FlowFixture.prompt;
import static cti.core.ivr.FlowFixture.queue;
import static cti.core.ivr.FlowFixture.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.ivr.FlowInterpreter.Step;
import cti.core.routing.Caller;
import cti.core.routing.Condition;
import cti.core.routing.RoutingRule;
import cti.core.routing.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowInterpreterTest {
  private static final Caller NOBODY = Caller.of("", "8000", List.of(), List.of());
  private static final RuleSet RULES =
      new RuleSet(
          List.of(
              RoutingRule.toDesk(
                  "gz", List.of(new Condition.ChoiceIs(Set.of("gz"))), new DeskId("gz")),
              RoutingRule.toDesk(
                  "moon", List.of(new Condition.ChoiceIs(Set.of("moon"))), new DeskId("moon"))));

  private final Flow flow =
      flow(
          menu(
              "ask",
              3,
              "1:r:gz 2:r:moon 3:r",
              "no_input:none no_match:wrong max_no_input:bye max_no_match:static"),
          prompt("none", "next:ask"),
          prompt("wrong", "next:ask"),
          route("r", "decided:q undecided:named"),
          queue("q", "", "timeout:named full:bye no_agents:gone left_by_key:static"),
          queue("named", "hq"));
  private final FlowInterpreter interpreter = FlowFixture.interpreter(flow, RULES);

  private Step play(String... events) {
    Step step = interpreter.start(NOBODY);
    for (String event : events) {
      step =
          interpreter.next(
              step.state(),
              switch (event) {
                case "-" -> new FlowEvent.NoKey();
                case "played" -> new FlowEvent.Played();
                case "gone" -> new FlowEvent.CallerGone();
                case "failed" -> new FlowEvent.Failed("no file");
                default -> new FlowEvent.Key(event);
              });
    }
    return step;
  }

  private static String end(Step step) {
    return switch (step.last()) {
      case FlowAction.Ask _ -> "asks at " + step.state().node();
      case FlowAction.Play _ -> "plays at " + step.state().node();
      case FlowAction.EnterQueue queue -> "queue " + queue.desk().queue() + " by " + queue.rule();
      case FlowAction.HangUp hangUp -> "hangs up at " + hangUp.node();
      case FlowAction.FallBack fallBack -> "static at " + fallBack.node();
      case FlowAction.Quit _ -> "quits at " + step.state().node();
      default -> "ends with " + step.last();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "'', asks at ask",
    "1, queue cti-gz by gz",
    "3, queue cti-hq by flow:named",
    // a rule that names a desk which is no more
    "2, static at static",
    "-, plays at none",
    "- played, asks at ask",
    "- played - played, asks at ask",
    "- played - played -, hangs up at bye",
    "9, plays at wrong",
    "9 played # played *, static at static",
    // each cause has its own count
    "- played 9 played - played 9 played, asks at ask",
    "- played 9 played - played 9 played -, hangs up at bye",
    "- played 9 played - played 9 played 9, static at static",
    "- played 9 played 1, queue cti-gz by gz",
    "gone, quits at gone",
    "- gone, quits at gone",
    "1 gone, quits at gone",
    "failed, static at static",
    "- failed, static at static",
  })
  void goesWhereTheFlowSays(String events, String expected) {
    assertEquals(expected, end(play(events.isEmpty() ? new String[0] : events.split(" "))));
  }

  @Test
  void answersFirstAndNotesEveryKey() {
    assertEquals(new FlowAction.Answer(), play().actions().getFirst());
    assertEquals(new FlowAction.NoteKeys("ask", ""), play("-").actions().getFirst());
    assertEquals(new FlowAction.NoteKeys("ask", "9"), play("9").actions().getFirst());
    assertEquals(new FlowAction.NoteKeys("ask", "1"), play("1").actions().getFirst());
  }

  @Test
  void greetsOnce() {
    Flow greeting = new Flow("test", "zh", "ask", List.of("welcome"), true, flow.nodes());
    FlowInterpreter polite = FlowFixture.interpreter(greeting, RULES);
    Step first = polite.start(NOBODY);
    assertEquals(
        List.of("welcome", "which"),
        assertInstanceOf(FlowAction.Ask.class, first.last()).prompts());
    Step silent = polite.next(first.state(), new FlowEvent.NoKey());
    Step second = polite.next(silent.state(), new FlowEvent.Played());
    assertEquals(List.of("which"), assertInstanceOf(FlowAction.Ask.class, second.last()).prompts());
  }

  @Test
  void saysAllThatTheQueueNeeds() {
    FlowAction.EnterQueue queue = assertInstanceOf(FlowAction.EnterQueue.class, play("1").last());
    assertEquals(FlowFixture.desk("gz", 60), queue.desk());
    assertEquals(3, queue.priority());
    assertEquals(60, queue.longestWait().toSeconds());
    assertEquals("rule gz: choice is gz", queue.explanation());
    assertEquals("test/q/gz/gz/k1", queue.resume());
  }

  @ParameterizedTest
  @CsvSource({
    "TIMEOUT, queue cti-hq by flow:named",
    "FULL, hangs up at bye",
    "JOINEMPTY, hangs up at gone",
    "LEAVEEMPTY, hangs up at gone",
    "JOINUNAVAIL, hangs up at gone",
    "LEAVEUNAVAIL, hangs up at gone",
    "CONTINUE, hangs up at bye",
    "WITHDRAW, hangs up at bye",
    "NOSUCHQUEUE, static at static",
    "LEFT_BY_KEY, static at static",
  })
  void goesOnAfterTheQueue(QueueReturn status, String expected) {
    Step step = interpreter.resume("test/q/gz/gz", status.name(), NOBODY);
    assertEquals(expected, end(step));
  }

  @ParameterizedTest
  @EnumSource(QueueReturn.class)
  void everyStatusHasAnExitOfTheQueue(QueueReturn status) {
    assertEquals(true, FlowFixture.queue("q", "gz").expectedExits().contains(status.exit()));
    assertEquals(Optional.of(status), QueueReturn.parse(status.name()));
  }

  @Test
  void remembersWhereTheCallCameFrom() {
    Step step = interpreter.resume("test/q/gz/gz", "TIMEOUT", NOBODY);
    FlowAction.EnterQueue queue = assertInstanceOf(FlowAction.EnterQueue.class, step.last());
    assertEquals("node named of the flow names the desk, coming from desk gz", queue.explanation());
    assertEquals("test/named/hq/gz", queue.resume());
  }

  @Test
  void anUnknownStatusIsAnError() {
    assertEquals("static at static", end(interpreter.resume("test/q/gz/", "", NOBODY)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "test/q/gz",
        "other/q/gz/",
        "test/ask/gz/",
        "test/nowhere/gz/",
        "test/q/%/",
        "test/q/gz/%zz",
        "test/q/gz/gz/x1",
        "test/q/gz/gz/",
        "test/q/gz/gz/dabc",
        "////"
      })
  void aPositionThatIsNotOursIsLeftToTheStaticQueue(String position) {
    Step step = interpreter.resume(position, "TIMEOUT", NOBODY);
    assertInstanceOf(FlowAction.FallBack.class, step.last());
  }

  @Test
  void positionsSurviveAnyDeskId() {
    Position position =
        new Position(
            "test",
            "q",
            Optional.of(new DeskId("本部/a,b \"$%|")),
            Optional.of("e r p"),
            new Position.More(
                Optional.of("en"),
                Optional.of(new StaffId("E/0,1")),
                "1#*",
                Map.of("staff-no", "12")));
    assertEquals(Optional.of(position), Position.parse(position.text()));
    assertEquals(true, position.text().matches("[A-Za-z0-9%+/._*-]+"));
  }

  @Test
  void aFlowThatRunsInACircleEndsAtTheStaticQueue() {
    Flow circle =
        flow(
            new Node.Condition("a", List.of(), FlowFixture.exits("otherwise:b")),
            new Node.Condition("b", List.of(), FlowFixture.exits("otherwise:a")));
    Step step = FlowFixture.interpreter(circle, RULES).start(NOBODY);
    assertInstanceOf(FlowAction.FallBack.class, step.last());
  }

  @Test
  void aKeyWhereNoneIsWaitedForIsABug() {
    Step playing = play("-");
    assertThrows(
        IllegalStateException.class,
        () -> interpreter.next(playing.state(), new FlowEvent.Key("1")));
  }
}
