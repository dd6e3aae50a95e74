package cti.testbed.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines as the gateway of the testbed wrote them. */
class GatewayLogTest {

  @Test
  void queueLogLineOfAnAnsweredCall() {
    var line =
        QueueLogLine.parse(
            "1795291187|1795291186.58|cti-hq-erp|agent8005|CONNECT|1|1795291186.59|1");

    assertEquals(
        new QueueLogLine(
            Instant.ofEpochSecond(1795291187),
            "1795291186.58",
            "cti-hq-erp",
            "agent8005",
            "CONNECT",
            List.of("1", "1795291186.59", "1")),
        line);
  }

  @Test
  void queueLogLineWithAnEmptyField() {
    var line =
        QueueLogLine.parse("1795291186|1795291186.58|cti-hq-erp|NONE|ENTERQUEUE||13900000002|1");

    assertEquals(List.of("", "13900000002", "1"), line.data());
  }

  @Test
  void somethingElseIsNamedInTheFault() {
    var fault =
        assertThrows(IllegalArgumentException.class, () -> QueueLogLine.parse("QUEUESTART"));

    assertTrue(fault.getMessage().contains("'QUEUESTART'"), fault.getMessage());
  }

  @Test
  void callDetailRecordWithCommasInsideItsColumns() {
    var record =
        CallDetailRecord.parse(
            "\"1795291186.57\",\"1795291186.57\",\"63\",\"13900000001\",\"8000\",\"cti-hotline\","
                + "\"PJSIP/ipoffice-0000001d\",\"Local/8006@cti-agents-0000000f;1\",\"Queue\","
                + "\"cti-hq-erp,,,,60\",\"2026-11-21 19:59:46\",\"2026-11-21 19:59:46\","
                + "\"2026-11-21 19:59:51\",\"5\",\"4\",\"ANSWERED\",\"said \"\"yes\"\"\"");

    assertEquals(
        new CallDetailRecord(
            "1795291186.57",
            "1795291186.57",
            "13900000001",
            "8000",
            "PJSIP/ipoffice-0000001d",
            5,
            4,
            "ANSWERED"),
        record);
  }

  @Test
  void callDetailRecordCutShort() {
    var fault =
        assertThrows(IllegalArgumentException.class, () -> CallDetailRecord.parse("\"1\",\"2\""));

    assertTrue(fault.getMessage().contains("2 columns; expected at least 17"), fault.getMessage());
  }

  @Test
  void environmentKeepsWhatStandsBehindTheFirstEqualsSign() {
    var environment =
        TestbedEnvironment.parse(
            List.of("CTI_AMI_PORT=5038", "", "CTI_MYSQL_URL=jdbc:mysql://127.0.0.1/cti?a=b"));

    assertEquals(5038, environment.amiPort());
    assertEquals("jdbc:mysql://127.0.0.1/cti?a=b", environment.mysqlUrl());
    var fault = assertThrows(IllegalArgumentException.class, environment::hotline);
    assertTrue(fault.getMessage().contains("CTI_HOTLINE"), fault.getMessage());
  }

  @Test
  void behavioursInTheWordsOfTheScript() {
    assertEquals(
        List.of("answer", "0.500", "hangup", "12.000"),
        PhoneBehaviour.answers(Duration.ofMillis(500), Duration.ofSeconds(12)).words());
    assertEquals(List.of("answer", "2.000"), PhoneBehaviour.answers(Duration.ofSeconds(2)).words());
    assertEquals(List.of("noanswer"), new PhoneBehaviour.NeverAnswers().words());
    assertEquals(List.of("busy"), new PhoneBehaviour.IsBusy().words());
    assertEquals(List.of("reject"), new PhoneBehaviour.Rejects().words());
    assertThrows(
        IllegalArgumentException.class, () -> PhoneBehaviour.answers(Duration.ofSeconds(-1)));
  }
}
