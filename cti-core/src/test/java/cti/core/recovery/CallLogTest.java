package cti.core.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.call.RingOutcome;
import cti.core.engine.Dialplan;
import cti.core.id.Extension;
import cti.core.recovery.CallDetail.Party;
import cti.core.recovery.CallDetail.Ran;
import cti.core.recovery.CallDetail.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lines of queue_log as the gateway wrote them. */
class CallLogTest {
  @Test
  void theEndOfATalkMayBeToldBehindTheNextStay() {
    assertEquals(
        List.of("cti-hq-erp ANSWERED", "cti-hq-itil ANSWERED"),
        stays(
            "1795738381|1795738377.337|cti-hq-erp|NONE|ENTERQUEUE||13900000011|1",
            "1795738382|1795738377.337|cti-hq-erp|1005|CONNECT|1|1795738381.338|1",
            "1795738382|1795738377.337|cti-hq-itil|NONE|ENTERQUEUE||13900000011|1",
            "1795738382|1795738377.337|cti-hq-erp|1005|BLINDTRANSFER|cti-hq-itil|cti-transfer-desk|1|0|1",
            "1795738383|1795738377.337|cti-hq-itil|1006|CONNECT|1|1795738382.341|1",
            "1795738384|1795738377.337|cti-hq-itil|1006|COMPLETECALLER|1|1|1"));
  }

  @Test
  void whoIsHandedBackToTheSameQueueTalkedOnce() {
    assertEquals(
        List.of("cti-hq-erp ANSWERED", "cti-hq-erp ABANDONED"),
        stays(
            "1795738381|1795738377.337|cti-hq-erp|NONE|ENTERQUEUE||13900000011|1",
            "1795738382|1795738377.337|cti-hq-erp|1005|CONNECT|1|1795738381.338|1",
            "1795738392|1795738377.337|cti-hq-erp|NONE|ENTERQUEUE||13900000011|1",
            "1795738392|1795738377.337|cti-hq-erp|1005|BLINDTRANSFER|cti-hq-erp|cti-transfer-desk|1|10|1",
            "1795738395|1795738377.337|cti-hq-erp|NONE|ABANDON|1|1|3"));
  }

  @Test
  void aTimeLimitThatAnotherQueueFollowsIsAnOverflow() {
    assertEquals(
        List.of("cti-mz OVERFLOWED", "cti-hq-desktop ABANDONED"),
        stays(
            "1795738381|1795738377.4|cti-mz|NONE|ENTERQUEUE||13900000048|1",
            "1795738471|1795738377.4|cti-mz|NONE|EXITWITHTIMEOUT|1|1|90",
            "1795738475|1795738377.4|cti-hq-desktop|NONE|ENTERQUEUE||13900000048|1",
            "1795738480|1795738377.4|cti-hq-desktop|NONE|ABANDON|1|1|5"));
    assertEquals(
        List.of("cti-mz TIMED_OUT"),
        stays(
            "1795738381|1795738377.4|cti-mz|NONE|ENTERQUEUE||13900000048|1",
            "1795738471|1795738377.4|cti-mz|NONE|EXITWITHTIMEOUT|1|1|90"));
  }

  /**
   * Found by the fault database-stopped: the phone was answered two milliseconds before the caller
   * left, which whoever had dialled it never heard.
   */
  @Test
  void whoseAnswerCameToNobodyWasAskedInVain() {
    String caller = "1795866281.12790";
    Instant asked = Instant.parse("2026-11-28T11:44:58.782Z");
    Instant answered = Instant.parse("2026-11-28T11:44:59.235Z");
    Instant end = Instant.parse("2026-11-28T11:44:59.252Z");
    CallDetail leg =
        new CallDetail(
            caller,
            "1795866298.14050",
            new Party("8130", "8144", "cti-agents", "Local/8144@cti-agents-924;2"),
            new Ran("Dial", "PJSIP/ipoffice-deb", "8144"),
            new Times(asked, Optional.of(answered), end),
            "ANSWERED",
            Optional.empty());
    for (boolean heard : List.of(false, true)) {
      CallLog log = new CallLog(caller);
      log.add(leg);
      log.add(
          new CallDetail(
              caller,
              "1795866298.14048",
              new Party("8130", "8144", "cti-transfer-agent", "Local/8144@cti-transfer-923;2"),
              new Ran("Dial", "Local/8144@cti-agents-924;1", "8144@cti-agents"),
              new Times(asked, Optional.of(answered).filter(_ -> heard), end),
              heard ? "ANSWERED" : "NO ANSWER",
              Optional.empty()));
      LoggedPart part = log.told(Dialplan.NAMES, true).parts().getFirst();
      assertEquals(heard, part.answeredAt().isPresent());
      assertEquals(heard ? RingOutcome.ANSWERED : RingOutcome.NO_ANSWER, part.outcome());
      assertEquals(end, part.endedAt());
    }
  }

