package cti.server.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.CallId;
import cti.core.recording.RecordingDecision;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the dialplan is told of the recording, by the desks of the sample. */
class RecordingFlowTest extends FlowServerFixture {
  private static final String NOT_SET = "not set";

  @ParameterizedTest
  @CsvSource({
    "1, hq-desktop, not set, not set, welcome headquarters-menu",
    "2, hq-oa, talk, not set, welcome headquarters-menu",
    "5, hq-itil, not set, yes, welcome headquarters-menu",
    "6, hq-marketing, talk, not set, welcome headquarters-menu recording-announcement",
  })
  void eachPolicyOfADesk(String key, String desk, String recording, String agent, String heard)
      throws IOException {
    AsteriskCall call = newCall(HEADQUARTERS_CALLER, key);
    assertEquals("cti-" + desk, call.variable("CTI_QUEUE"));
    assertEquals(recording, call.variable("__CTI_RECORDING"));
    assertEquals(agent, call.variable("__CTI_RECORDING_AGENT"));
    assertEquals(heard, call.heard());
  }

  /** Whoever was not told is not recorded, and is served all the same. */
  @Test
  void anAnnouncementThatCannotBePlayedRecordsNothing() throws IOException {
    AsteriskCall call =
        call()
            .withoutPrompt("cti/zh/recording-announcement")
            .request("hotline", HEADQUARTERS_CALLER, "8000", "", "")
            .caller("6")
            .run();
    assertEquals("queue", call.variable("CTI_ACTION"));
    assertEquals("cti-hq-marketing", call.variable("CTI_QUEUE"));
    assertEquals(NOT_SET, call.variable("__CTI_RECORDING"));
  }

  @Test
  void aCallerWhoHangsUpDuringTheAnnouncementEntersNoQueue() throws IOException {
    AsteriskCall call = newCall(HEADQUARTERS_CALLER, "6", "!hangup");
    assertEquals("", call.variable("CTI_ACTION"));
    assertEquals(NOT_SET, call.variable("__CTI_RECORDING"));
  }

  /** The call's id is that of its first channel, which only the gateway knows after a transfer. */
  @ParameterizedTest
  @CsvSource({"1763750000.40", "1763750000.41", "1763750000.42", "1763750000.43", "1.1", "1.2"})
  void aShareIsDecidedByTheCallsId(String first) throws IOException {
    RecordingRules rules =
        new RecordingRules(RecordingPolicy.SHARE, 30, "notice", false, false, false, 30);
    boolean expected = RecordingDecision.of(rules, new CallId("gw1:" + first)).fromTheBegin();
    AsteriskCall call =
        call()
            .linked(first)
            .request("hotline", HEADQUARTERS_CALLER, "8000", "", "")
            .caller("7")
            .run();
    assertEquals("cti-hq-asset", call.variable("CTI_QUEUE"));
    assertEquals(expected ? "talk" : NOT_SET, call.variable("__CTI_RECORDING"));
    assertTrue(
        call.commands().stream().anyMatch(command -> command.contains("CHANNEL(linkedid)")),
        () -> "commands " + call.commands());
  }

  /** A caller who was transferred: the dialplan asks by the queue. */
  @ParameterizedTest
  @CsvSource({
    "cti-hq-desktop, not set, not set, ''",
    "cti-hq-oa, talk, not set, ''",
    "cti-hq-itil, not set, yes, ''",
    "cti-hq-marketing, talk, not set, recording-announcement",
    "cti-mars, not set, not set, ''",
  })
  void aTransferToADesk(String queue, String recording, String agent, String heard)
      throws IOException {
    AsteriskCall call = call().request("recording", HEADQUARTERS_CALLER, queue, "").run();
    assertEquals(recording, call.variable("__CTI_RECORDING"));
    assertEquals(agent, call.variable("__CTI_RECORDING_AGENT"));
    assertEquals(heard, call.heard());
  }

  /** Who is called back is told like any caller, once they have pressed 1. */
  @ParameterizedTest
  @CsvSource({
    "cti-hq-desktop, not set, not set, false",
    "cti-hq-oa, talk, not set, false",
    "cti-hq-itil, not set, yes, false",
    "cti-hq-marketing, talk, not set, true",
  })
  void aTalkOfACallback(String queue, String recording, String agent, boolean told)
      throws IOException {
    AsteriskCall call =
        call().request("callback", HEADQUARTERS_CALLER, queue, "").caller("1").run();
    assertEquals("queue", call.variable("CTI_ACTION"));
    assertEquals(recording, call.variable("__CTI_RECORDING"));
    assertEquals(agent, call.variable("__CTI_RECORDING_AGENT"));
    assertEquals(told, call.heard().endsWith("recording-announcement"), call.heard());
  }

  @Test
  void aCallbackIsInTheLanguageOfTheCallThatAskedForIt() throws IOException {
    AsteriskCall call =
        call().request("callback", HEADQUARTERS_CALLER, "cti-hq-desktop", "en").caller("1").run();
    assertEquals("queue", call.variable("CTI_ACTION"));
    assertTrue(call.heard().startsWith("cti/en/"), call.heard());
  }

  @Test
  void aCallbackThatIsNotConfirmedRecordsNothing() throws IOException {
    AsteriskCall call =
        call()
            .request("callback", HEADQUARTERS_CALLER, "cti-hq-oa", "")
            .caller("-", "-", "-")
            .run();
    assertEquals(NOT_SET, call.variable("__CTI_RECORDING"));
  }

  /** An agent who consults the desk hears no announcement, and the caller could not either. */
  @ParameterizedTest
  @CsvSource({"cti-hq-marketing, not set", "cti-hq-oa, talk"})
  void aConsultationOfADesk(String queue, String recording) throws IOException {
    AsteriskCall call = call().request("recording", HEADQUARTERS_CALLER, queue, "yes").run();
    assertEquals(recording, call.variable("__CTI_RECORDING"));
    assertEquals("", call.heard());
  }

  @Test
  void nothingIsAskedOfTheGatewayWhereNothingIsRecorded() throws IOException {
    AsteriskCall call = newCall(HEADQUARTERS_CALLER, "1");
    assertFalse(
        call.commands().stream()
            .anyMatch(command -> command.contains("linkedid") || command.contains("RECORDING")),
        () -> "commands " + call.commands());
  }
}
