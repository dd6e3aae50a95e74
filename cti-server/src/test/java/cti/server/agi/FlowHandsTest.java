package cti.server.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.engine.CallbackCommand;
import cti.core.engine.Reply;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;
import cti.core.ivr.CallPlan;
import cti.core.routing.Facts;
import cti.server.directory.SampleCatalog;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.ScriptFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shipped line with one desk wants done, on channels of an analogue card. */
class FlowHandsTest extends FlowServerFixture {
  private static final String QUEUE = "one-desk/queue/hq-desktop/";
  private static final String FILE =
      "/var/spool/asterisk/monitor/cti/voicemail/20261123/1763750000.42_1763750000.42_1.wav";
  private static CallPlan oneDesk;

  @BeforeAll
  static void readOneDesk() throws Exception {
    SampleCatalog sample = SampleCatalog.load();
    oneDesk =
        CallPlanFiles.load(
            ScriptFolder.classPath("ivr-scripts"), "one-desk.yaml", sample.desks(), sample.sites());
  }

  private AsteriskCall back(String status, String... doings) throws IOException {
    if (server == null) {
      server =
          FlowServer.start(
              settings(0, 10, 20_000),
              new FlowSources(
                  () -> directory,
                  () -> oneDesk,
                  caller -> Facts.at(Instant.parse("2026-11-23T02:30:00Z")),
                  new CallPlan.Versions(
                      version -> Optional.of(oneDesk.routing()),
                      version -> Optional.of(oneDesk.flow()))),
              PhoneDesks.without(mailbox),
              byHand());
    }
    return new AsteriskCall(server.port())
        .request("hotline", "13900000025", "8000", QUEUE, status)
        .linked("1763750000.42")
        .knows("ASTSPOOLDIR", "/var/spool/asterisk")
        .knows("CTI_RECORDINGS_FOLDER", "cti")
        .knows("STRFTIME(${EPOCH},UTC,%Y%m%d)", "20261123")
        .caller(doings)
        .run();
  }

  private static boolean ran(AsteriskCall call, String text) {
    return call.commands().stream().anyMatch(command -> command.contains(text));
  }

  @Test
  void theDialplanIsToldOfKeysAndOfWhatComesAfterTheTalk() throws IOException {
    back("TIMEOUT");
    AsteriskCall call =
        new AsteriskCall(server.port()).request("hotline", "13900000025", "8000", "", "").run();
    assertEquals("welcome", call.heard());
    assertEquals("12", call.variable("CTI_QUEUE_KEYS"));
    assertEquals("yes", call.variable("CTI_GO_ON"));
  }

  @Test
  void aMarkAfterTheTalkIsReported() throws IOException {
    AsteriskCall call = back("CONTINUE", "!4");
    assertEquals("ask-mark thank-you", call.heard());
    assertTrue(mailbox.reports().contains(WHO + "survey mark 4"), mailbox.reports()::toString);
  }

  @Test
  void aCallbackIsAskedOfTheEngineAndOnlyThenPromised() throws IOException {
    AsteriskCall call = back("LEFT_BY_KEY:1", "1", "3", "8", "0", "#");
    assertEquals("ask-number callback-noted", call.heard());
    assertEquals(
        List.of(
            new CallbackCommand.Request(
                new ChannelId("1763750000.42"), new DeskId("hq-desktop"), "1380", "zh")),
        mailbox.commands());
  }

  @Test
  void whatTheEngineRefusesIsNotPromised() throws IOException {
    mailbox.replies(new Reply.Refusal("too-many-callbacks", "50 are open"));
    AsteriskCall call = back("LEFT_BY_KEY:1", "-", "-");
    assertEquals("ask-number leave-message", call.heard());
  }

  @Test
  void aMessageIsToldOfBeforeItBegins() throws IOException {
    AsteriskCall call = back("LEFT_BY_KEY:2", "hangup");
    assertTrue(ran(call, FILE), call.commands()::toString);
    assertTrue(
        mailbox
            .reports()
            .contains(
                WHO
                    + "message for hq-desktop into"
                    + " 20261123/1763750000.42_1763750000.42_1.wav"),
        mailbox.reports()::toString);
    assertEquals("leave-message", call.heard());
  }

  @ParameterizedTest
  @CsvSource({"16044, message-noted", "16043, ''", "'', ''"})
  void aMessageHasASecondOfSoundAtLeast(String bytes, String heard) throws IOException {
    back("LEFT_BY_KEY:2", "hangup");
    AsteriskCall call =
        new AsteriskCall(server.port())
            .request("hotline", "13900000025", "8000", QUEUE, "LEFT_BY_KEY:2")
            .linked("1763750000.42")
            .knows("ASTSPOOLDIR", "/var/spool/asterisk")
            .knows("CTI_RECORDINGS_FOLDER", "cti")
            .knows("STRFTIME(${EPOCH},UTC,%Y%m%d)", "20261123")
            .knows("RECORD_STATUS", "SILENCE")
            .knows("STAT(s," + FILE + ")", bytes)
            .run();
    assertEquals(("leave-message " + heard).strip(), call.heard());
  }
}
