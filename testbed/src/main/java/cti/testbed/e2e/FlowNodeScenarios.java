package cti.testbed.e2e;

import cti.testbed.caller.CallerEnd;
import cti.testbed.caller.CallerScript;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.CallView;
import cti.testbed.client.Patience;
import cti.testbed.gateway.PhoneBehaviour;
import cti.testbed.gateway.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every kind of node of testbed/flows/every-node.yaml by every way that a caller can take, and a
 * caller who hangs up in each of them.
 */
final class FlowNodeScenarios {
  private static final String WHILE_A_NUMBER_RINGS = "13900009943";

  private static final Duration TO_THE_END = Duration.ofSeconds(60);
  private static final Duration INTO_THE_MENU = Duration.ofMillis(4_000);
  private static final Duration BETWEEN = Duration.ofMillis(600);
  private static final String TRANSFERRED_TO = "13900000026";

  private FlowNodeScenarios() {}

  static List<Scenario> all(OtherSystem other) {
    return List.of(
        Scenario.alone("menu: no key and a wrong key go their own ways", FlowNodeScenarios::menu),
        Scenario.alone("menu: no key three times", FlowNodeScenarios::silentThrice),
        Scenario.alone("menu: a wrong key three times", FlowNodeScenarios::wrongThrice),
        Scenario.alone("menu: a key changes the language", FlowNodeScenarios::english),
        Scenario.alone("condition: who calls decides", FlowNodeScenarios::condition),
        Scenario.alone(
            "webhook: a word, another word, an error, nothing in time",
            stage -> webhook(stage, other)),
        Scenario.alone(
            "transfer: answered, busy, not answered, not to be reached",
            FlowNodeScenarios::transfer),
        Scenario.alone("voicemail: said, and nothing said", FlowNodeScenarios::voicemail),
        Scenario.alone("survey: a wrong key, then a mark", FlowNodeScenarios::survey),
        Scenario.alone("collect: too few digits, then a number", FlowNodeScenarios::collect),
        Scenario.alone("hours, route, queue: open, answered, a mark", FlowNodeScenarios::queue),
        Scenario.alone(
            "queue: a key that the node does not name keeps the place, its own leaves",
            FlowNodeScenarios::keysInTheQueue),
        Scenario.alone(
            "queue: each waiting caller is told their place again, in their language",
            FlowNodeScenarios::placesInTheQueue),
        Scenario.alone("hours: closed", FlowNodeScenarios::closed),
        Scenario.alone(
            "a hang-up in each node that waits ends the call and nothing else",
            FlowNodeScenarios::hangUps));
  }

  private static CallerScript.Draft inTheMenu(String number) {
    return CallerScript.from(number).waits(INTO_THE_MENU);
  }

  /** The flow ends the call; the keys on record tell its way. */
  private static CallOnRecord ended(Stage stage, CallerScript script, String keys)
      throws Exception {
    return ended(stage.dial(script), keys);
  }

  private static CallOnRecord ended(StagedCall call, String keys) throws Exception {
    call.awaitPhase("ended", TO_THE_END);
    Expect.equal("end", CallerEnd.HUNG_UP_THERE, call.awaitCallerEnd(Duration.ofSeconds(10)));
    CallOnRecord record = call.record();
    Expect.equal("keys", keys, record.keys());
    Expect.none("fall-back", record.fallbackReason().stream().toList());
    return record;
  }

  private static void menu(Stage stage) throws Exception {
    CallerScript script =
        CallerScript.from("13900009921")
            .waits(Duration.ofMillis(13_500))
            .presses('9')
            .waits(Duration.ofMillis(5_500))
            .presses('8')
            .staysOn();
    CallOnRecord record = ended(stage, script, "ask= ask=9 ask=8 was-english=");
    Expect.equal("outcome", "ended-by-flow", record.outcome());
  }

  private static void silentThrice(Stage stage) throws Exception {
    ended(stage, Callers.silent("13900009922"), "ask= ask= ask= was-silent=");
  }

  private static void wrongThrice(Stage stage) throws Exception {
    ended(stage, Callers.wrongThrice("13900009923"), "ask=9 ask=9 ask=9 was-wrong=");
  }

  /** The prompts of both languages are different files: a missing one would end elsewhere. */
  private static void english(Stage stage) throws Exception {
    ended(stage, inTheMenu("13900009924").presses('8').staysOn(), "ask=8 was-english=");
  }

  private static void condition(Stage stage) throws Exception {
    CallerScript script =
        CallerScript.from("13900000001").waits(Duration.ofSeconds(8)).presses('8').staysOn();
    ended(stage, script, "known= ask=8 was-english=");
  }

