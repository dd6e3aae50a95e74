package cti.testbed.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.testbed.client.CallView;
import cti.testbed.client.CallView.CallerView;
import cti.testbed.client.CallView.EndView;
import cti.testbed.client.KeyView;
import cti.testbed.client.TimesView;
import cti.testbed.client.VisitView;
import cti.testbed.client.VisitView.AttemptView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallLinesTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
  private static final AttemptView SILENT =
      new AttemptView(
          Optional.of("1013"),
          "8017",
          AT,
          Optional.of("no-answer"),
          Optional.empty(),
          Optional.of(AT));
  private static final VisitView VISIT =
      new VisitView(
          "cti-zj",
          Optional.of("zj"),
          AT,
          Optional.of(AT),
          Optional.of("agent-no-answer"),
          List.of(SILENT));

  private final CallLines lines = new CallLines();

  @Test
  void callsHaveTheirNumbersInTheOrderInWhichTheyCome() {
    assertEquals(
        Optional.of("call 1  13900000054 员工0054 (VIP)  dials the hotline"),
        lines.line("ServiceInitiated", call("gw1:1")));
    assertEquals(
        Optional.of("call 2  13900000054 员工0054 (VIP)  dials the hotline"),
        lines.line("ServiceInitiated", call("gw1:2")));
    assertEquals(
        Optional.of("call 1  13900000054 员工0054 (VIP)  presses nothing in factory-offer"),
        lines.line("DigitsDialled", call("gw1:1")));
  }

  @Test
  void whatHappensToACall() {
    String who = "call 1  13900000054 员工0054 (VIP)  ";
    assertEquals(
        Optional.of(who + "rings at agent 1013 (phone 8017)"),
        lines.line("Delivered", call("gw1:1")));
    assertEquals(
        Optional.of(who + "rang at agent 1013: no-answer"), lines.line("Diverted", call("gw1:1")));
    assertEquals(
        Optional.of(who + "leaves the queue: agent-no-answer"),
        lines.line("QueueVisitEnded", call("gw1:1")));
    assertEquals(
        Optional.of(who + "is over: abandoned-in-queue, hung up by caller"),
        lines.line("CallCleared", call("gw1:1")));
    assertEquals(Optional.empty(), lines.line("Originated", call("gw1:1")));
  }

  private static CallView call(String id) {
    return new CallView(
        id,
        "inbound",
        AT,
        "13900000054",
        "8000",
        List.of(new CallerView("E0054", "员工0054", "湛江厂>设备部", true)),
        "ended",
        List.of(new KeyView("factory-offer", "")),
        Optional.of("zj"),
        Optional.of("cti-zj"),
        Optional.of("1013"),
        Optional.of("8017"),
        List.of(VISIT),
        List.of(),
        new TimesView(AT, 0, 0, 0, 0, 0, 0),
        true,
        "live",
        false,
        Optional.of(new EndView(AT, "abandoned-in-queue", "caller")));
  }
}
