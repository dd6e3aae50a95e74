package cti.bench.console;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When changes of agents' states were asked for, in a file that two processes map: who asks writes,
 * the consoles read. A change names its place in it by the reason that it is for, one of {@link
 * #REASONS}, which take turns; so a time is kept until as many changes later.
 */
public final class AskedTimes {
  /** As many pause reasons as are on file: 10 s of 20 changes a second. */
  private static final int PLACES = 200;

  /** Begins the id of a reason; its place follows. */
  static final String REASON = "at-";

  /** The ids of the reasons, by place. */
  public static final List<String> REASONS =
      IntStream.range(0, PLACES).mapToObj(place -> REASON + place).toList();

  private static final VarHandle MICROS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer times;

  private AskedTimes(ByteBuffer times) {
    this.times = times;
  }

  /** Maps the file; makes it where it is not there. */
  public static AskedTimes in(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      return new AskedTimes(
          channel
              .map(FileChannel.MapMode.READ_WRITE, 0, (long) PLACES * Long.BYTES)
              .order(ByteOrder.nativeOrder()));
    }
  }

  /**
   * The next change is asked for now.
   *
   * @param change counted from 0
   * @param micros since 1970
   * @return the reason to give
   */
  public String asked(long change, long micros) {
    int place = (int) (change % PLACES);
    MICROS.setVolatile(times, place * Long.BYTES, micros);
    return REASONS.get(place);
  }

  /**
   * When the change at a place was asked for, in microseconds since 1970.
   *
   * @param place 0 to the number of reasons less one
   */
  long at(int place) {
    return (long) MICROS.getVolatile(times, place * Long.BYTES);
  }
}
