package cti.testbed.faults;

import static cti.testbed.faults.Told.CALLER;
import static cti.testbed.faults.Told.DETAILS;
import static cti.testbed.faults.Told.QUEUE_LOG;
import static cti.testbed.faults.Told.call;
import static cti.testbed.faults.Told.details;
import static cti.testbed.faults.Told.queueLog;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.testbed.faults.GatewayCall.Role;
import cti.testbed.faults.GatewayCall.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GatewayCallsTest {
  @Test
  void oneCallIsPutTogetherFromBothLogs() {
    List<GatewayCall> calls =
        GatewayCalls.of(queueLog(QUEUE_LOG), details(DETAILS), Set.of(CALLER));

    assertEquals(1, calls.size(), "callers that are not of the load are passed over");
    GatewayCall call = calls.getFirst();
    assertEquals("1795300493.147", call.id());
    assertEquals(CALLER, call.number());
    assertEquals(Duration.ofMillis(14_500), call.span().orElseThrow().length());
    assertTrue(call.answered());
    Stay stay = call.stays().getFirst();
    assertEquals(Optional.of("CONNECT"), stay.end());
    assertEquals(Optional.of("2102"), stay.member());
    assertEquals(6, stay.waitSeconds());
    assertEquals(1, stay.ringsInVain());
    assertEquals(Optional.of("COMPLETEAGENT"), stay.completedBy());
    assertEquals(
        List.of("8101", "8102"), stay.rings().stream().map(GatewayCall.Ring::extension).toList());
    assertEquals(Duration.ofMillis(4_100), stay.rings().get(0).ringing());
    assertEquals(Optional.empty(), stay.rings().get(0).talk());
    assertEquals(Duration.ofMillis(500), stay.rings().get(1).ringing());
    assertEquals(Optional.of(Duration.ofMillis(5_600)), stay.rings().get(1).talk());
  }

  /**
   * Held for a consultation, a caller has no line any more; queue_log still knows when they hang
   * up.
   */
  @Test
  void whoHangsUpOnHoldTalkedUntilThen() {
    String held =
        DETAILS.replace(
                "\"1795300500.900000\",\"1795300500.900000\",\"1795300507.750000\"",
                "\"1795300500.900000\",\"1795300500.900000\",\"1795300504.750000\"")
            + """
            "1795300493.147","1795300501.148","6","8102","8000","cti-agents","Local/8102@cti-agents-26;1","Local/8166@cti-transfer-27;1","AppQueue","1795300504.750100","1795300504.750100","1795300507.760000","ANSWERED"
            """;
    String leaves = QUEUE_LOG.replace("COMPLETEAGENT", "COMPLETECALLER");
    Stay stay = call(leaves, held).stays().getFirst();
    assertEquals(Optional.of(Duration.ofMillis(5_400)), stay.rings().get(1).talk());
  }

  /** app_queue may write its line behind the second in which the caller left. */
  @Test
  void whoWasNotOnHoldLeftWhenTheirLineEnds() {
    String lingers =
        DETAILS.replace(
            "\"1795300500.900000\",\"1795300500.900000\",\"1795300507.750000\"",
            "\"1795300500.900000\",\"1795300500.900000\",\"1795300506.950000\"");
    Stay stay =
        GatewayCalls.of(
                queueLog(QUEUE_LOG.replace("COMPLETEAGENT", "COMPLETECALLER")),
                details(lingers),
                Set.of(CALLER))
            .getFirst()
            .stays()
            .getFirst();
    assertEquals(Optional.of(Duration.ofMillis(4_850)), stay.rings().get(1).talk());
  }

  /** As a gateway told it that had stood still: answered in the moment in which it was given up. */
  @Test
  void whomTheQueueConnectedIsTheOneNearestToItsWord() {
    String log =
        """
        1795866699|1795866695.22272|cti-load-sg|NONE|ENTERQUEUE||12400000007|1
        1795866720|1795866695.22272|cti-load-sg|2122|RINGNOANSWER|21000
        1795866721|1795866695.22272|cti-load-sg|2113|CONNECT|22|1795866720.23001|1
        1795866722|1795866695.22272|cti-load-sg|2113|COMPLETEAGENT|22|1|1
        """;
    String lines =
        """
        "1795866695.22272","1795866695.22272","1","12400000007","8000","cti-hotline","PJSIP/ipoffice-1","Local/8122@cti-agents-1;1","Queue","1795866695.100000","1795866695.110000","1795866719.990000","NO ANSWER"
        "1795866695.22272","1795866699.22401","2","12400000007","8122","cti-agents","Local/8122@cti-agents-1;2","PJSIP/ipoffice-2","Dial","1795866699.377947","1795866719.859540","1795866719.986333","ANSWERED"
        "1795866695.22272","1795866695.22272","3","12400000007","8000","cti-hotline","PJSIP/ipoffice-1","Local/8113@cti-agents-2;1","Queue","1795866719.990000","1795866719.990000","1795866722.400000","ANSWERED"
        "1795866695.22272","1795866720.23002","4","12400000007","8113","cti-agents","Local/8113@cti-agents-2;2","PJSIP/ipoffice-3","Dial","1795866720.910587","1795866721.364906","1795866722.377298","ANSWERED"
        """;
    GatewayCall call = call(log, lines);
    assertEquals(
        List.of("8122", "8113"),
        call.stays().getFirst().rings().stream().map(GatewayCall.Ring::extension).toList());
    assertEquals(List.of(), call.handedOn());
  }

  /** As a gateway told it that had stood still: queue_log has a ring, and no phone was dialled. */
  @Test
  void aPhoneThatAQueueGaveUpBeforeItWasDialledRangInVain() {
    String log =
        """
        1795824393|1795824393.50639|cti-load-desktop|NONE|ENTERQUEUE||12400000007|1
        1795824413|1795824393.50639|cti-load-desktop|2145|RINGNOANSWER|20000
        1795824415|1795824393.50639|cti-load-desktop|NONE|ABANDON|1|1|22
        """;
    String lines =
        """
        "1795824393.50639","1795824393.50639","24447","12400000007","8000","cti-hotline","PJSIP/ipoffice-1e2c","Local/8145@cti-agents-1523;1","Queue","1795824393.110022","1795824393.211097","1795824415.581998","ANSWERED"
        "1795824393.50639","1795824393.50641","25223","12400000007","8145","cti-agents","Local/8145@cti-agents-1523;2","","Set","1795824393.584417","0.000000","1795824413.768080","FAILED"
        """;
    GatewayCall.Stay stay = call(log, lines).stays().getFirst();
    assertEquals(List.of("8145"), stay.rings().stream().map(GatewayCall.Ring::extension).toList());
    assertEquals(Duration.ofNanos(20_183_663_000L), stay.rings().getFirst().ringing());
    GatewayCall.Stay takenBack =
        GatewayCalls.of(
                queueLog(log.replace("RINGNOANSWER", "RINGCANCELED")),
                details(lines),
                Set.of(CALLER))
            .getFirst()
            .stays()
            .getFirst();
    assertEquals(List.of(), takenBack.rings());
  }

  /** Handed on and not answered, the caller comes to a queue within the same second. */
  @Test
  void aPhoneThatNoQueueDialledIsOfNoStay() {
    String handedOn =
        DETAILS.replace(
            "\"Local/8101@cti-agents-25;1\",\"Queue\"", "\"Local/8101@cti-agents-25;1\",\"Dial\"");

    GatewayCall call = call(QUEUE_LOG, handedOn);

    assertEquals(
        List.of("8102"),
        call.stays().getFirst().rings().stream().map(GatewayCall.Ring::extension).toList());
    assertEquals(
        List.of("8101"), call.handedOn().stream().map(each -> each.ring().extension()).toList());
  }

  @Test
  void offersThatWereTakenBackAreKnownByTheirMembers() {
    String log =
        QUEUE_LOG
            .replace("|2102|CONNECT|6|1795300501.149|1", "|2102|RINGCANCELED|900")
            .replace("|2102|COMPLETEAGENT|6|5|1", "|NONE|ABANDON|1|1|6");

    Stay stay = call(log, DETAILS).stays().getFirst();

    assertEquals(List.of("2102"), stay.cancelled());
    assertEquals(1, stay.ringsInVain());
  }

  /** A thawed gateway: the caller left at 507.75, the channels of the phone two seconds later. */
  @Test
  void aPhoneThatLingersBehindItsCallerMakesTheCallLongerAndNotTheTalk() {
    String lingering = DETAILS.replace("1795300507.700000", "1795300509.950000");

    GatewayCall call = call(QUEUE_LOG, lingering);

    assertEquals(Duration.ofMillis(16_700), call.span().orElseThrow().length());
    assertEquals(
        Optional.of(Duration.ofMillis(5_650)), call.stays().getFirst().rings().get(1).talk());
  }

  @Test
  void aCallWithoutADetailRecordIsKnownByItsStay() {
    String unfinished = QUEUE_LOG.lines().limit(2).reduce("", (all, line) -> all + line + "\n");

    GatewayCall call = GatewayCalls.of(queueLog(unfinished), List.of(), Set.of(CALLER)).getFirst();

    assertEquals(Optional.empty(), call.span());
    assertEquals(Optional.empty(), call.stays().getFirst().end());
  }

  @Test
  void ringsBelongToTheStayInWhichTheyBegan() {
    String overflow =
        """
        1795300496|1795300493.147|cti-load-zj|NONE|ENTERQUEUE||12400000007|1
        1795300500|1795300493.147|cti-load-zj|NONE|EXITWITHTIMEOUT|1|1|4
        1795300501|1795300493.147|cti-load-desktop|NONE|ENTERQUEUE||12400000007|1
        1795300502|1795300493.147|cti-load-desktop|2102|CONNECT|1|1795300501.149|1
        """;

    List<Stay> stays = call(overflow, DETAILS).stays();

    assertEquals(2, stays.size());
    assertEquals(
        List.of(List.of("8101"), List.of("8102")),
        stays.stream()
            .map(stay -> stay.rings().stream().map(GatewayCall.Ring::extension).toList())
            .toList());
  }

  /**
   * How an agent asked somebody, and the roles that the phone which was asked must have then.
   *
   * @param nearEnd whether the near half of the consultation met the caller
   */
  private record Asked(String what, String end, boolean nearEnd, Role role) {}

  @TestFactory
  Stream<DynamicTest> whoWasAskedHasTheRoleThatTheLogsTell() {
    String dialled =
        """
        "1795300493.147","1795300503.150","6","8102","8167","cti-transfer-agent","Local/8167@cti-transfer-27;2","Local/8167@cti-agents-28;1","Dial","1795300503.500000","1795300503.900000","1795300509.000000","ANSWERED"
        "1795300493.147","1795300503.151","7","8102","8167","cti-agents","Local/8167@cti-agents-28;2","PJSIP/ipoffice-4c","Dial","1795300503.600000","1795300504.000000","1795300509.000000","ANSWERED"
        """;
    String nearEnd =
        """
        "1795300493.147","1795300503.149","8","8167","8167","cti-transfer","Local/8167@cti-transfer-27;1","","","1795300506.000000","1795300506.000000","1795300509.000000","ANSWERED"
        """;
    return Stream.of(
            new Asked("handed over", "ATTENDEDTRANSFER|BRIDGE|b1|6|5|1", true, Role.TRANSFERRED_TO),
            new Asked("all together", "COMPLETEAGENT|6|5|1", true, Role.CONFERENCED),
            new Asked("taken back", "COMPLETEAGENT|6|5|1", false, Role.CONSULTED))
        .map(
            asked ->
                DynamicTest.dynamicTest(
                    asked.what(),
                    () -> {
                      GatewayCall call =
                          GatewayCalls.of(
                                  queueLog(QUEUE_LOG.replace("COMPLETEAGENT|6|5|1", asked.end())),
                                  details(DETAILS + dialled + (asked.nearEnd() ? nearEnd : "")),
                                  Set.of(CALLER))
                              .getFirst();
                      assertEquals(asked.role() == Role.TRANSFERRED_TO, call.transferred());
                      assertTrue(call.consulted());
                      assertEquals(2, call.stays().getFirst().rings().size());
                      GatewayCall.HandedOn colleague = call.handedOn().getFirst();
                      assertEquals(1, call.handedOn().size());
                      assertEquals(asked.role(), colleague.role());
                      assertEquals("8167", colleague.ring().extension());
                      // With the caller until the caller left; about them for as long as it took.
                      assertEquals(
                          Optional.of(Duration.ofMillis(asked.nearEnd() ? 3_750 : 5_000)),
                          colleague.ring().talk());
                    }));
  }

  @Test
  void aTimeIsReadToTheMicrosecond() {
    assertEquals(Instant.parse("2026-11-21T22:34:53.25Z"), details(DETAILS).getFirst().start());
  }

  @Test
  void aLineOfAnotherFormIsRefusedWithWhatItHolds() {
    Stream.of(
            "\"a\",\"b\"", DETAILS.lines().findFirst().orElseThrow().replace("1795300493.25", "x"))
        .forEach(
            line -> {
              String message =
                  assertThrows(IllegalArgumentException.class, () -> LoadLine.parse(line))
                      .getMessage();
              assertTrue(message.contains("expected") && message.contains(line), message);
            });
  }
}
