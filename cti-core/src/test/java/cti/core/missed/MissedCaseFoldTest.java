package cti.core.missed;

import static cti.core.missed.CaseState.CLOSED;
import static cti.core.missed.CaseState.OPEN;
import static cti.core.missed.CaseState.RECOVERED;
import static cti.core.missed.CaseState.RETURNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.MissedCaseId;
import cti.core.id.StaffId;
import cti.core.missed.Closing.ByHand;
import cti.core.missed.Closing.ByTalk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of docs/adr/0004-missed-cases.md, one by one. Minutes count from 08:00. */
class MissedCaseFoldTest {
  private static final String OFFICE = "0757-8888 8001";
  private static final String MOBILE = "13800000001";
  private static final String SHARED = "8050";
  private static final String UNKNOWN = "02088880000";

  private final CaseFacts day = new CaseFacts();

  private List<MissedCase> cases() {
    return MissedCaseFold.cases(day.facts(), MissedCaseFold.WINDOW);
  }

  private MissedCase only() {
    List<MissedCase> cases = cases();
    assertEquals(1, cases.size(), cases.toString());
    return cases.getFirst();
  }

  private List<CaseState> states() {
    return cases().stream().map(MissedCase::state).toList();
  }

  @Test
  void repeatedCallsOfOnePersonAreOneCase() {
    day.missed("c1", 0, "gz", OFFICE, "0001");
    day.missed("c2", 5, "gz", MOBILE, "0001");
    day.missed("c3", 9, "gz", OFFICE, "0001");
    MissedCase found = only();
    assertEquals(new MissedCaseId("c1"), found.id());
    assertEquals(3, found.calls().size());
    assertEquals(OPEN, found.state());
    assertEquals(List.of(OFFICE, MOBILE), found.numbers());
    assertEquals(List.of(new StaffId("0001")), found.people());
    assertEquals(CaseFacts.at(0), found.openedAt());
    assertEquals(CaseFacts.at(9), found.lastMissedAt());
  }

  @Test
  void aRedialFromTheMobileClearsTheDeskPhonesMiss() {
    day.missed("c1", 0, "gz", OFFICE, "0001");
    day.answered("c2", 5, 8, "2001", MOBILE, "0001");
    MissedCase found = only();
    assertEquals(RECOVERED, found.state());
    ByTalk talk = (ByTalk) found.closing().orElseThrow();
    assertEquals("c2", talk.call().value());
    assertEquals(CaseFacts.at(5), talk.at());
    assertEquals("2001", talk.agent().orElseThrow().value());
  }

  @Test
  void anAnswerAtAnyDeskClosesTheCasesOfEveryDesk() {
    day.missed("c1", 0, "gz", OFFICE, "0001");
    day.missed("c2", 5, "erp", MOBILE, "0001");
    assertEquals(List.of(OPEN, OPEN), states());
    day.answered("c3", 6, 7, "2001", OFFICE, "0001");
    assertEquals(List.of(RECOVERED, RECOVERED), states());
  }

  @Test
  void callingBackReturnsTheCaseByPersonOrByNumber() {
    day.missed("c1", 0, "gz", OFFICE, "0001");
    day.missed("c2", 1, "gz", UNKNOWN);
    day.calledBack("c3", 10, 12, MOBILE, "0001");
    day.calledBack("c4", 20, 21, "9" + UNKNOWN);
    assertEquals(List.of(RETURNED, RETURNED), states());
  }

  @Test
  void talkBeforeTheMissOrWithSomebodyElseClosesNothing() {
    day.answered("c0", 0, 1, "2001", OFFICE, "0001");
    day.missed("c1", 2, "gz", OFFICE, "0001");
    day.answered("c2", 3, 4, "2001", "13800000002", "0002");
    day.answered("c3", 3, 4, "2001", "");
    assertEquals(OPEN, only().state());
  }

  @Test
  void afterATalkTheNextMissIsANewCase() {
    day.missed("c1", 0, "gz", OFFICE, "0001");
    day.answered("c2", 5, 8, "2001", OFFICE, "0001");
    day.missed("c3", 9, "gz", OFFICE, "0001");
    assertEquals(List.of(RECOVERED, OPEN), states());
  }

  @Test
  void missedOnOneLineWhileTalkingOnTheOtherIsSettled() {
    day.missed("c1", 0, "gz", OFFICE, "0001");
    day.answered("c2", 5, 15, "2001", MOBILE, "0001");
    day.missed("c3", 6, "gz", OFFICE, "0001");
    day.missed("c4", 7, "erp", OFFICE, "0001");
    assertEquals(List.of(RECOVERED, RECOVERED), states());
    assertEquals(2, cases().getFirst().calls().size());
  }

  @Test
  void aTalkWithoutAnEndIsBelievedForADay() {
    day.answered("c1", 0, -1, "2001", OFFICE, "0001");
    day.missed("c2", 24 * 60, "gz", OFFICE, "0001");
    day.missed("c3", 24 * 60 + 1, "gz", OFFICE, "0001");
    assertEquals(List.of(RECOVERED, OPEN), states());
  }

