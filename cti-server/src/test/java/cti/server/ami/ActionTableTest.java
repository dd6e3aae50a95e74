package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Actions and answers on an event loop whose time stands still until the test moves it. */
class ActionTableTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final AmiCounters counters = new AmiCounters();
  private final ActionTable table =
      new ActionTable(channel.eventLoop(), new AmiBounds(128, 128, 8, 6), counters);

  ActionTableTest() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private CompletableFuture<AmiReply> send(String id) {
    assertTrue(table.reserve());
    CompletableFuture<AmiReply> future = new CompletableFuture<>();
    table.add(id, AmiAction.of("QueueStatus"), LIMIT, future);
    return future;
  }

  private void wait(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  private static AmiMessage response(String id, String more) {
    return AmiMessage.parse("Response: Success\nActionID: " + id + "\n" + more, 0);
  }

  private static AmiMessage row(String id, String more) {
    return AmiMessage.parse("Event: QueueMember\nActionID: " + id + "\n" + more, 0);
  }

  @Test
  void theTimeLimitIsExact() {
    CompletableFuture<AmiReply> late = send("a");
    wait(LIMIT.minusNanos(1));
    assertFalse(late.isDone());
    wait(Duration.ofNanos(1));
    assertEquals(
        "action QueueStatus had no answer within 5000 ms", late.exceptionNow().getMessage());
    assertEquals(0, table.inFlight());
    table.response(response("a", ""));
    assertEquals(1, counters.lateAnswers());
    table.response(response("a", ""));
    assertEquals(1, counters.unmatchedResponses());
  }

  @Test
  void anAnsweredActionHasNoTimerLeft() throws Exception {
    CompletableFuture<AmiReply> answered = send("a");
    table.response(response("a", "Message: done"));
    assertEquals("done", answered.get().message());
    wait(LIMIT.multipliedBy(2));
    assertEquals(0, counters.actionsTimedOut());
    assertEquals(0, table.inFlight());
  }

  @Test
  void actionsThatAreNeverAnsweredAreForgottenInTheEnd() {
    for (int action = 0; action < 100; action++) {
      send("a" + action);
      wait(LIMIT);
    }
    assertEquals(0, table.inFlight());
    table.response(response("a99", ""));
    assertEquals(1, counters.lateAnswers(), "the latest ones are still known");
    table.response(response("a0", ""));
    assertEquals(1, counters.unmatchedResponses(), "the oldest ones are not");
  }

  /**
   * A random world: actions are sent, answered singly or by lists, run out of time, the link goes;
   * events of nobody come in between. Each action ends once with what belongs to it, and every
   * event that is no row of a list is left to the listener.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void everyActionEndsOnceWithItsOwn(int seed) {
    Random random = new Random(seed);
    Map<String, CompletableFuture<AmiReply>> sent = new HashMap<>();
    Map<String, Integer> openLists = new HashMap<>();
    List<String> unanswered = new ArrayList<>();
    int[] ends = {0};
    for (int step = 0; step < 3_000; step++) {
      switch (random.nextInt(9)) {
        case 0, 1 -> {
          if (table.inFlight() < 8) {
            String id = "a" + step;
            CompletableFuture<AmiReply> future = send(id);
            future.whenComplete((reply, failure) -> ends[0]++);
            sent.put(id, future);
            unanswered.add(id);
          } else {
            assertFalse(table.reserve());
          }
        }
        case 2 -> {
          if (!unanswered.isEmpty()) {
            String id = unanswered.remove(random.nextInt(unanswered.size()));
            boolean waiting = !sent.get(id).isDone();
            table.response(response(id, ""));
            assertTrue(sent.get(id).isDone());
            assertEquals(waiting, !sent.get(id).isCompletedExceptionally(), id);
          }
        }
        case 3 -> {
          if (!unanswered.isEmpty()) {
            String id = unanswered.remove(random.nextInt(unanswered.size()));
            table.response(response(id, "EventList: start"));
            openLists.put(id, 0);
          }
        }
        case 4, 5 ->
            openLists.replaceAll(
                (id, rows) -> {
                  assertTrue(table.takes(row(id, "Row: " + rows)), id);
                  return rows + 1;
                });
        case 6 -> {
          if (!openLists.isEmpty()) {
            String id = openLists.keySet().iterator().next();
            int rows = openLists.remove(id);
            boolean waiting = !sent.get(id).isDone();
            assertTrue(table.takes(row(id, "EventList: Complete")), id);
            endOfList(sent.get(id), rows, waiting);
          }
        }
        case 7 -> {
          assertFalse(table.takes(AmiMessage.parse("Event: Newchannel", 0)));
          assertFalse(table.takes(row("other-client-1", "")));
          wait(Duration.ofMillis(random.nextInt(400)));
        }
        default -> {
          if (random.nextInt(40) == 0) {
            table.failAll(name -> new AmiLinkLostException(name, new LinkLoss.Stopped()));
            unanswered.clear();
            openLists.clear();
            sent.values().forEach(future -> assertTrue(future.isDone()));
            assertEquals(0, table.inFlight());
          }
        }
      }
      // The table forgets the oldest late ones; so does this world, before they can matter.
      while (unanswered.size() + openLists.size() > 8) {
        table.failAll(name -> new AmiLinkLostException(name, new LinkLoss.Stopped()));
        unanswered.clear();
        openLists.clear();
      }
    }
    table.failAll(name -> new AmiLinkLostException(name, new LinkLoss.Stopped()));
    assertEquals(sent.size(), ends[0], "each action ended once");
    assertEquals(0, table.inFlight());
    assertEquals(0, counters.unmatchedResponses());
  }

  private static void endOfList(CompletableFuture<AmiReply> future, int rows, boolean waiting) {
    assertTrue(future.isDone());
    if (!waiting) {
      return;
    }
    if (rows + 1 > 6) {
      assertInstanceOf(AmiListTooLongException.class, future.exceptionNow());
      return;
    }
    List<AmiMessage> events = future.resultNow().events();
    assertEquals(rows + 1, events.size());
    for (int row = 0; row < rows; row++) {
      assertEquals(Integer.toString(row), events.get(row).get("Row"));
    }
  }
}
