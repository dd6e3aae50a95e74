package cti.core.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.event.RecordingEvent.RecordingStarted;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.RecordingId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveRecordingsTest {
  private static final CallId CALL = new CallId("gw1:5.1");
  private static final CallId CONSULTATION = new CallId("gw1:6.1");

  private final LiveRecordings live = new LiveRecordings(new LinkedHashMap<>());

  private void starts(CallId call, String attempt) {
    AttemptId offer = new AttemptId("gw1:" + attempt);
    live.apply(
        new RecordingStarted(
            RecordingId.of(offer, 1),
            call,
            Instant.parse("2026-11-21T08:00:00Z"),
            offer,
            Optional.empty(),
            Optional.empty(),
            attempt + ".wav"));
  }

  @Test
  void whatIsRecordedOfACallThatBecomesPartOfAnotherIsTheOthers() {
    starts(CONSULTATION, "6.2");
    live.merged(CONSULTATION, CALL);
    assertEquals(
        Optional.of("6.2.wav"), live.ofCall(CALL).map(Recording::file), "found by its call now");
    assertEquals(Optional.empty(), live.ofCall(CONSULTATION));
  }

  @Test
  void othersStayAsTheyAre() {
    starts(CALL, "5.2");
    live.merged(CONSULTATION, new CallId("gw1:7.1"));
    assertEquals(Optional.of("5.2.wav"), live.ofCall(CALL).map(Recording::file));
  }
}
