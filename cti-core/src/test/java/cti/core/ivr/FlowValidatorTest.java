package cti.core.ivr;

import static cti.core.ivr.FlowFixture.flow;
import static cti.core.ivr.FlowFixture.menu;
import static cti.core.ivr.FlowFixture.prompt;
import static cti.core.ivr.FlowFixture.queue;
import static cti.core.ivr.FlowFixture.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import cti.core.id.DeskId;
import cti.core.routing.CallerKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FlowValidatorTest {
  private static final String ASK = "no_input:none no_match:none max_no_input:q max_no_match:q";

  private final FlowValidator validator =
      new FlowValidator(
          Map.of("hello", Set.of("zh", "en"), "which", Set.of("zh", "en"), "half", Set.of("zh")),
          Set.of("zh", "en"),
          FlowFixture.DESKS,
          Set.of("crm"));

  private List<String> faults(Flow flow) {
    return validator.faults(flow).stream().map(FlowValidator.Fault::toString).toList();
  }

  private static Flow sound() {
    return flow(
        menu("ask", 3, "1:q", ASK), prompt("none", "next:ask"), queue("q", "gz", "error:static"));
  }

  @Test
  void aSoundFlowHasNoFaults() {
    assertEquals(List.of(), faults(sound()));
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments(
            "dangling exit",
            flow(prompt("a", "next:nowhere"), queue("q", "gz")),
            List.of(
                "nodes.a.exits.next: no node nowhere",
                "nodes.a: no way leads from it to a queue, so to no person",
                "nodes.q: no way leads to it from a",
                "nodes.bye: no way leads to it from a")),
        arguments(
            "dangling key",
            flow(menu("ask", 1, "1:nowhere", ASK.replace("none", "q")), queue("q", "gz")),
            List.of("nodes.ask.keys.1: no node nowhere")),
        arguments(
            "dangling case",
            flow(
                new Node.Condition(
                    "c",
                    List.of(
                        new Node.Condition.Case(
                            new CallerTest.KindIs(Set.of(CallerKind.UNKNOWN)), "nowhere")),
                    Map.of(Exit.OTHERWISE, "q")),
                queue("q", "gz")),
            List.of("nodes.c.cases.1: no node nowhere")),
        arguments(
            "missing exits, all of them",
            flow(
                menu("ask", 1, "1:q", ASK.replace("none", "q"), "hangup:- no_match:-"),
                queue("q", "gz", "full:-")),
            List.of(
                "nodes.ask.exits: no exit no_match",
                "nodes.ask.exits: no exit hangup",
                "nodes.q.exits: no exit full")),
        arguments(
            "an exit that the node cannot have",
            flow(prompt("a", "next:q full:q"), queue("q", "gz")),
            List.of("nodes.a.exits.full: this kind of node has no such exit")),
        arguments(
            "unreachable node",
            flow(prompt("a", "next:q"), queue("q", "gz"), prompt("island", "next:q")),
            List.of("nodes.island: no way leads to it from a")),
        arguments(
            "loop without input",
            flow(prompt("a", "next:b"), prompt("b", "next:a error:q"), queue("q", "gz")),
            List.of(
                "nodes.a: comes back to itself for ever while the caller does nothing",
                "nodes.b: comes back to itself for ever while the caller does nothing")),
        arguments(
            "a full queue returns at once",
            flow(queue("q", "gz", "full:sorry"), prompt("sorry", "next:q")),
            List.of(
                "nodes.q: comes back to itself for ever while the caller does nothing",
                "nodes.sorry: comes back to itself for ever while the caller does nothing")),
        arguments(
            "two menus that send a silent caller to each other",
            flow(
                menu("a", 1, "1:q", "no_input:b no_match:q max_no_input:b max_no_match:q"),
                menu("b", 1, "1:q", "no_input:a no_match:q max_no_input:q max_no_match:q"),
                queue("q", "gz")),
            List.of(
                "nodes.a: comes back to itself for ever while the caller does nothing",
                "nodes.b: comes back to itself for ever while the caller does nothing")),
        arguments(
            "a menu whose tries never end",
            flow(
                menu("a", 3, "1:q", "no_input:a no_match:q max_no_input:a max_no_match:q"),
                queue("q", "gz")),
            List.of("nodes.a: comes back to itself for ever while the caller does nothing")),
        arguments(
            "a menu that tries again what the gateway cannot play",
            flow(menu("a", 3, "1:q", ASK.replace("none", "q"), "error:a"), queue("q", "gz")),
            List.of("nodes.a: comes back to itself for ever while the caller does nothing")),
        arguments(
            "missing prompts",
            new Flow(
                "test",
                "zh",
                "a",
                List.of("nothing"),
                true,
                List.of(
                    new Node.Prompt(
                        "a",
                        List.of("half", "hello", "none"),
                        FlowFixture.exits("next:q hangup:q error:q")),
                    queue("q", "gz", "hangup:bye error:bye"),
                    new Node.Hangup("bye"))),
            List.of(
                "greeting: no prompt nothing",
                "nodes.a.prompts: prompt half lacks [en]",
                "nodes.a.prompts: no prompt none",
                "nodes.a.exits.hangup: leads to q, expected a hangup node: nobody is left to hear"
                    + " another")),
        arguments(
            "key collision",
            flow(menu("ask", 1, "1:q 2:q 1:bye", ASK.replace("none", "q")), queue("q", "gz")),
            List.of("nodes.ask.keys.1: is there twice, expected once")),
        arguments(
            "no path to a person",
            flow(
                menu("ask", 1, "1:bye 2:other", ASK.replace("none", "bye").replace("q", "bye")),
                menu("other", 1, "1:bye", ASK.replace("none", "bye").replace("q", "bye"))),
            List.of(
                "nodes.ask: no way leads from it to a queue, so to no person",
                "nodes.other: no way leads from it to a queue, so to no person")),
        arguments(
            "hours that nobody asks for",
            FlowFixture.closing(
                menu("ask", 1, "1:h 2:q", ASK.replace("none", "q")),
                new Node.Hours(
                    "h",
                    Optional.of(new DeskId("gz")),
                    FlowFixture.exits("open:p closed:bye error:static")),
                queue("q", "gz"),
                queue("p", "gz")),
            List.of(
                "nodes.q: is reached without an hours node, so a caller waits in vain out of hours;"
                    + " expected one before it, or always_open: true")),
        arguments(
            "too deep",
            flow(
                menu("a", 1, "1:b", ASK.replace("none", "q")),
                menu("b", 1, "1:c", ASK.replace("none", "q")),
                menu("c", 1, "1:d", ASK.replace("none", "q")),
                menu("d", 1, "1:e", ASK.replace("none", "q")),
                menu("e", 1, "1:q", ASK.replace("none", "q")),
                queue("q", "gz")),
            List.of("nodes.e: is menu number 5 on the shortest way to it, expected at most 4")),
        arguments(
            "keys of a queue",
            flow(
                new Node.Queue(
                    "q",
                    Optional.of(new DeskId("gz")),
                    0,
                    new Node.Queue.Says(true, false),
                    List.of(
                        new Node.Queue.LeaveKey("1", "bye"),
                        new Node.Queue.LeaveKey("1", "bye"),
                        new Node.Queue.LeaveKey("7", "nowhere")),
                    queue("x", "gz").exits())),
            Stream.concat(
                    Stream.of(
                        "nodes.q.keys.1: is there twice, expected once",
                        "nodes.q.keys.7: no node nowhere",
                        "nodes.q.keys.7: does not leave a queue, expected one of 1, 2"),
                    Speech.prompts().stream().map(id -> "nodes.q.says: no prompt " + id))
                .toList()),
        arguments(
            "an unknown webhook, and a word twice",
            flow(
                new Node.Webhook(
                    "w",
                    "erp",
                    List.of(new Node.Webhook.Word("a", "q"), new Node.Webhook.Word("a", "bye")),
                    FlowFixture.exits("otherwise:q hangup:gone error:static")),
                queue("q", "gz")),
            List.of(
                "nodes.w.hook: no webhook erp, expected one of crm",
                "nodes.w.words.a: is there twice, expected once")),
        arguments(
            "a language that no prompt has",
            flow(
                new Asking.Menu(
                    "ask",
                    List.of("which"),
                    Duration.ofSeconds(5),
                    1,
                    List.of(new Asking.Menu.Option("1", Optional.empty(), Optional.of("fr"), "q")),
                    FlowFixture.exits("hangup:gone error:static", ASK.replace("none", "q"))),
                queue("q", "gz")),
            List.of("nodes.ask.keys.1.language: is fr, expected one of en, zh")),
        arguments(
            "a notice that is passed over leads back to itself",
            flow(
                new Asking.Notice(
                    "n",
                    List.of("which"),
                    Duration.ofSeconds(5),
                    1,
                    "1",
                    FlowFixture.exits(
                        "hangup:gone error:static next:n added:q max_no_input:q max_no_match:q"
                            + " no_input:q no_match:q")),
                queue("q", "gz")),
            List.of("nodes.n: comes back to itself for ever while the caller does nothing")),
        arguments("no such desk", flow(queue("q", "moon")), List.of("nodes.q.desk: no desk moon")),
        arguments(
            "no such desk in a case",
            flow(
                route("r", "decided:c undecided:c"),
                new Node.Condition(
                    "c",
                    List.of(
                        new Node.Condition.Case(
                            new CallerTest.DeskIs(Set.of(new DeskId("moon"))), "q")),
                    Map.of(Exit.OTHERWISE, "q")),
                queue("q", "gz")),
            List.of("nodes.c.cases.1: no desk moon")),
        arguments(
            "the same id twice",
            flow(prompt("a", "next:q"), prompt("a", "next:q"), queue("q", "gz")),
            List.of("nodes.a: the id is there twice, expected once")),
        arguments(
            "a name that is no id",
            flow(prompt("Anfang", "next:q"), queue("q", "gz")),
            List.of("nodes.Anfang: the id is not made of 1 to 40 of a-z 0-9 -")),
        arguments(
            "no start",
            new Flow("test", "zh", "nowhere", List.of(), true, List.of(new Node.Hangup("bye"))),
            List.of("start: no node nowhere")),
        arguments(
            "a language without prompts",
            new Flow(
                "test",
                "fr",
                "q",
                List.of(),
                true,
                List.of(
                    queue("q", "gz"),
                    new Node.Hangup("bye"),
                    new Node.Hangup("gone"),
                    new Node.Fallback("static"))),
            List.of("language: is fr, expected one of en, zh")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void findsEveryFault(String name, Flow flow, List<String> expected) {
    assertEquals(sorted(expected), sorted(faults(flow)));
  }

  private static String sorted(List<String> faults) {
    return String.join("\n", faults.stream().sorted().toList());
  }
}
