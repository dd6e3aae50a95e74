package cti.server.runtime;

import cti.core.port.JournalRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes groups to the segment of the moment, and goes on in the next one. One owner. */
final class SegmentWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SegmentWriter.class);

  /** Many lines a write: a call to the system costs more than making a line. */
  private static final int WRITTEN_AT_ONCE = 64 * 1024;

  private final JournalFiles files;
  private final long segmentBytes;
  private SegmentFile segment;
  private volatile long began;

  private SegmentWriter(JournalFiles files, SegmentFile segment, long began, long segmentBytes) {
    this.files = files;
    this.segment = segment;
    this.began = began;
    this.segmentBytes = segmentBytes;
  }

  /**
   * Goes on with a segment, or begins it.
   *
   * @param segmentBytes size at which a new segment is begun
   */
  static SegmentWriter open(JournalFiles files, Path segment, long segmentBytes)
      throws IOException {
    return new SegmentWriter(
        files, SegmentFile.open(segment), JournalFiles.firstOf(segment), segmentBytes);
  }

  /** The first sequence of the segment; from any thread. */
  long began() {
    return began;
  }

  /**
   * A group, from its begin.
   *
   * @return whether there was anything to write
   */
  boolean write(List<JournalBatch> group) throws IOException {
    segment.begin();
    ByteArrayOutputStream lines = new ByteArrayOutputStream(WRITTEN_AT_ONCE / 8);
    boolean any = false;
    for (JournalBatch batch : group) {
      for (JournalRecord record : batch.records()) {
        files.line(record, lines);
        any = true;
        if (lines.size() >= WRITTEN_AT_ONCE) {
          write(lines);
        }
      }
    }
    write(lines);
    return any;
  }

  private void write(ByteArrayOutputStream lines) throws IOException {
    segment.write(ByteBuffer.wrap(lines.toByteArray()));
    lines.reset();
  }

  /** The group is whole, and durable where {@code any} of it was written. */
  void whole(boolean any) throws IOException {
    segment.whole(any);
  }

  /** At once, for a stop may come before the next try. */
  void cutWhatIsHalf() {
    try {
      segment.cut();
    } catch (IOException e) {
      log.error(
          "journal cannot cut a half-written group, and writes no more before it is cut: {}",
          e.getMessage());
    }
  }

  /**
   * A segment that cannot be followed by the next one grows on: what is in it is acknowledged.
   *
   * @param begins the first record of the next one
   */
  void rollWhenFull(long begins) {
    try {
      if (segment.position() >= segmentBytes) {
        SegmentFile next = SegmentFile.open(files.segmentFrom(begins));
        SegmentFile full = segment;
        segment = next;
        began = begins;
        full.close();
      }
    } catch (IOException e) {
      log.error("journal cannot begin its next segment: {}; tried at the next write", e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    segment.close();
  }
}
