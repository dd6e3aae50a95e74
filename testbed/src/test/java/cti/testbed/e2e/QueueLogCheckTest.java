package cti.testbed.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.testbed.e2e.CallOnRecord.Attempt;
import cti.testbed.e2e.CallOnRecord.Visit;
import cti.testbed.gateway.QueueLogLine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lines as the gateway of the testbed wrote them, against records right and wrong. */
class QueueLogCheckTest {
  private static final List<GatewayStay> ANSWERED_BY_THE_SECOND =
      stays(
          "1795291186|1795291186.58|cti-hq-erp|NONE|ENTERQUEUE||13900000002|1",
          "1795291198|1795291186.58|cti-hq-erp|1005|RINGNOANSWER|12000",
          "1795291199|1795291190.10|cti-gz|1010|CONNECT|1|1795291190.11|1",
          "1795291200|1795291186.58|cti-hq-erp|1006|CONNECT|14|1795291186.59|1",
          "1795291205|1795291186.58|cti-hq-erp|1006|COMPLETECALLER|14|5|1");

  private static final Attempt SILENT = attempt("1005", "no-answer", Optional.empty());
  private static final Attempt ANSWERED = attempt("1006", "answered", Optional.of("caller"));

  @Test
  void theSameIsNoDifference() {
    assertEquals(
        List.of(),
        QueueLogCheck.differences(
            call(visit("answered", 14_400, SILENT, ANSWERED)), ANSWERED_BY_THE_SECOND));
  }

  @Test
  void theLinesOfOtherCallsAreNotOurs() {
    assertEquals(1, ANSWERED_BY_THE_SECOND.size());
    assertEquals(Optional.of("1006"), ANSWERED_BY_THE_SECOND.getFirst().member());
  }

  @Test
  void everyDifferenceIsTold() {
    assertDifference("a wait of 14 s", visit("answered", 12_900, SILENT, ANSWERED));
    assertDifference("1 RINGNOANSWER", visit("answered", 14_000, ANSWERED));
    assertDifference("CONNECT, our record abandoned", visit("abandoned", 14_000, SILENT, ANSWERED));
    assertDifference(
        "CONNECT with 1006",
        visit("answered", 14_000, SILENT, attempt("1007", "answered", Optional.of("caller"))));
    assertDifference(
        "COMPLETECALLER",
        visit("answered", 14_000, SILENT, attempt("1006", "answered", Optional.of("agent"))));
  }

  @Test
  void aStayThatIsNotOnRecordIsTold() {
    List<String> differences = QueueLogCheck.differences(call(), ANSWERED_BY_THE_SECOND);

    assertTrue(differences.getFirst().contains("our record []"), differences.toString());
  }

  @Test
  void aQueueThatTookNobodyInHasNoLine() {
    assertEquals(
        List.of(), QueueLogCheck.differences(call(visit("no-agents", 0)), stays(new String[0])));
  }

  @Test
  void aCallerWhoLeavesAfterARingInVainIsNotAnswered() {
    List<GatewayStay> left =
        stays(
            "1795291186|1795291186.58|cti-hq-erp|NONE|ENTERQUEUE||13900000002|1",
            "1795291198|1795291186.58|cti-hq-erp|1005|RINGNOANSWER|12000",
            "1795291201|1795291186.58|cti-hq-erp|NONE|ABANDON|1|1|15");

    assertEquals(
        List.of(), QueueLogCheck.differences(call(visit("agent-no-answer", 15_200, SILENT)), left));
    assertTrue(
        QueueLogCheck.differences(call(visit("timed-out", 15_200, SILENT)), left)
            .getFirst()
            .contains("ABANDON"));
  }

  private static void assertDifference(String word, Visit visit) {
    List<String> differences = QueueLogCheck.differences(call(visit), ANSWERED_BY_THE_SECOND);
    assertEquals(1, differences.size(), differences.toString());
    assertTrue(differences.getFirst().contains(word), differences.toString());
  }

  private static List<GatewayStay> stays(String... lines) {
    return GatewayStay.of("1795291186.58", Arrays.stream(lines).map(QueueLogLine::parse).toList());
  }

  private static Visit visit(String outcome, long waitMillis, Attempt... attempts) {
    return new Visit(
        "gw1:1795291186.58#1",
        "cti-hq-erp",
        Optional.of("hq-erp"),
        outcome,
        waitMillis,
        List.of(attempts));
  }

  private static Attempt attempt(String agent, String outcome, Optional<String> clearedBy) {
    return new Attempt(Optional.of(agent), "8009", outcome, clearedBy, 1_000, 1_000);
  }

  private static CallOnRecord call(Visit... visits) {
    return new CallOnRecord(
        "gw1:1795291186.58",
        "13900000002",
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        "answered",
        "caller",
        "live",
        0,
        0,
        List.of(visits),
        List.of(),
        Set.of(),
        Set.of());
  }
}