  private static void webhook(Stage stage, OtherSystem other) throws Exception {
    ended(stage, inTheMenu(OtherSystem.GOLD).presses('1').staysOn(), "ask=1 was-gold=");
    ended(stage, inTheMenu("13900009925").presses('1').staysOn(), "ask=1 was-other=");
    ended(stage, inTheMenu(OtherSystem.BROKEN).presses('1').staysOn(), "ask=1 was-error=");
    ended(stage, inTheMenu(OtherSystem.SILENT).presses('1').staysOn(), "ask=1 was-error=");
    Expect.equal("questions to the other system", 4, other.asked().size());
    String first = other.asked().getFirst();
    Expect.that(
        "who calls and where",
        first.contains("\"callingNumber\":\"" + OtherSystem.GOLD + "\"")
            && first.contains("\"node\":\"look-up\"")
            && first.contains("\"call\":\"gw1:"),
        first);
  }

  private static void transfer(Stage stage) throws Exception {
    transfer(
        stage,
        PhoneBehaviour.answers(Duration.ofSeconds(1), Duration.ofSeconds(3)),
        "was-answered");
    transfer(stage, new PhoneBehaviour.IsBusy(), "was-busy");
    transfer(stage, new PhoneBehaviour.NeverAnswers(), "was-unanswered");
    transfer(stage, new PhoneBehaviour.Rejects(), "was-busy|was-away");
  }

  private static void transfer(Stage stage, PhoneBehaviour phone, String end) throws Exception {
    stage.number(TRANSFERRED_TO, phone);
    StagedCall call = stage.dial(inTheMenu("13900009926").presses('2').staysOn());
    call.awaitPhase("ended", TO_THE_END);
    CallOnRecord record = call.record();
    Expect.that(
        "keys ask=2 " + end + "=", record.keys().matches("ask=2 (" + end + ")="), record.keys());
  }

  private static void voicemail(Stage stage) throws Exception {
    // SIPp sends no sound: 5 s of silence end the message, and nothing was said.
    ended(stage, inTheMenu("13900009927").presses('3').staysOn(), "ask=3 was-mute=");
  }

  private static void survey(Stage stage) throws Exception {
    CallerScript script =
        inTheMenu("13900009928")
            .presses('5')
            .waits(Duration.ofSeconds(2))
            .presses('9')
            .waits(Duration.ofSeconds(2))
            .presses('4')
            .staysOn();
    CallOnRecord record = ended(stage, script, "ask=5 mark=9 mark=4 was-marked=");
    Left.awaitOne(
        stage,
        "the mark",
        "/api/v1/surveys",
        Duration.ofSeconds(15),
        item -> item.path("call").asString().equals(record.id()) && item.path("mark").asInt() == 4);
  }

  private static void collect(Stage stage) throws Exception {
    CallerScript.Draft draft = inTheMenu("13900009929").presses('6').waits(Duration.ofSeconds(2));
    for (char key : "12#".toCharArray()) {
      draft.presses(key).waits(BETWEEN);
    }
    draft.waits(Duration.ofSeconds(2));
    for (char key : "13900009930#".toCharArray()) {
      draft.presses(key).waits(BETWEEN);
    }
    CallOnRecord record =
        ended(stage, draft.staysOn(), "ask=6 digits=12 digits=13900009930 was-promised=");
    Left.cancelCallback(stage, "13900009930", record.id());
  }

  private static void queue(Stage stage) throws Exception {
    Rules.publishShipped(stage);
    AgentDesk agent = stage.ready("1001", "hq-desktop");
    stage.phone("1001", PhoneBehaviour.answers(Duration.ofSeconds(1), Duration.ofSeconds(3)));
    StagedCall call =
        stage.dial(
            inTheMenu("13900000002")
                .waits(Duration.ofSeconds(4))
                .presses('7')
                .waits(Duration.ofSeconds(10))
                .presses('5')
                .staysOn());
    CallView talking = call.awaitPhase("talking", TO_THE_END);
    Expect.equal("agent", Optional.of("1001"), talking.agent());
    CallOnRecord record = ended(call, "known= ask=7 mark=5 was-marked=");
    Expect.equal("visits", List.of("cti-hq-desktop=answered"), record.visitOutcomes());
    agent.awaitNot("busy", TO_THE_END);
  }

  private static void keysInTheQueue(Stage stage) throws Exception {
    Rules.publishShipped(stage);
    stage.loggedOn("1001", "hq-desktop");
    StagedCall call =
        stage.dial(
            inTheMenu("13900000002")
                .waits(Duration.ofSeconds(4))
                .presses('7')
                .waits(Duration.ofSeconds(6))
                .presses('2')
                .waits(Duration.ofSeconds(4))
                .presses('1')
                .staysOn());
    CallOnRecord record = ended(call, "known= ask=7 desk-queue=1 was-promised=");
    Expect.equal("visits", List.of("cti-hq-desktop=left-by-key"), record.visitOutcomes());
    Left.cancelCallback(stage, "13900000002", record.id());
  }

