package cti.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the bridge writes to its log, as somebody reads it. */
public final class LogLines extends Handler implements AutoCloseable {
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<Throwable> traces = new CopyOnWriteArrayList<>();

  /** Held here, for its manager holds it weakly. */
  private final Logger log = Logger.getLogger("cti.bridge");

  private LogLines() {}

  /** From now on. */
  public static LogLines read() {
    LogLines lines = new LogLines();
    lines.log.addHandler(lines);
    return lines;
  }

  /** Warnings and errors. */
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      warnings.add(formatter.formatMessage(line));
    }
    if (line.getThrown() != null && line.getLevel().intValue() >= Level.INFO.intValue()) {
      traces.add(line.getThrown());
    }
  }

  @Override
  public void flush() {
    // Nothing is kept back.
  }

  /** Reads no more; what was read shows no stack trace. */
  @Override
  public void close() {
    log.removeHandler(this);
    assertEquals(List.of(), traces, "stack traces");
  }
}
