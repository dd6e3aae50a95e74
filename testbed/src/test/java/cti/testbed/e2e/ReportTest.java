package cti.testbed.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aLineAScenarioAndTheClosingLineAlone() {
    Report report = report(false);
    report.add(Result.passed("one", Duration.ofMillis(4_240)));
    report.add(Result.failed("two", Duration.ofMillis(900), "expected 1, seen: 2"));
    report.figure("event to screen: p50 1 ms");
    report.close();

    assertEquals(
        """
        ok   one … 4.2 s
        FAIL two … 0.9 s: expected 1, seen: 2
        event to screen: p50 1 ms
        1 passed, 1 failed
        """,
        printed());
    assertFalse(report.allPassed());
  }

  @Test
  void coloursOnlyWhereAskedFor() {
    report(true).add(Result.passed("one", Duration.ZERO));

    assertEquals("\u001b[32mok  \u001b[0m one … 0.0 s\n", printed());
  }

  @Test
  void nothingPlayedIsNoSuccess() {
    assertTrue(report(false).isEmpty());
  }

  @Test
  void figuresOfTheMetrics() {
    var figures =
        EventToScreen.of(
            """
            # TYPE cti_event_to_screen_seconds summary
            cti_event_to_screen_seconds{quantile="0.5"} 0.0085
            cti_event_to_screen_seconds{quantile="0.99"} 0.053
            cti_event_to_screen_seconds_count 1695
            cti_event_to_screen_seconds_sum 20.1
            cti_event_to_screen_seconds_max 0.1452
            """);

    assertEquals(new EventToScreen(0.0085, 0.053, 0.1452, 1695), figures);
    assertEquals(
        "event to screen: p50 8.5 ms, p99 53.0 ms, longest 145.2 ms over 1695 events (from"
            + " /metrics, MySQL)",
        figures.line("MySQL"));
    var fault = assertThrows(IllegalArgumentException.class, () -> EventToScreen.of("up 1\n"));
    assertTrue(fault.getMessage().contains("cti_event_to_screen_seconds"), fault.getMessage());
  }

  private Report report(boolean colours) {
    return new Report(new PrintStream(bytes, true, StandardCharsets.UTF_8), colours);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
