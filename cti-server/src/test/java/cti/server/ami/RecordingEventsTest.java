package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.engine.GatewayInput;
import cti.core.engine.RecordingReport;
import cti.core.id.ChannelId;
import cti.core.id.GatewayId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events as Asterisk 22.10 wrote them, and the actions as it takes them. */
class RecordingEventsTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final Instant AT = Instant.parse("2026-11-21T23:17:24.315224Z");
  private static final String CHANNEL =
      """
      Timestamp: 1795303044.315224
      Channel: Local/8005@cti-agents-00000001;1
      ChannelState: 6
      Context: cti-agents
      Exten: 8005
      Uniqueid: 1795303041.3
      Linkedid: 1795303041.2
      """;

  private final AmiTranslator translator = new AmiTranslator(GATEWAY);

  private Optional<GatewayInput> told(String event, String rest) {
    String text = "Event: " + event + "\n" + CHANNEL + rest;
    return translator.input(AmiMessage.parse(text.replace("\n", "\r\n"), 0), Instant.EPOCH);
  }

  private static Optional<GatewayInput> report(RecordingReport report) {
    return Optional.of(
        new GatewayInput.RecordingReported(GATEWAY, AT, new ChannelId("1795303041.3"), report));
  }

  @Test
  void theDialplanTellsTheFile() {
    assertEquals(
        report(new RecordingReport.Started("20261121/1795303041.2_1795303041.3_1.wav", 1)),
        told(
            "UserEvent",
            """
            UserEvent: CtiRecording
            File: 20261121/1795303041.2_1795303041.3_1.wav
            Part: 1
            """));
  }

  @ParameterizedTest
  @CsvSource({"'',1", "x.wav,''", "x.wav,0", "x.wav,-1", "x.wav,one"})
  void aReportWithoutFileOrPartIsNone(String file, String part) {
    assertEquals(
        Optional.empty(),
        told("UserEvent", "UserEvent: CtiRecording\nFile: " + file + "\nPart: " + part + "\n"));
  }

  @Test
  void aMuteOfBothDirectionsIsAPause() {
    assertEquals(
        report(new RecordingReport.Muted()), told("MixMonitorMute", "Direction: both\nState: 1\n"));
    assertEquals(
        report(new RecordingReport.Unmuted()),
        told("MixMonitorMute", "Direction: both\nState: 0\n"));
    assertEquals(Optional.empty(), told("MixMonitorMute", "Direction: read\nState: 1\n"));
  }

  @Test
  void theEnd() {
    assertEquals(report(new RecordingReport.Stopped()), told("MixMonitorStop", ""));
  }

  @Test
  void whatIsRecordedNow() {
    assertEquals(
        report(new RecordingReport.Started("20261121/1795303041.2_1795303041.3_2.wav", 2)),
        translator.recordingNow(
            new ChannelId("1795303041.3"),
            "2 1795303044.815 20261121/1795303041.2_1795303041.3_2.wav",
            Duration.ofNanos(499_776_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "1",
    "1 x f.wav",
    "0 1795303044.315 f.wav",
    "1 1795303044 f.wav",
    "1 1795303044.315 "
  })
  void nothingIsRecordedNow(String value) {
    assertEquals(
        Optional.empty(),
        translator.recordingNow(new ChannelId("1795303041.3"), value, Duration.ZERO));
  }

  @Test
  void theActions() {
    assertEquals(
        """
        Action: PlayDTMF
        ActionID: 1
        Channel: Local/8005@cti-agents-1;1
        Digit: A
        Receive: true

        """,
        text(AmiActions.startRecording("Local/8005@cti-agents-1;1")));
    assertEquals(
        """
        Action: Getvar
        ActionID: 1
        Channel: Local/8005@cti-agents-1;1
        Variable: CTI_RECORDING_NOW

        """,
        text(AmiActions.askRecording("Local/8005@cti-agents-1;1")));
    assertEquals(
        """
        Action: MixMonitorMute
        ActionID: 1
        Channel: Local/8005@cti-agents-1;1
        Direction: both
        State: 1

        """,
        text(AmiActions.muteRecording("Local/8005@cti-agents-1;1", true)));
    assertEquals(
        """
        Action: StopMixMonitor
        ActionID: 1
        Channel: Local/8005@cti-agents-1;1

        """,
        text(AmiActions.stopRecording("Local/8005@cti-agents-1;1")));
  }

  private static String text(AmiAction action) {
    ByteBuf out = Unpooled.buffer();
    AmiEncoder.encode(new AmiRequest("1", action), out);
    return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
