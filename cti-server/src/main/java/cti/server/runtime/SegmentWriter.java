package cti.server.runtime;

import cti.core.port.JournalRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes groups to the segment of the moment, and goes on in the next one. One thread at a time,
 * but for {@link #force} and {@link #isFull}.
 */
final class SegmentWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SegmentWriter.class);

  /** Many lines a write: a call to the system costs more than making a line. */
  private static final int WRITTEN_AT_ONCE = 64 * 1024;

  private final JournalFiles files;
  private final long segmentBytes;
  private SegmentFile segment;
  private volatile long began;
  private volatile long position;

  /** The last record that was written. */
  private long last;

  /** Up to here the segment is on disk. Of the thread that forces. */
  private long durablePosition;

  /** What is to be forced. */
  record Mark(SegmentFile segment, long position) {}

  SegmentWriter(JournalFiles files, SegmentFile segment, long began, long last, long segmentBytes)
      throws IOException {
    this.files = files;
    this.segment = segment;
    this.began = began;
    this.last = last;
    this.segmentBytes = segmentBytes;
    this.position = segment.position();
    this.durablePosition = position;
  }

  /**
   * Goes on with a segment, or begins it.
   *
   * @param end of what was read when the journal was opened
   * @param segmentBytes size at which a new segment is begun
   */
  static SegmentWriter open(JournalFiles files, JournalFiles.End end, long segmentBytes)
      throws IOException {
    Path segment = end.segment();
    return new SegmentWriter(
        files,
        SegmentFile.open(segment),
        JournalFiles.firstOf(segment),
        end.sequence(),
        segmentBytes);
  }

  /** The first sequence of the segment; from any thread. */
  long began() {
    return began;
  }

  /**
   * A whole group.
   *
   * @throws IOException where it is not; what was written of it is cut off
   */
  void write(List<JournalBatch> group) throws IOException {
    segment.begin();
    try {
      lines(group);
    } catch (IOException e) {
      cutWhatIsHalf();
      throw e;
    }
    segment.whole();
    position = segment.position();
  }

  private void lines(List<JournalBatch> group) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(WRITTEN_AT_ONCE / 8);
    long newest = last;
    for (JournalBatch batch : group) {
      for (JournalRecord record : batch.records()) {
        files.line(record, lines);
        newest = record.sequence();
        if (lines.size() >= WRITTEN_AT_ONCE) {
          write(lines);
        }
      }
    }
    write(lines);
    last = newest;
  }

  private void write(ByteArrayOutputStream lines) throws IOException {
    segment.write(ByteBuffer.wrap(lines.toByteArray()));
    lines.reset();
  }

  /** All that was written up to now. */
  Mark mark() {
    return new Mark(segment, position);
  }

  /** What is up to the mark is on disk. */
  void force(Mark mark) throws IOException {
    if (mark.position() > durablePosition) {
      mark.segment().force();
      durablePosition = mark.position();
    }
  }

  /** Everything behind what is on disk once more: all of {@code group}. */
  void writeAnew(List<JournalBatch> group) throws IOException {
    segment.backTo(durablePosition);
    position = durablePosition;
    write(group);
  }

  /** At once, for a stop may come before the next try. */
  private void cutWhatIsHalf() {
    try {
      segment.cut();
    } catch (IOException e) {
      log.error(
          "journal cannot cut a half-written group, and writes no more before it is cut: {}",
          e.getMessage());
    }
  }

  boolean isFull() {
    return position >= segmentBytes;
  }

  /**
   * Goes on in the next segment; everything that was written must be on disk. A segment that cannot
   * be followed by the next one grows on: what is in it is acknowledged.
   */
  void roll() {
    try {
      SegmentFile next = SegmentFile.open(files.segmentFrom(last + 1));
      SegmentFile full = segment;
      segment = next;
      began = last + 1;
      position = next.position();
      durablePosition = position;
      full.close();
    } catch (IOException e) {
      log.error("journal cannot begin its next segment: {}; tried at the next write", e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    segment.close();
  }
}