  private static void placesInTheQueue(Stage stage) throws Exception {
    Rules.publishShipped(stage);
    stage.loggedOn("1001", "hq-desktop");
    Testbed testbed = stage.house().testbed();
    long from = testbed.logEnd();
    StagedCall first = stage.dial(waitsAfter("13900000002", '7'));
    first.awaitPhase("waiting", TO_THE_END);
    StagedCall second = stage.dial(waitsAfter("13900000003", '0'));
    second.awaitPhase("waiting", TO_THE_END);
    awaitComfort(testbed, from, "zh", List.of("queue-first"));
    awaitComfort(testbed, from, "en", List.of("queue-position", "say-2", "queue-position-end"));
    first.hangUp();
    second.hangUp();
    Expect.none("fall-back", second.record().fallbackReason().stream().toList());
  }

  private static CallerScript waitsAfter(String number, char key) {
    return inTheMenu(number).waits(Duration.ofSeconds(4)).presses(key).staysOn();
  }

  /** The gateway plays these prompts of a language and the comfort message, in one. */
  private static void awaitComfort(
      Testbed testbed, long from, String language, List<String> prompts) throws Exception {
    Path folder = testbed.environment().prompts();
    long samples = 0;
    for (String prompt : prompts) {
      samples += samples(folder.resolve(language).resolve(prompt + ".wav"));
    }
    long wanted = samples + samples(folder.resolve(language).resolve("comfort.wav"));
    Pattern played =
        Pattern.compile(
            "Playing 'comfort\\.[a-z0-9]+' \\(language 'cti/(" + language + "[a-z0-9_]*)'\\)");
    Patience.until(
        "comfort in " + language + " behind " + prompts,
        Duration.ofSeconds(110),
        () -> {
          List<String> heard = new ArrayList<>();
          try {
            for (String line : testbed.logSince(from)) {
              Matcher matcher = played.matcher(line);
              if (matcher.find()) {
                String name = matcher.group(1);
                Path file = folder.resolve(name).resolve("comfort.wav");
                long length = Files.exists(file) ? samples(file) : 0;
                if (!name.equals(language) && length == wanted) {
                  return Optional.empty();
                }
                heard.add(name + " of " + length + " samples, expected " + wanted);
              }
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return Optional.of(heard.toString());
        });
  }

  private static long samples(Path wav) throws IOException {
    return (Files.size(wav) - 44) / 2;
  }

  private static void closed(Stage stage) throws Exception {
    Rules.publish(
        stage,
        Rules.closedWeek("")
            + "rules:\n  - { id: rest, when: { always: true }, desk: hq-desktop }\n");
    try {
      ended(stage, inTheMenu("13900009934").presses('7').staysOn(), "ask=7 was-closed=");
    } finally {
      Rules.publishShipped(stage);
    }
  }

  private static void hangUps(Stage stage) throws Exception {
    Rules.publishShipped(stage);
    stage.loggedOn("1001", "hq-desktop");
    stage.number(TRANSFERRED_TO, new PhoneBehaviour.NeverAnswers());
    Duration inside = Duration.ofMillis(1_500);
    List<CallerScript> scripts =
        List.of(
            // in a prompt, in the menu
            CallerScript.from("13900009941").waits(Duration.ofSeconds(1)).hangsUp(),
            inTheMenu("13900009942").hangsUp(),
            // while another system is asked, and says nothing
            inTheMenu(OtherSystem.SILENT).presses('1').waits(BETWEEN).hangsUp(),
            // while a number rings
            inTheMenu(WHILE_A_NUMBER_RINGS).presses('2').waits(Duration.ofSeconds(3)).hangsUp(),
            // in the words before a message, and in the message
            inTheMenu("13900009944").presses('3').waits(inside).hangsUp(),
            inTheMenu("13900009945").presses('3').waits(Duration.ofSeconds(5)).hangsUp(),
            inTheMenu("13900009946").presses('5').waits(inside).hangsUp(),
            inTheMenu("13900009947").presses('6').waits(inside).presses('1').hangsUp());
    for (CallerScript script : scripts) {
      StagedCall call = stage.dial(script);
      CallOnRecord record = call.record();
      Expect.equal(
          "outcome of " + script.from(),
          script.from().equals(WHILE_A_NUMBER_RINGS) ? "abandoned-ringing" : "abandoned-in-ivr",
          record.outcome());
      Expect.equal("cleared by", "caller", record.clearedBy());
      Expect.none("fall-back", record.fallbackReason().stream().toList());
    }
    StagedCall waits =
        stage.dial(
            inTheMenu("13900000003")
                .waits(Duration.ofSeconds(4))
                .presses('7')
                .waits(Duration.ofSeconds(3))
                .hangsUp());
    CallOnRecord record = waits.record();
    Expect.equal("outcome", "abandoned-in-queue", record.outcome());
    Expect.equal("visits", List.of("cti-hq-desktop=abandoned"), record.visitOutcomes());
  }
}
