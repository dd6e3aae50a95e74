package cti.server.db.calls;

import cti.core.call.CallOutcome;
import cti.core.call.EventCause;
import cti.core.call.QueueOutcome;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent;
import cti.core.port.JournalRecord;
import cti.server.db.Database;
import cti.server.db.EmbeddedMariaDb;
import cti.server.db.SampleCatalog;
import cti.server.db.directory.DirectoryStore;
import cti.server.event.EventCodec;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How many calls a second the record store takes, alone with the embedded database: a main method,
 * no test. Calls come in batches of half a second at 250 a second, the events of each spread over
 * five batches; 5,000 people call in turn, a tenth is missed.
 */
final class StoreTiming {
  private static final int CALLS = 20_000;
  private static final int CALLS_A_BATCH = 125;
  private static final int BATCHES_A_CALL = 5;
  private static final int PEOPLE = 5_000;
  private static final Instant BEGIN = Instant.parse("2026-11-21T08:00:00Z");

  private StoreTiming() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("store-timing");
    try (EmbeddedMariaDb server = EmbeddedMariaDb.start(folder, 0);
        Database database = Database.open(server.address(), 4)) {
      new DirectoryStore(database).replace(SampleCatalog.catalog());
      MySqlRecordStore store = new MySqlRecordStore(database, new EventCodec());
      Deque<List<? extends CallEvent>> underWay = new ArrayDeque<>();
      long sequence = 0;
      long begin = System.nanoTime();
      long cpu = cpu();
      for (int call = 0; call < CALLS; ) {
        List<JournalRecord> batch = new ArrayList<>();
        for (int i = 0; i < CALLS_A_BATCH; i++) {
          underWay.add(events(call++));
        }
        for (int i = underWay.size(); i > 0; i--) {
          List<? extends CallEvent> left = underWay.poll();
          int now = Math.min(left.size(), 12 / BATCHES_A_CALL + 1);
          for (CallEvent event : left.subList(0, now)) {
            batch.add(new JournalRecord(++sequence, event));
          }
          if (now < left.size()) {
            underWay.add(left.subList(now, left.size()));
          }
        }
        store.store(batch);
        if (call % 2_500 == 0) {
          double seconds = (System.nanoTime() - begin) / 1e9;
          System.out.printf(
              "%d calls: %.0f calls/s, %.0f records/s, our CPU %.2f ms a call%n",
              call,
              2_500 / seconds,
              2_500 * (double) sequence / call / seconds,
              (cpu() - cpu) / 2_500e6);
          begin = System.nanoTime();
          cpu = cpu();
        }
      }
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static List<? extends CallEvent> events(int call) {
    String id = "gw1:" + call;
    int person = call % PEOPLE;
    String number = "0138%08d".formatted(person);
    String begin = BEGIN.plusMillis(call * 4L).toString();
    CallScript script =
        new CallScript(id, begin).arrives(number).matched(100, "E" + person).queued(200);
    if (call % 10 == 0) {
      return script
          .rings(250, 1)
          .notAnswered(800, 1, RingOutcome.CALLER_GONE)
          .leaves(800, QueueOutcome.AGENT_NO_ANSWER, EventCause.CALL_CANCELLED)
          .missed(800, QueueOutcome.AGENT_NO_ANSWER)
          .ends(810, CallOutcome.ABANDONED_RINGING)
          .events();
    }
    return script
        .rings(250, 1)
        .answered(700, 1)
        .talkEnds(1_700, 1)
        .ends(1_710, CallOutcome.ANSWERED)
        .events();
  }
}
