package cti.bench.codec;

import cti.bench.Figure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Events per second of CPU time: our decoder with eight headers read of each event, against
 * asterisk-java's reader, which makes an object of each. Rounds take turns on one thread.
 */
@Command(
    name = "ami-codec",
    description = "Recorded transcripts: our AMI decoder against asterisk-java's reader.")
public final class AmiCodecBench implements Callable<Integer> {
  private static final String AGAINST = "asterisk-java 3.42.2 ManagerReader";
  private static final int WARM_UP_ROUNDS = 6;
  private static final int OURS_MORE = 12;

  @Option(
      names = "--rounds",
      defaultValue = "15",
      description = "measured rounds of each, odd (default: ${DEFAULT-VALUE})")
  private int rounds;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Override
  public Integer call() throws IOException, ReflectiveOperationException {
    if (rounds < 3 || rounds > 999 || rounds % 2 == 0) {
      throw new IllegalArgumentException(
          "--rounds " + rounds + ", expected an odd number, 3 to 999");
    }
    Transcripts stream = Transcripts.read(24);
    OurReader ours = new OurReader();
    ReferenceReader reference = new ReferenceReader();
    double[] ourSpeed = new double[rounds];
    double[] theirSpeed = new double[rounds];
    int dispatched = 0;
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      long begin = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < OURS_MORE; i++) {
        same(stream.events(), ours.read(stream.bytes()));
      }
      long middle = threads.getCurrentThreadCpuTime();
      dispatched = reference.read(stream.bytes());
      long end = threads.getCurrentThreadCpuTime();
      if (round >= 0) {
        ourSpeed[round] = 1e9 * stream.events() * OURS_MORE / (middle - begin);
        theirSpeed[round] = 1e9 * stream.events() / (end - middle);
      }
    }
    report(stream, dispatched, median(ourSpeed), median(theirSpeed));
    if (ours.characters() == 0) {
      throw new IllegalStateException("no header had a value");
    }
    return 0;
  }

  private void report(Transcripts stream, int dispatched, double ours, double theirs) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("events", stream.events());
    conditions.put("bytes", stream.bytes().length);
    conditions.put("rounds", rounds);
    conditions.put("headersRead", 8);
    figure("ratio", ours / theirs, "x", conditions).against(AGAINST).print();
    figure("events_per_cpu_second", ours, "events/s", conditions).print();
    Map<String, Object> reference = new LinkedHashMap<>(conditions);
    reference.remove("headersRead");
    reference.put("reader", AGAINST);
    reference.put("eventsDispatched", dispatched);
    figure("events_per_cpu_second_reference", theirs, "events/s", reference).print();
  }

  private static Figure figure(
      String name, double value, String unit, Map<String, Object> conditions) {
    return Figure.of("ami-codec", name, value, unit, "./cti bench ami-codec", conditions);
  }

  private static void same(int expected, int read) {
    if (expected != read) {
      throw new IllegalStateException(read + " events read, expected " + expected);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
