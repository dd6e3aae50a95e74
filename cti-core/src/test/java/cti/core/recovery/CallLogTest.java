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
  private static final String CALLER = "1795866491.18511";

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
    for (boolean heard : List.of(false, true)) {
      CallLog log = new CallLog(CALLER);
      log.add(
          line(
              "1795866298.14050",
              new Party("8130", "8144", "cti-agents", "Local/8144@cti-agents-924;2"),
              new Ran("Dial", "PJSIP/ipoffice-deb", "8144"),
              "58.782",
              "59.235",
              "59.252"));
      log.add(
          line(
              "1795866298.14048",
              new Party("8130", "8144", "cti-transfer-agent", "Local/8144@cti-transfer-923;2"),
              new Ran("Dial", "Local/8144@cti-agents-924;1", "8144@cti-agents"),
              "58.777",
              heard ? "59.236" : "",
              "59.237"));
      LoggedPart part = log.told(Dialplan.NAMES, true).parts().getFirst();
      assertEquals(heard, part.answeredAt().isPresent());
      assertEquals(heard ? RingOutcome.ANSWERED : RingOutcome.NO_ANSWER, part.outcome());
      assertEquals(second("59.252"), part.endedAt());
    }
  }

  /**
   * Found by the fault gateway-frozen: a phone was answered as the queue gave it up, and the next
   * one rang in vain within the same two seconds.
   */
  @Test
  void aPhoneThatWasAnsweredAsItWasGivenUpIsThatOfItsOwnLine() {
    CallLog log = new CallLog(CALLER);
    entries(
            "1795866474|1795866491.18511|cti-load-desktop|NONE|ENTERQUEUE||13900000186|2",
            "1795866496|1795866491.18511|cti-load-desktop|2142|RINGNOANSWER|4000",
            "1795866497|1795866491.18511|cti-load-desktop|2143|RINGCANCELED|515",
            "1795866497|1795866491.18511|cti-load-desktop|NONE|ABANDON|1|2|23")
        .forEach(log::add);
    log.add(
        line(
            "1795866475.46625",
            new Party("13900000186", "8142", "cti-agents", "Local/8142@cti-agents-7f;2"),
            new Ran("Dial", "PJSIP/ipoffice-2e84", "8142"),
            "05.751661",
            "16.238147",
            "16.392144"));
    log.add(
        line(
            "1795866497.46895",
            new Party("13900000186", "8143", "cti-agents", "Local/8143@cti-agents-8d;2"),
            new Ran("Dial", "PJSIP/ipoffice-2ef0", "8143"),
            "17.288290",
            "",
            "17.804835"));
    assertEquals(
        List.of("2142 at 8142 NO_ANSWER", "2143 at 8143 CALLER_GONE"),
        log.told(Dialplan.NAMES, true).stays().getFirst().rings().stream()
            .map(
                ring ->
                    ring.member().orElseThrow()
                        + " at "
                        + ring.extension().orElseThrow()
                        + " "
                        + ring.outcome())
            .toList());
  }

  /** Found by the fault killed-in-write: with 90 waiting, app_queue connected the two late. */
  @Test
  void aTalkBeginsWhereThePhoneWasAnswered() {
    CallLog log = new CallLog(CALLER);
    entries(
            "1795866471|1795866491.18511|cti-fallback|NONE|ENTERQUEUE||13900000186|25",
            "1795866500|1795866491.18511|cti-fallback|8003|CONNECT|29|1795866494.4486|3",
            "1795866502|1795866491.18511|cti-fallback|8003|COMPLETECALLER|29|2|25")
        .forEach(log::add);
    log.add(
        line(
            "1795866494.4487",
            new Party("13900000186", "8003", "cti-agents", "Local/8003@cti-agents-257;2"),
            new Ran("Dial", "PJSIP/ipoffice-53d", "8003"),
            "14.522285",
            "18.462813",
            "22.967793"));
    LoggedRing ring = log.told(Dialplan.NAMES, true).stays().getFirst().answered().orElseThrow();
    assertEquals(second("18.462813"), ring.talk().orElseThrow().answeredAt());
    assertEquals(second("14.522285"), ring.startedAt());
  }

  /**
   * Found by the fault screens: the record of the caller's channel ends where the agent puts them
   * on hold; queue_log alone knows when they hung up, to the second.
   */
  @Test
  void whoHangsUpOnHoldLeftThen() {
    assertEquals(
        Optional.of(Instant.parse("2026-11-28T11:48:28.500Z")),
        talkEnded(heldAndHungUp("Local/8166@cti-transfer-ced;1")));
    assertEquals(
        Optional.of(Instant.parse("2026-11-28T11:48:28.500Z")),
        talkEnded(heldAndHungUp("Local/1@cti-hold-ced;1")));
  }

  /** app_queue may write its line behind the second in which the caller left. */
  @Test
  void whoWasNotOnHoldLeftWhenTheirRecordEnds() {
    assertEquals(
        Optional.of(Instant.parse("2026-11-28T11:48:27.501552Z")),
        talkEnded(heldAndHungUp("PJSIP/ipoffice-1251")));
  }

  /** Who was asked by way of a queue has a line of their own, and may be left later. */
  @Test
  void theEndOfAConsultationIsNotTheCallers() {
    CallLog log = heldAndHungUp("Local/8166@cti-transfer-ced;1");
    entries(
            "1795866507|1795866507.19882|cti-load-gz|NONE|ENTERQUEUE||8133|1",
            "1795866508|1795866507.19882|cti-load-gz|2166|CONNECT|1|1795866507.19990|1",
            "1795866510|1795866507.19882|cti-load-gz|2166|COMPLETECALLER|1|2|1")
        .forEach(log::add);
    assertEquals(Optional.of(Instant.parse("2026-11-28T11:48:28.500Z")), talkEnded(log));
  }

  private static Optional<Instant> talkEnded(CallLog log) {
    return log.told(Dialplan.NAMES, true)
        .stays()
        .getFirst()
        .answered()
        .orElseThrow()
        .talk()
        .orElseThrow()
        .endedAt();
  }

  /**
   * A caller whose record ends in the moment in which the agent's own record begins anew.
   *
   * @param reached what the agent's channel reached for then
   */
  private static CallLog heldAndHungUp(String reached) {
    CallLog log = new CallLog(CALLER);
    entries(
            "1795866498|1795866491.18511|cti-load-mz|NONE|ENTERQUEUE||13900000186|4",
            "1795866500|1795866491.18511|cti-load-mz|2133|CONNECT|2|1795866499.19158|1",
            "1795866508|1795866491.18511|cti-load-mz|2133|COMPLETECALLER|2|8|4")
        .forEach(log::add);
    log.add(
        line(
            CALLER,
            new Party("13900000186", "8000", "cti-hotline", "PJSIP/ipoffice-1251"),
            new Ran("Queue", "Local/8133@cti-agents-c7b;1", ""),
            "11.892033",
            "11.949962",
            "27.501552"));
    log.add(
        line(
            "1795866499.19159",
            new Party("8166", "8133", "cti-agents", "Local/8133@cti-agents-c7b;2"),
            new Ran("Dial", "PJSIP/ipoffice-12ef", "8133"),
            "19.524341",
            "20.738769",
            "29.649931"));
    log.add(
        line(
            "1795866499.19158",
            new Party("8133", "8000", "cti-agents", "Local/8133@cti-agents-c7b;1"),
            new Ran("AppQueue", reached, ""),
            "27.501639",
            "27.501639",
            "29.652989"));
    return log;
  }

  /**
   * A call detail record, times in seconds of one minute.
   *
   * @param answer empty for none
   */
  private static CallDetail line(
      String channel, Party who, Ran last, String start, String answer, String end) {
    Optional<Instant> answered =
        Optional.of(answer).filter(text -> !text.isEmpty()).map(CallLogTest::second);
    return new CallDetail(
        CALLER,
        channel,
        who,
        last,
        new Times(second(start), answered, second(end)),
        answered.isPresent() ? "ANSWERED" : "NO ANSWER",
        Optional.empty());
  }

  private static Instant second(String of) {
    return Instant.parse("2026-11-28T11:48:" + of + "Z");
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
