package cti.server.app;

import cti.core.agent.DriftKind;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.port.JournalRecord;
import cti.core.port.PushSink;
import java.util.List;
import java.util.function.Consumer;

/** Counts what the watchdog puts right, on the way to the screens. */
record HealingCounts(PushSink screens, Consumer<DriftKind> healed) implements PushSink {
  @Override
  public void published(List<JournalRecord> records, long receivedNanos) {
    for (JournalRecord journalled : records) {
      if (journalled.event() instanceof DriftHealed event) {
        healed.accept(event.kind());
      }
    }
    screens.published(records, receivedNanos);
  }
}
