package cti.server.agi;

import cti.core.engine.Command;
import cti.core.engine.FlowInput;
import cti.core.engine.Reply;
import cti.core.port.Mailbox;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the engine what happens in the flow. A full mailbox never holds a call up. */
final class EngineReports {
  private static final Logger LOG = LoggerFactory.getLogger(EngineReports.class);

  private final Mailbox mailbox;
  private final AgiCounters counters;
  private final AtomicBoolean full = new AtomicBoolean();

  EngineReports(Mailbox mailbox, AgiCounters counters) {
    this.mailbox = mailbox;
    this.counters = counters;
  }

  /** Hands a command in; the reply comes once what it did is on disk. */
  CompletionStage<Reply> ask(Command command) {
    return mailbox.ask(command);
  }

  /**
   * Hands a report in; logs once when the mailbox stops taking them, and when it takes them again.
   */
  void tell(FlowInput report) {
    if (mailbox.offer(report)) {
      if (full.compareAndSet(true, false)) {
        LOG.info("The engine takes reports of the flow again");
      }
      return;
    }
    counters.notTaken.increment();
    if (full.compareAndSet(false, true)) {
      LOG.warn(
          "The engine's mailbox is full or closed: reports of the flow are lost from a {} of"
              + " channel {} on; calls go on",
          report.getClass().getSimpleName(),
          report.channel());
    }
  }
}