  /**
   * Found by the fault screens: the record of the caller's channel ends where the agent puts them
   * on hold; queue_log alone knows when they hung up, to the second.
   */
  @Test
  void whoHangsUpOnHoldLeftThen() {
    String caller = "1795866491.18511";
    CallLog log = new CallLog(caller);
    entries(
            "1795866498|1795866491.18511|cti-load-mz|NONE|ENTERQUEUE||13900000186|4",
            "1795866500|1795866491.18511|cti-load-mz|2133|CONNECT|2|1795866499.19158|1",
            "1795866508|1795866491.18511|cti-load-mz|2133|COMPLETECALLER|2|8|4")
        .forEach(log::add);
    log.add(
        new CallDetail(
            caller,
            caller,
            new Party("13900000186", "8000", "cti-hotline", "PJSIP/ipoffice-1251"),
            new Ran("Queue", "Local/8133@cti-agents-c7b;1", ""),
            new Times(
                Instant.parse("2026-11-28T11:48:11.892033Z"),
                Optional.of(Instant.parse("2026-11-28T11:48:11.949962Z")),
                Instant.parse("2026-11-28T11:48:27.501552Z")),
            "ANSWERED",
            Optional.empty()));
    log.add(
        new CallDetail(
            caller,
            "1795866499.19159",
            new Party("8166", "8133", "cti-agents", "Local/8133@cti-agents-c7b;2"),
            new Ran("Dial", "PJSIP/ipoffice-12ef", "8133"),
            new Times(
                Instant.parse("2026-11-28T11:48:19.524341Z"),
                Optional.of(Instant.parse("2026-11-28T11:48:20.738769Z")),
                Instant.parse("2026-11-28T11:48:29.649931Z")),
            "ANSWERED",
            Optional.empty()));
    log.add(
        new CallDetail(
            caller,
            "1795866499.19158",
            new Party("8133", "8000", "cti-agents", "Local/8133@cti-agents-c7b;1"),
            new Ran("AppQueue", "Local/8166@cti-transfer-ced;1", ""),
            new Times(
                Instant.parse("2026-11-28T11:48:27.501639Z"),
                Optional.of(Instant.parse("2026-11-28T11:48:27.501639Z")),
                Instant.parse("2026-11-28T11:48:29.652989Z")),
            "ANSWERED",
            Optional.empty()));
    assertEquals(
        Optional.of(Instant.parse("2026-11-28T11:48:28.500Z")),
        log.told(Dialplan.NAMES, true)
            .stays()
            .getFirst()
            .answered()
            .orElseThrow()
            .talk()
            .orElseThrow()
            .endedAt());
  }

  /** Lines of queue_log alone: no channel has a name. */
  private static final DialplanNames NO_NAMES =
      new DialplanNames() {
        @Override
        public Optional<Extension> phone(String channelName) {
          return Optional.empty();
        }

        @Override
        public boolean consults(String channelName) {
          return false;
        }

        @Override
        public boolean handedOn(String context) {
          return false;
        }

        @Override
        public boolean leavesOnHold(String channelName) {
          return false;
        }
      };

  private static List<String> stays(String... lines) {
    CallLog log = new CallLog(lines[0].split("\\|")[1]);
    entries(lines).forEach(log::add);
    return log.told(NO_NAMES, false).stays().stream()
        .map(stay -> stay.queue() + " " + stay.outcome().orElseThrow())
        .toList();
  }

  private static List<QueueLogEntry> entries(String... lines) {
    return Stream.of(lines)
        .map(line -> line.split("\\|", -1))
        .map(
            field ->
                new QueueLogEntry(
                    Instant.ofEpochSecond(Long.parseLong(field[0])),
                    field[1],
                    field[2],
                    field[3],
                    field[4],
                    List.of(field).subList(5, field.length)))
        .toList();
  }
}
