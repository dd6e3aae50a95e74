package cti.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.call.EventCause;
import cti.core.call.QueueOutcome;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.id.CallId;
import cti.core.id.QueueName;
import cti.core.id.VisitId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueWaitsTest {
  private static final QueueName QUEUE = new QueueName("cti-gz");
  private final QueueWaits waits = new QueueWaits();
  private Instant now = Instant.parse("2026-11-23T02:00:00Z");
  private int calls;

  private int comes() {
    calls++;
    waits.apply(
        new Queued(
            new CallId("gw1:" + calls),
            now,
            EventCause.NORMAL,
            new VisitId("v" + calls),
            QUEUE,
            Optional.empty(),
            1));
    return calls;
  }

  private void leaves(int call, QueueOutcome how) {
    waits.apply(
        new QueueVisitEnded(
            new CallId("gw1:" + call), now, EventCause.NORMAL, new VisitId("v" + call), how, 1));
  }

  private void waited(int seconds, QueueOutcome how) {
    int call = comes();
    now = now.plusSeconds(seconds);
    leaves(call, how);
  }

  @Test
  void nothingIsToldOfTooFew() {
    for (int i = 0; i < QueueWaits.LEAST - 1; i++) {
      waited(30, QueueOutcome.ANSWERED);
    }
    waited(500, QueueOutcome.ABANDONED);
    assertEquals(Optional.empty(), waits.expected(QUEUE, now));
    waited(30, QueueOutcome.ANSWERED);
    assertEquals(Optional.of(Duration.ofSeconds(30)), waits.expected(QUEUE, now));
  }

  @Test
  void whoIsFurtherBackWaitsLonger() {
    for (int i = 0; i < 5; i++) {
      waited(30, QueueOutcome.ANSWERED);
    }
    comes();
    int second = comes();
    assertEquals(2, waits.waitingIn(QUEUE));
    assertEquals(Optional.of(Duration.ofSeconds(90)), waits.expected(QUEUE, now));
    leaves(second, QueueOutcome.LEFT_BY_KEY);
    assertEquals(Optional.of(Duration.ofSeconds(60)), waits.expected(QUEUE, now));
  }

  @Test
  void whatIsOldCountsNoLonger() {
    for (int i = 0; i < 5; i++) {
      waited(30, QueueOutcome.ANSWERED);
    }
    now = now.plus(QueueWaits.WINDOW).plusSeconds(1);
    assertEquals(Optional.empty(), waits.expected(QUEUE, now));
  }

  @Test
  void aQueueThatNobodyKnowsHasNoFigure() {
    assertEquals(Optional.empty(), waits.expected(new QueueName("cti-hq"), now));
    assertEquals(0, waits.waitingIn(new QueueName("cti-hq")));
  }
}