  @Test
  void theWindowIsADayFromTheFirstMiss() {
    day.missed("c1", 0, "gz", OFFICE, "0001");
    day.missed("c2", 24 * 60, "gz", OFFICE, "0001");
    day.missed("c3", 24 * 60 + 1, "gz", OFFICE, "0001");
    assertEquals(List.of(2, 1), cases().stream().map(one -> one.calls().size()).toList());
    day.answered("c4", 24 * 60 + 2, 24 * 60 + 3, "2001", MOBILE, "0001");
    assertEquals(List.of(RECOVERED, RECOVERED), states(), "older ones too");
    assertEquals(
        3, MissedCaseFold.cases(day.facts(), Duration.ofSeconds(30)).size(), "another window");
  }

  @Test
  void aSharedLineIsGroupedByNumberAndNobodyIsPicked() {
    day.missed("c1", 0, "gz", SHARED, "0001", "0002");
    day.missed("c2", 1, "gz", SHARED, "0001", "0002");
    day.missed("c3", 2, "gz", MOBILE, "0001");
    assertEquals(2, cases().size());
    assertEquals(List.of(new StaffId("0001"), new StaffId("0002")), cases().getFirst().people());
    day.answered("c4", 5, 6, "2001", MOBILE, "0001");
    assertEquals(List.of(OPEN, RECOVERED), states(), "it may have been the other");
    day.answered("c5", 7, 8, "2001", SHARED, "0001", "0002");
    assertEquals(List.of(RECOVERED, RECOVERED), states());
  }

  @Test
  void aCallThatIsBothSettlesWhoANumberBelongsTo() {
    day.missed("c1", 0, "gz", SHARED, "0001", "0002");
    day.missed("c2", 1, "gz", SHARED, "0001");
    assertEquals(List.of(new StaffId("0001")), only().people());
    day.answered("c3", 5, 6, "2001", MOBILE, "0001");
    assertEquals(RECOVERED, only().state());
  }

  @Test
  void withheldNumbersAreNeverGroupedAndClosedByHandOnly() {
    day.missed("c1", 0, "gz", "");
    day.missed("c2", 1, "gz", "anonymous");
    day.answered("c3", 2, 3, "2001", "");
    assertEquals(List.of(OPEN, OPEN), states());
    day.closed("c1", 4, "无法回拨");
    assertEquals(List.of(CLOSED, OPEN), states());
  }

  @Test
  void theStaticQueuesAreToldApartByName() {
    day.missedAtQueue("c1", 0, "q-fallback", OFFICE, "0001");
    day.missedAtQueue("c2", 1, "q-fallback", OFFICE, "0001");
    day.missedAtQueue("c3", 2, "q-other", OFFICE, "0001");
    assertEquals(2, cases().size());
    assertEquals(Optional.empty(), cases().getFirst().desk());
  }

  @Test
  void closedByHandWithAReasonUntilTheNextMissOrReopened() {
    day.missed("c1", 0, "gz", OFFICE, "0001");
    day.closed("c1", 5, "面谈解决");
    ByHand hand = (ByHand) only().closing().orElseThrow();
    assertEquals("面谈解决", hand.reason());
    assertEquals("agent1", hand.by());
    day.closed("c1", 6, "再次");
    assertEquals(hand, only().closing().orElseThrow(), "closed once");
    day.missed("c2", 7, "gz", OFFICE, "0001");
    assertEquals(List.of(CLOSED, OPEN), states());
    day.reopened("c1", 8);
    assertEquals(List.of(OPEN, OPEN), states());
  }

  @Test
  void aReopenedCaseIsClosedByTheTalkThatCameMeanwhile() {
    day.missed("c1", 0, "gz", OFFICE, "0001");
    day.closed("c1", 5, "误操作");
    day.answered("c2", 6, 7, "2001", OFFICE, "0001");
    assertEquals(CLOSED, only().state(), "a person's word stands");
    day.reopened("c1", 8);
    assertEquals(RECOVERED, only().state());
    day.reopened("c1", 9);
    assertEquals(RECOVERED, only().state(), "a talk is not taken back");
  }

  @Test
  void whatIsHeardOfLateIsTakenWhereItBelongs() {
    day.missed("c2", 10, "gz", OFFICE, "0001");
    day.missed("c4", 30, "gz", OFFICE, "0001");
    assertEquals(2, only().calls().size());
    day.answered("c3", 20, 21, "2001", MOBILE, "0001");
    assertEquals(List.of(RECOVERED, OPEN), states());
    day.missed("c1", 5, "gz", OFFICE, "0001");
    assertEquals(List.of(RECOVERED, OPEN), states());
    assertEquals(new MissedCaseId("c1"), cases().getFirst().id());
    assertTrue(
        cases().getFirst().calls().stream().anyMatch(call -> call.call().value().equals("c2")));
  }
}
