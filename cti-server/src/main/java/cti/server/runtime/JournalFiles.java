package cti.server.runtime;

import cti.core.port.JournalRecord;
import cti.server.event.EventCodec;
import cti.server.event.EventFormatException;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on disk: segments of lines, one record a line: checksum of the rest, sequence, event
 * as JSON. A segment is named after its first sequence. Text, so that an operator can read it.
 */
final class JournalFiles {
  private static final Logger log = LoggerFactory.getLogger(JournalFiles.class);
  private static final String SUFFIX = ".journal";

  private final Path folder;
  private final EventCodec codec;

  JournalFiles(Path folder, EventCodec codec) {
    this.folder = folder;
    this.codec = codec;
  }

  Path folder() {
    return folder;
  }

  /** Where a scan stopped: the last good sequence, 0 for none, and its segment's good length. */
  record End(long sequence, Path segment, long length) {}

  Path segmentFrom(long firstSequence) {
    return folder.resolve(String.format("%020d%s", firstSequence, SUFFIX));
  }

  List<Path> segments() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /** The first record that is still on disk, or the next to come where there is none at all. */
  long first() throws IOException {
    List<Path> segments = segments();
    return segments.isEmpty() ? 1 : firstOf(segments.getFirst());
  }

  /** The first record of a segment, from its name. */
  static long firstOf(Path segment) {
    String name = segment.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  /** Where the journal ends; looks at the last segment only. */
  End end() throws IOException {
    List<Path> segments = segments();
    if (segments.isEmpty()) {
      return new End(0, segmentFrom(1), 0);
    }
    Path last = segments.getLast();
    SegmentScan scan = new SegmentScan(last, firstOf(last) - 1, true);
    return new End(scan.run(Long.MAX_VALUE, record -> {}), last, scan.goodLength);
  }

  /**
   * Reads every record after {@code after} in order and finds the end. A torn last line, which a
   * crash leaves, ends the journal before it; anything else that is wrong is refused with its
   * place.
   *
   * @throws JournalDamagedException where a record is damaged and others follow it
   * @throws JournalNotUnderstoodException where a record is whole and of no kind that is known
   */
  End scan(long after, Consumer<JournalRecord> each) throws IOException {
    List<Path> segments = segments();
    if (segments.isEmpty()) {
      return new End(after, segmentFrom(after + 1), 0);
    }
    int begin = 0;
    while (begin + 1 < segments.size() && firstOf(segments.get(begin + 1)) <= after + 1) {
      begin++;
    }
    long sequence = firstOf(segments.get(begin)) - 1;
    Path last = segments.get(begin);
    long length = 0;
    for (int i = begin; i < segments.size(); i++) {
      last = segments.get(i);
      SegmentScan scan = new SegmentScan(last, sequence, i == segments.size() - 1);
      sequence = scan.run(after, each);
      length = scan.goodLength;
    }
    return new End(sequence, last, length);
  }

  /** Cuts what a crash left behind the last good record. */
  void truncate(End end) throws IOException {
    if (Files.exists(end.segment()) && Files.size(end.segment()) > end.length()) {
      try (FileChannel channel = FileChannel.open(end.segment(), StandardOpenOption.WRITE)) {
        channel.truncate(end.length());
        channel.force(true);
      }
    }
  }

  /** Appends the line of a record, its end included. */
  void line(JournalRecord record, ByteArrayOutputStream out) {
    byte[] sequence = (Long.toString(record.sequence()) + ' ').getBytes(StandardCharsets.US_ASCII);
    byte[] event = codec.encode(record.event());
    CRC32 crc = new CRC32();
    crc.update(sequence);
    crc.update(event);
    out.writeBytes((checksum(crc) + ' ').getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(sequence);
    out.writeBytes(event);
    out.write('\n');
  }

  /** The sequence of a line that is whole; what happened is not looked at. */
  static long checkedSequence(String line) {
    if (line.length() < 12 || line.charAt(8) != ' ') {
      throw new IllegalArgumentException("no checksum");
    }
    CRC32 crc = new CRC32();
    crc.update(line.substring(9).getBytes(StandardCharsets.UTF_8));
    if (!checksum(crc).equals(line.substring(0, 8))) {
      throw new IllegalArgumentException("checksum " + line.substring(0, 8) + " does not match");
    }
    return Long.parseLong(line.substring(9, line.indexOf(' ', 9)));
  }

  /** What a line that is whole says. */
  JournalRecord record(String line, long sequence) {
    return new JournalRecord(sequence, codec.decode(line.substring(line.indexOf(' ', 9) + 1)));
  }

  private static String checksum(CRC32 crc) {
    return HexFormat.of().toHexDigits(crc.getValue(), 8);
  }

  /** One segment, read line by line. */
  private final class SegmentScan {
    private final Path segment;
    private final boolean last;
    private long sequence;
    private long goodLength;

    SegmentScan(Path segment, long before, boolean last) {
      this.segment = segment;
      this.sequence = before;
      this.last = last;
    }

    /**
     * Reads on to the end.
     *
     * @param after records up to this one are checked and not handed on
     */
    long run(long after, Consumer<JournalRecord> each) throws IOException {
      long size = Files.size(segment);
      // Byte for byte: a crash may cut a character in two, and the checksum tells.
      try (BufferedReader reader = Files.newBufferedReader(segment, StandardCharsets.ISO_8859_1)) {
        String bytes;
        while ((bytes = reader.readLine()) != null) {
          long end = goodLength + bytes.length() + 1;
          String line =
              new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
          long found;
          JournalRecord record = null;
          try {
            found = checkedSequence(line);
            if (found > after) {
              record = record(line, found);
            }
          } catch (EventFormatException unknown) {
            throw new JournalNotUnderstoodException(segment, sequence + 1, unknown);
          } catch (IllegalArgumentException e) {
            if (last && end >= size) {
              return sequence;
            }
            throw new JournalDamagedException(segment, goodLength, e.getMessage());
          }
          if (end > size) {
            return sequence;
          }
          if (found != sequence + 1) {
            throw new JournalDamagedException(
                segment, goodLength, "sequence " + found + ", expected " + (sequence + 1));
          }
          if (record != null) {
            each.accept(record);
          }
          sequence = found;
          goodLength = end;
        }
      }
      return sequence;
    }
  }

  /**
   * Drops segments whose every record is at or below {@code covered}, the oldest first, so that
   * what stays has no gap whenever this is broken off.
   *
   * @param covered nobody needs records up to this one any more
   * @param reserve so many closed segments are kept in any case
   * @param writtenBefore segments that were written to since are kept in any case
   * @return how many were dropped
   */
  int drop(long covered, int reserve, Instant writtenBefore) throws IOException {
    List<Path> segments = segments();
    int dropped = 0;
    for (int i = 0; i + 1 + reserve < segments.size(); i++) {
      Path segment = segments.get(i);
      boolean needed = firstOf(segments.get(i + 1)) - 1 > covered;
      if (needed || Files.getLastModifiedTime(segment).toInstant().isAfter(writtenBefore)) {
        break;
      }
      Files.delete(segment);
      log.info("journal segment {} is dropped: shipped, and behind the checkpoints", segment);
      dropped++;
    }
    return dropped;
  }

  /** Bytes of all segments. */
  long bytes() throws IOException {
    long bytes = 0;
    for (Path segment : segments()) {
      bytes += Files.size(segment);
    }
    return bytes;
  }
}
