package cti.server.runtime;

import cti.core.port.JournalRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Reads durable records in order, going on where the last read ended. One thread. */
final class JournalCursor implements AutoCloseable {
  private final JournalFiles files;
  private final LongSupplier durable;
  private final RecentRecords recent;
  private Path segment;
  private RandomAccessFile file;
  private final byte[] chunk = new byte[65_536];

  /** Where in the file the chunk ends; what of the chunk is not read yet lies from..to. */
  private long position;

  private int from;
  private int to;
  private long next;

  /**
   * @param recent the last of the durable records, which need not be read
   */
  JournalCursor(JournalFiles files, LongSupplier durable, RecentRecords recent) {
    this.files = files;
    this.durable = durable;
    this.recent = recent;
  }

  /**
   * Durable records from {@code first} on.
   *
   * @param most at most so many
   * @return empty where {@code first} is not durable yet
   */
  List<JournalRecord> read(long first, int most) throws IOException {
    long last = durable.getAsLong();
    if (first > last) {
      return new ArrayList<>();
    }
    List<JournalRecord> records = recent.from(first, most);
    if (!records.isEmpty()) {
      return records;
    }
    records = new ArrayList<>();
    if (file == null || next != first) {
      seek(first);
    }
    while (records.size() < most && next <= last) {
      String line = readLine();
      if (line == null) {
        open(files.segmentFrom(next));
        continue;
      }
      long sequence = JournalFiles.checkedSequence(line);
      next = sequence + 1;
      if (sequence >= first) {
        records.add(files.record(line, sequence));
      }
    }
    return records;
  }

  private void seek(long first) throws IOException {
    // What the database refused is read again: mostly from the segment that is open already.
    close();
    Path found = null;
    for (Path candidate : files.segments()) {
      if (candidate.compareTo(files.segmentFrom(first)) <= 0) {
        found = candidate;
      }
    }
    if (found == null) {
      throw new IOException("journal has no segment that holds sequence " + first);
    }
    open(found);
    next = 0;
  }

  private void open(Path path) throws IOException {
    if (path.equals(segment)) {
      throw new IOException("journal segment " + path + " ends before sequence " + next);
    }
    close();
    file = new RandomAccessFile(path.toFile(), "r");
    segment = path;
    position = 0;
    from = 0;
    to = 0;
  }

  /** A whole line, or null at the end of the segment; then the next read begins with it again. */
  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    while (true) {
      for (int i = from; i < to; i++) {
        if (chunk[i] == '\n') {
          line.write(chunk, from, i - from);
          from = i + 1;
          return line.toString(StandardCharsets.UTF_8);
        }
      }
      line.write(chunk, from, to - from);
      file.seek(position);
      int read = file.read(chunk);
      from = 0;
      to = Math.max(0, read);
      position += to;
      if (read < 0) {
        position -= line.size();
        return null;
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
      segment = null;
    }
  }
}
