package cti.bridge.app;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A plain log on stderr, one line a change. A stack trace only where something is a fault of ours.
 */
final class Logging {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private Logging() {}

  static void begin(boolean verbose) {
    LogManager.getLogManager().reset();
    ConsoleHandler out = new ConsoleHandler();
    out.setLevel(Level.ALL);
    out.setFormatter(new Line());
    Logger root = Logger.getLogger("");
    root.addHandler(out);
    root.setLevel(Level.INFO);
    Logger.getLogger("cti.bridge").setLevel(verbose ? Level.FINE : Level.INFO);
  }

  private static final class Line extends Formatter {
    @Override
    public String format(LogRecord record) {
      String time =
          TIME.format(LocalDateTime.ofInstant(record.getInstant(), ZoneId.systemDefault()));
      StringBuilder line = new StringBuilder();
      line.append(time)
          .append(' ')
          .append(record.getLevel().getName())
          .append(' ')
          .append(formatMessage(record))
          .append(System.lineSeparator());
      if (record.getThrown() != null) {
        java.io.StringWriter trace = new java.io.StringWriter();
        record.getThrown().printStackTrace(new java.io.PrintWriter(trace));
        line.append(trace);
      }
      return line.toString();
    }
  }
}
