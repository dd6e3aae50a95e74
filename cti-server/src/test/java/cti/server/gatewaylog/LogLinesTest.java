package cti.server.gatewaylog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.recovery.CallDetail;
import cti.core.recovery.QueueLogEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as Asterisk writes them, and what is none. */
class LogLinesTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final String DETAIL =
      "\"1795300493.147\",\"1795300503.149\",\"155\",\"13900000026\",\"8014\",\"cti-agents\","
          + "\"Local/8014@cti-agents-00000025;2\",\"PJSIP/ipoffice-0000004a\",\"Dial\","
          + "\"PJSIP/8014@ipoffice,60\",\"2026-11-21 22:35:03\",\"2026-11-21 22:35:04\","
          + "\"2026-11-21 22:35:07\",\"4\",\"3\",\"ANSWERED\",\"q850=16\"";

  @Test
  void aLineOfQueueLog() {
    assertEquals(
        Optional.of(
            new QueueLogEntry(
                Instant.parse("2026-11-21T22:35:04Z"),
                "1795300493.147",
                "cti-gz",
                "1010",
                "CONNECT",
                List.of("1", "1795300503.148", "1"))),
        LogLines.queueLog("1795300504|1795300493.147|cti-gz|1010|CONNECT|1|1795300503.148|1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no line",
        "|||||",
        "x|1|q|m|CONNECT",
        "1795300504|1795300493.147|cti-gz",
        "-5|a|b|c|d"
      })
  void whatIsNoLineOfQueueLog(String line) {
    assertEquals(Optional.empty(), LogLines.queueLog(line));
  }

  @Test
  void aCallDetailRecordOfAnOlderGatewayHasLocalTimes() {
    CallDetail detail = LogLines.callDetail(DETAIL, SHANGHAI).orElseThrow();
    assertEquals(Instant.parse("2026-11-21T14:35:03Z"), detail.times().start());
    assertEquals(Optional.of(Instant.parse("2026-11-21T14:35:04Z")), detail.times().answer());
    assertEquals(Optional.of(16), detail.q850());
    assertEquals("1795300493.147", detail.linked());
    assertEquals("Local/8014@cti-agents-00000025;2", detail.who().channel());
  }

  @Test
  void exactTimesComeFirst() {
    String line = DETAIL + ",\"1795300503.250001\",\"1795300504.500000\",\"1795300507.999999\"";
    CallDetail detail = LogLines.callDetail(line, SHANGHAI).orElseThrow();
    assertEquals(Instant.parse("2026-11-21T22:35:03.250001Z"), detail.times().start());
    assertEquals(Instant.parse("2026-11-21T22:35:07.999999Z"), detail.times().end());
  }

  @Test
  void anAnswerThatNeverCameIsNone() {
    String line =
        DETAIL.replace("\"2026-11-21 22:35:04\"", "\"\"")
            + ",\"1795300503.250001\",\"0.000000\",\"1795300507.999999\"";
    assertTrue(LogLines.callDetail(line, SHANGHAI).orElseThrow().times().answer().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,b,c", "\"\",\"\",\"\"", "\"unclosed"})
  void whatIsNoCallDetailRecord(String line) {
    assertEquals(Optional.empty(), LogLines.callDetail(line, SHANGHAI));
  }

  @Test
  void aTimeThatIsNoneMakesNoRecord() {
    assertEquals(
        Optional.empty(),
        LogLines.callDetail(DETAIL.replace("2026-11-21 22:35:03", "yesterday"), SHANGHAI));
  }
}
