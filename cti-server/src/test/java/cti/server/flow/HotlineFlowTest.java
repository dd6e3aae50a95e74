package cti.server.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryIndex;
import cti.core.ivr.CallPlan;
import cti.core.ivr.FlowAction;
import cti.core.ivr.FlowEvent;
import cti.core.ivr.FlowInterpreter;
import cti.core.ivr.FlowInterpreter.Step;
import cti.core.ivr.Node;
import cti.core.ivr.PhonePrompt;
import cti.core.ivr.QueueReturn;
import cti.core.recording.RecordingPolicy;
import cti.core.routing.Caller;
import cti.core.routing.Facts;
import cti.core.routing.Outcome;
import cti.core.routing.RoutingRule;
import cti.server.directory.SampleCatalog;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every branch of the shipped hotline, walked by a fake caller. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotlineFlowTest {
  private static final String FACTORY = "13900000025";
  private static final String HEADQUARTERS = "13900000001";
  private static final String STRANGER = "13800000001";

  private static final Facts FACTS = Facts.at(Instant.parse("2026-11-23T02:30:00Z"));

  private final Set<String> visited = new ConcurrentSkipListSet<>();
  private SampleCatalog sample;
  private DirectoryIndex directory;
  private CallPlan plan;

  @BeforeAll
  void read() throws Exception {
    sample = SampleCatalog.load();
    directory = new DirectoryIndex(new DialPlan(sample.sites()), sample.staff());
    plan =
        CallPlanFiles.load(
            ScriptFolder.classPath("ivr-scripts"), "hotline.yaml", sample.desks(), sample.sites());
  }

  /** Everything that the caller meets, up to where the flow ends or waits for more doings. */
  private String walk(String number, String doings) {
    FlowInterpreter interpreter = plan.interpreter();
    Caller caller = Caller.of(number, "8000", directory.lookup(number), plan.sites());
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(doings.split(" ")));
    StringBuilder met = new StringBuilder();
    Step step = interpreter.start(caller, FACTS);
    while (true) {
      visited.add(step.state().node());
      String what =
          switch (step.last()) {
            case FlowAction.Play play -> String.join(" ", play.prompts());
            case FlowAction.Ask ask -> String.join(" ", ask.prompts()) + "?";
            case FlowAction.EnterQueue queue ->
                "[" + queue.desk().queue() + " by " + queue.rule() + "]";
            case FlowAction.HangUp _ -> "[hung up]";
            case FlowAction.FallBack _ -> "[static queue]";
            case FlowAction.Quit _ -> "[gone]";
            case FlowAction.Answer _, FlowAction.NoteKeys _ -> "[never the last]";
          };
      met.append(met.isEmpty() ? "" : " ").append(what);
      boolean playing = step.last() instanceof FlowAction.Play;
      String doing = playing && !isLeaving(rest.peek()) ? "played" : rest.poll();
      if (doing == null || doing.isEmpty()) {
        return met.toString();
      }
      step = next(interpreter, step, doing, caller);
    }
  }

  private static boolean isLeaving(String doing) {
    return "gone".equals(doing) || "failed".equals(doing);
  }

  private static Step next(FlowInterpreter interpreter, Step step, String doing, Caller caller) {
    if (step.last() instanceof FlowAction.EnterQueue queue) {
      return interpreter.resume(queue.resume(), QueueReturn.parse(doing), caller, FACTS);
    }
    FlowEvent event =
        switch (doing) {
          case "played" -> new FlowEvent.Played();
          case "gone" -> new FlowEvent.CallerGone();
          case "failed" -> new FlowEvent.Failed("no such file");
          case "-" -> new FlowEvent.NoKey();
          default -> new FlowEvent.Key(doing);
        };
    return interpreter.next(step.state(), event);
  }

  @ParameterizedTest(name = "{0} does {1}")
  @CsvSource({
    // factory
    FACTORY + ", -, welcome factory-offer? [cti-gz by site-gz]",
    "13900000035, -, welcome factory-offer? [cti-sg by site-sg]",
    "13900000044, -, welcome factory-offer? [cti-mz by site-mz]",
    "13900000053, -, welcome factory-offer? [cti-zj by site-zj]",
    FACTORY + ", 3, welcome factory-offer? [cti-hq-project by choice-project]",
    FACTORY + ", 4, welcome factory-offer? [cti-hq-erp by choice-erp]",
    FACTORY + ", 9 4, welcome factory-offer? wrong-key factory-offer? [cti-hq-erp by choice-erp]",
    FACTORY + ", 9 -, welcome factory-offer? wrong-key factory-offer? [cti-gz by site-gz]",
    FACTORY
        + ", 9 9 9, welcome factory-offer? wrong-key factory-offer? wrong-key factory-offer?"
        + " to-own-factory [cti-gz by site-gz]",
    // headquarters
    HEADQUARTERS + ", 1, welcome headquarters-menu? [cti-hq-desktop by choice-desktop]",
    HEADQUARTERS + ", 2, welcome headquarters-menu? [cti-hq-oa by choice-oa]",
    HEADQUARTERS + ", 3, welcome headquarters-menu? [cti-hq-project by choice-project]",
    HEADQUARTERS + ", 4, welcome headquarters-menu? [cti-hq-erp by choice-erp]",
    HEADQUARTERS + ", 5, welcome headquarters-menu? [cti-hq-itil by choice-itil]",
    HEADQUARTERS + ", 6, welcome headquarters-menu? [cti-hq-marketing by choice-marketing]",
    HEADQUARTERS + ", 7, welcome headquarters-menu? [cti-hq-asset by choice-asset]",
    HEADQUARTERS + ", 8, welcome headquarters-menu? [cti-hq-mes by choice-mes]",
    HEADQUARTERS + ", 0, welcome headquarters-menu? [cti-hq-desktop by choice-desktop]",
    HEADQUARTERS
        + ", 9 * #, welcome headquarters-menu? wrong-key headquarters-menu? wrong-key"
        + " headquarters-menu? to-desktop [cti-hq-desktop by flow:desktop-queue]",
    HEADQUARTERS
        + ", - - -, welcome headquarters-menu? no-key headquarters-menu? no-key"
        + " headquarters-menu? no-key-goodbye [hung up]",
    HEADQUARTERS
        + ", - 9 - 9 4, welcome headquarters-menu? no-key headquarters-menu? wrong-key"
        + " headquarters-menu? no-key headquarters-menu? wrong-key headquarters-menu?"
        + " [cti-hq-erp by choice-erp]",
    // unknown, ambiguous, withheld
    STRANGER + ", 1 2, welcome general-menu? headquarters-menu? [cti-hq-oa by choice-oa]",
    STRANGER + ", 2, welcome general-menu? [cti-gz by choice-gz]",
    STRANGER + ", 3, welcome general-menu? [cti-sg by choice-sg]",
    STRANGER + ", 4, welcome general-menu? [cti-mz by choice-mz]",
    STRANGER + ", 5, welcome general-menu? [cti-zj by choice-zj]",
    "13900000099, 2, welcome general-menu? [cti-gz by choice-gz]",
    "'', 2, welcome general-menu? [cti-gz by choice-gz]",
    STRANGER
        + ", 6 7 8, welcome general-menu? wrong-key general-menu? wrong-key general-menu?"
        + " to-desktop [cti-hq-desktop by flow:desktop-queue]",
    STRANGER
        + ", - - -, welcome general-menu? no-key general-menu? no-key general-menu?"
        + " no-key-goodbye [hung up]",
    // tries begin anew in the next menu
    STRANGER
        + ", - 9 1 - 9 5, welcome general-menu? no-key general-menu? wrong-key general-menu?"
        + " headquarters-menu? no-key headquarters-menu? wrong-key headquarters-menu?"
        + " [cti-hq-itil by choice-itil]",
    // back from the queue
    STRANGER
        + ", 2 TIMEOUT, welcome general-menu? [cti-gz by choice-gz] overflow"
        + " [cti-hq-desktop by flow:desktop-queue]",
    STRANGER
        + ", 2 FULL, welcome general-menu? [cti-gz by choice-gz] overflow"
        + " [cti-hq-desktop by flow:desktop-queue]",
    STRANGER
        + ", 2 JOINEMPTY TIMEOUT, welcome general-menu? [cti-gz by choice-gz] overflow"
        + " [cti-hq-desktop by flow:desktop-queue] sorry [hung up]",
    STRANGER
        + ", 2 LEFT_BY_KEY FULL, welcome general-menu? [cti-gz by choice-gz] overflow"
        + " [cti-hq-desktop by flow:desktop-queue] sorry [hung up]",
    STRANGER
        + ", 2 LEAVEEMPTY LEAVEUNAVAIL, welcome general-menu? [cti-gz by choice-gz] overflow"
        + " [cti-hq-desktop by flow:desktop-queue] sorry [hung up]",
    STRANGER
        + ", 2 TIMEOUT LEFT_BY_KEY, welcome general-menu? [cti-gz by choice-gz] overflow"
        + " [cti-hq-desktop by flow:desktop-queue] sorry [hung up]",
    STRANGER
        + ", 2 TIMEOUT CONTINUE, welcome general-menu? [cti-gz by choice-gz] overflow"
        + " [cti-hq-desktop by flow:desktop-queue] [hung up]",
    STRANGER
        + ", 2 TIMEOUT WITHDRAW, welcome general-menu? [cti-gz by choice-gz] overflow"
        + " [cti-hq-desktop by flow:desktop-queue] [hung up]",
    STRANGER
        + ", 2 TIMEOUT NOSUCHQUEUE, welcome general-menu? [cti-gz by choice-gz] overflow"
        + " [cti-hq-desktop by flow:desktop-queue] [static queue]",
    STRANGER + ", 2 CONTINUE, welcome general-menu? [cti-gz by choice-gz] [hung up]",
    STRANGER + ", 2 WITHDRAW, welcome general-menu? [cti-gz by choice-gz] [hung up]",
    STRANGER + ", 2 NOSUCHQUEUE, welcome general-menu? [cti-gz by choice-gz] [static queue]",
    HEADQUARTERS
        + ", 1 TIMEOUT, welcome headquarters-menu? [cti-hq-desktop by choice-desktop] sorry"
        + " [hung up]",
    // gone or broken, wherever the caller is
    FACTORY + ", gone, welcome factory-offer? [gone]",
    HEADQUARTERS + ", gone, welcome headquarters-menu? [gone]",
    STRANGER + ", gone, welcome general-menu? [gone]",
    STRANGER + ", - gone, welcome general-menu? no-key [gone]",
    STRANGER + ", 9 gone, welcome general-menu? wrong-key [gone]",
    STRANGER + ", 2 TIMEOUT gone, welcome general-menu? [cti-gz by choice-gz] overflow [gone]",
    FACTORY + ", failed, welcome factory-offer? [static queue]",
    HEADQUARTERS + ", failed, welcome headquarters-menu? [static queue]",
    STRANGER + ", failed, welcome general-menu? [static queue]",
    STRANGER + ", 9 failed, welcome general-menu? wrong-key [static queue]",
  })
  void everyBranch(String number, String doings, String met) {
    assertEquals(met, walk(number, doings));
  }

  /** Nodes that wait or end; the others leave no trace in a state. */
  @AfterAll
  void everyNodeWasVisited() {
    Set<String> expected = new TreeSet<>();
    for (Node node : plan.flow().nodes()) {
      if (!(node instanceof Node.Condition || node instanceof Node.Route)) {
        expected.add(node.id());
      }
    }
    assertEquals(expected, new TreeSet<>(visited));
  }

  @Test
  void everyPromptOfTheManifestIsPlayedSomewhere() throws Exception {
    Set<String> played = new TreeSet<>(plan.flow().greeting());
    plan.flow().nodes().forEach(node -> played.addAll(node.prompts()));
    played.add(CallPlan.OVERLOAD_PROMPT);
    sample.desks().stream()
        .filter(desk -> desk.recording().policy() == RecordingPolicy.ANNOUNCED)
        .forEach(desk -> played.add(desk.recording().announcement()));
    Arrays.stream(PhonePrompt.values()).map(PhonePrompt::id).forEach(played::add);
    assertEquals(
        played,
        new TreeSet<>(CallPlanFiles.prompts(ScriptFolder.classPath("ivr-scripts")).keySet()));
  }

  @Test
  void everyDeskCanBeReached() {
    Set<String> desks = new TreeSet<>();
    for (RoutingRule rule : plan.routing().rules().rules()) {
      if (rule.outcome() instanceof Outcome.Targets targets) {
        desks.add(targets.desk().value());
      }
    }
    assertEquals(
        new TreeSet<>(sample.desks().stream().map(desk -> desk.id().value()).toList()), desks);
    assertEquals(Optional.of("who"), plan.flow().nodes().stream().map(Node::id).findFirst());
    assertEquals(List.of("welcome"), plan.flow().greeting());
  }
}
