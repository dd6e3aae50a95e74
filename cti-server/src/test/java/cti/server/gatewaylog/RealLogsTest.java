package cti.server.gatewaylog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.engine.Dialplan;
import cti.core.id.Extension;
import cti.core.recovery.LoggedCall;
import cti.core.recovery.LoggedRing;
import cti.core.recovery.LoggedStay;
import cti.core.recovery.QueueLogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * queue_log and call detail records that a real gateway wrote while the suite {@code calls} ran, in
 * UTC: what they tell of each call.
 */
class RealLogsTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "gatewaylog");
  private static final LogPlace PLACE = new LogPlace(1, 0);

  private final OpenCalls calls = new OpenCalls();
  private final Map<String, List<QueueLogEntry>> entries = new LinkedHashMap<>();

  RealLogsTest() throws IOException {
    for (String line : Files.readAllLines(FOLDER.resolve("queue_log"))) {
      QueueLogEntry entry = LogLines.queueLog(line).orElseThrow();
      calls.take(entry, PLACE, 0);
      entries.computeIfAbsent(entry.call(), _ -> new java.util.ArrayList<>()).add(entry);
    }
    for (String line : Files.readAllLines(FOLDER.resolve("cti.csv"))) {
      calls.take(LogLines.callDetail(line, ZoneOffset.UTC).orElseThrow(), PLACE, 0);
    }
  }

  private LoggedCall told(String linked) {
    OpenCall call = calls.all().get(linked);
    assertTrue(call.complete(true), linked + " is not told to its end");
    return call.lines.told(Dialplan.NAMES, true);
  }

  private static String inShort(LoggedCall call) {
    String stays =
        call.stays().stream().map(RealLogsTest::inShort).collect(Collectors.joining(", "));
    return "%s %d s: %s"
        .formatted(
            call.presented().callingNumber(),
            Duration.between(call.startedAt(), call.endedAt().orElseThrow()).toSeconds(),
            stays);
  }

  private static String inShort(LoggedStay stay) {
    String rings =
        stay.rings().stream()
            .map(
                ring ->
                    ring.extension().map(Extension::value).orElse("?")
                        + "="
                        + ring.outcome()
                        + ring.talk()
                            .map(
                                talk ->
                                    " by "
                                        + ring.member().orElse("?")
                                        + " until "
                                        + talk.by()
                                        + " hung up")
                            .orElse(""))
            .collect(Collectors.joining(" "));
    return "%s %s after %d s [%s]"
        .formatted(
            stay.queue(),
            stay.outcome().orElseThrow(),
            Duration.between(stay.enteredAt(), stay.leftAt().orElseThrow()).toSeconds(),
            rings);
  }

  @Test
  void answeredAndHungUpByEither() {
    assertEquals(
        "13900000026 14 s: cti-gz ANSWERED after 1 s [8014=ANSWERED by 1010 until CALLER hung up]",
        inShort(told("1795300493.147")));
    assertEquals(
        "13900000020 8 s: cti-hq-project ANSWERED after 1 s"
            + " [8008=ANSWERED by 1004 until AGENT hung up]",
        inShort(told("1795300382.96")));
  }

  @Test
  void aPhoneRangInVainAndTheNextOneWasAnswered() {
    assertEquals(
        "13900000001 18 s: cti-hq-desktop ANSWERED after 14 s"
            + " [8005=NO_ANSWER 8006=ANSWERED by 1002 until CALLER hung up]",
        inShort(told("1795300365.53")));
  }

  @Test
  void busyAndRefusedPhonesThenTheCallerLeft() {
    assertEquals(
        "13900000004 6 s: cti-hq-desktop AGENT_NO_ANSWER after 1 s [8005=BUSY 8006=UNAVAILABLE]",
        inShort(told("1795300383.100")));
  }

  @Test
  void abandonedWhileNoPhoneRang() {
    assertEquals(
        "13900000016 4 s: cti-hq-project ABANDONED after 0 s []", inShort(told("1795300367.62")));
  }

  @Test
  void abandonedWhileAPhoneRang() {
    assertEquals(
        "13900000017 5 s: cti-hq-project AGENT_NO_ANSWER after 0 s [8008=CALLER_GONE]",
        inShort(told("1795300371.82")));
    assertEquals(
        "13900000003 18 s: cti-hq-oa AGENT_NO_ANSWER after 14 s"
            + " [8007=NO_ANSWER 8008=CALLER_GONE]",
        inShort(told("1795300346.11")));
  }

  @Test
  void theStaticQueueNamesPhonesAndNobodyDialledItsPlace() {
    LoggedCall call = told("1795300462.127");
    assertEquals(
        "13900000028 2 s: cti-fallback ANSWERED after 1 s"
            + " [8001=ANSWERED by 8001 until CALLER hung up]",
        inShort(call));
    assertEquals("", call.presented().dialledNumber());
  }

  @Test
  void aCallThatEnteredNoQueueIsToldByItsRecordAlone() {
    LoggedCall call = told("1795300405.114");
    assertEquals(List.of(), call.stays());
    assertEquals("Hangup", call.application());
    assertEquals(Instant.parse("2026-11-21T22:33:37Z"), call.endedAt().orElseThrow());
  }

  /** The figures that app_queue wrote itself, for every call of the night. */
  @Test
  void waitsAndTalksAreThoseOfQueueLog() {
    int waits = 0;
    int talks = 0;
    for (Map.Entry<String, List<QueueLogEntry>> each : entries.entrySet()) {
      if (!each.getValue().getFirst().ofCall()) {
        continue;
      }
      LoggedStay stay = told(each.getKey()).stays().getLast();
      for (QueueLogEntry entry : each.getValue()) {
        switch (entry.event()) {
          case "CONNECT" -> {
            near(each.getKey(), entry.data().get(0), stay.enteredAt(), stay.leftAt().orElseThrow());
            waits++;
          }
          case "ABANDON" -> {
            near(each.getKey(), entry.data().get(2), stay.enteredAt(), stay.leftAt().orElseThrow());
            waits++;
          }
          case "COMPLETECALLER", "COMPLETEAGENT" -> {
            LoggedRing.Talk talk = stay.answered().orElseThrow().talk().orElseThrow();
            near(
                each.getKey(),
                entry.data().get(1),
                talk.answeredAt(),
                talk.endedAt().orElseThrow());
            talks++;
          }
          default -> {
            // No figure in it.
          }
        }
      }
    }
    assertEquals(34, waits);
    assertEquals(30, talks);
  }

  private static void near(String call, String seconds, Instant from, Instant to) {
    Duration apart = Duration.between(from, to).minusSeconds(Long.parseLong(seconds)).abs();
    assertTrue(
        apart.compareTo(Duration.ofSeconds(1)) <= 0,
        call + ": queue_log has " + seconds + " s, told " + Duration.between(from, to));
  }
}
