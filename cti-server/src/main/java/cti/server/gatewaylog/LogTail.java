package cti.server.gatewaylog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a log as it grows. A line counts once its end is written; one that is still in the writing
 * is read later. A file that was moved away (logrotate) is read to its end before the one that took
 * its name; one that was cut short (copytruncate) is read from its beginning. Bytes that are no
 * text do no harm. Not thread-safe.
 */
final class LogTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LogTail.class);
  private static final int READ_AT_ONCE = 256 * 1024;
  private static final int HEAD = 64;
  private static final int MOST_FILES = 16;

  /** Where a reading goes on: the file itself, by what the system calls it, and a place in it. */
  record Mark(String fileKey, long head, long position) {}

  private final Path path;
  private final Deque<Path> older = new ArrayDeque<>();

  /** The files that were read to their end, by their count; those of the last while. */
  private final Map<Integer, Mark> left = new LinkedHashMap<>();

  private FileChannel channel;
  private String fileKey = "";
  private int file;
  private long position;
  private boolean quietAtEnd;

  private LogTail(Path path) {
    this.path = path;
  }

  /** Reads what is written from now on; all of it where the file does not exist yet. */
  static LogTail fromEnd(Path path) throws IOException {
    LogTail tail = new LogTail(path);
    if (Files.exists(path)) {
      tail.open(path, 0);
      tail.position = tail.wholeLinesEnd();
    }
    return tail;
  }

  /** Reads a file from its beginning. */
  static LogTail fromBeginning(Path path) {
    return new LogTail(path);
  }

  /**
   * Goes on where an earlier reading stopped, also where the file has another name by now.
   *
   * @return empty where that file is gone: what was written in between cannot be read any more
   */
  static Optional<LogTail> from(Path path, Mark mark) throws IOException {
    LogTail tail = new LogTail(path);
    Optional<Path> marked = tail.find(mark);
    if (marked.isEmpty()) {
      return Optional.empty();
    }
    tail.open(marked.get(), mark.position());
    if (!marked.get().equals(path)) {
      tail.older.addAll(tail.newerThan(marked.get()));
    }
    return Optional.of(tail);
  }

  /** Where the reading stands, for {@link #from}. */
  Mark mark() throws IOException {
    return new Mark(fileKey, channel == null ? 0 : head(channel, position), position);
  }

  /** Where the reading goes on. */
  LogPlace place() {
    return new LogPlace(file, position);
  }

  /** The same for the place of a line that was read before, also in a file that was moved away. */
  Mark markOf(int earlierFile, long earlier) throws IOException {
    if (channel == null) {
      return mark();
    }
    Mark past = earlier < HEAD ? null : left.get(earlierFile);
    if (past != null) {
      return new Mark(past.fileKey(), past.head(), earlier);
    }
    if (left.containsKey(earlierFile)) {
      return new Mark(left.get(earlierFile).fileKey(), head(channel, 0), 0);
    }
    return earlierFile == file
        ? new Mark(fileKey, head(channel, earlier), earlier)
        : new Mark(fileKey, head(channel, 0), 0);
  }

  /** The lines that were finished since the last time; at most a quarter of a MiB of them. */
  List<LogLine> read() throws IOException {
    if (channel == null && !openIfThere()) {
      return List.of();
    }
    if (channel.size() < position) {
      log.info("{} was cut short; it is read from its beginning", path);
      position = 0;
      file++;
    }
    // Looked at every second and mostly nothing is new: what there is, not what there may be.
    int there = (int) Math.min(READ_AT_ONCE, channel.size() - position);
    ByteBuffer bytes = ByteBuffer.allocate(there);
    if (there > 0) {
      channel.read(bytes, position);
    }
    List<LogLine> lines = lines(bytes.array(), bytes.position());
    if (!lines.isEmpty()) {
      quietAtEnd = false;
      return lines;
    }
    return bytes.position() == READ_AT_ONCE ? skip(bytes.position()) : atEnd(bytes);
  }

  private List<LogLine> lines(byte[] bytes, int length) {
    List<LogLine> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        lines.add(new LogLine(text(bytes, begin, i), file, position + begin));
        begin = i + 1;
      }
    }
    position += begin;
    return lines;
  }

  /** Zeros are what a crash of the machine leaves in a file. */
  private static String text(byte[] bytes, int begin, int end) {
    return new String(bytes, begin, end - begin, StandardCharsets.UTF_8)
        .replace("\0", "")
        .replace("\r", "");
  }

  private List<LogLine> skip(int length) {
    log.warn("{} holds {} bytes without a line's end at {}; passed over", path, length, position);
    position += length;
    return List.of();
  }

  /** The file that has the name now may be another: then this one is at its end for good. */
  private List<LogLine> atEnd(ByteBuffer rest) throws IOException {
    boolean moved = !older.isEmpty() || (Files.exists(path) && !key(path).equals(fileKey));
    if (!moved) {
      return List.of();
    }
    if (!quietAtEnd && older.isEmpty()) {
      // The gateway may still write to it until it has opened the new one.
      quietAtEnd = true;
      return List.of();
    }
    quietAtEnd = false;
    List<LogLine> last =
        rest.position() == 0
            ? List.of()
            : List.of(new LogLine(text(rest.array(), 0, rest.position()), file, position));
    open(older.isEmpty() ? path : older.poll(), 0);
    return last;
  }

  private boolean openIfThere() throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    open(path, 0);
    return true;
  }

  private void open(Path which, long at) throws IOException {
    FileChannel next = FileChannel.open(which, StandardOpenOption.READ);
    if (channel != null) {
      left.put(file, new Mark(fileKey, head(channel, HEAD), position));
      if (left.size() > MOST_FILES) {
        left.remove(left.keySet().iterator().next());
      }
    }
    close();
    channel = next;
    fileKey = key(which);
    position = at;
    file++;
  }

  /** Behind the last line that is finished. */
  private long wholeLinesEnd() throws IOException {
    long end = channel.size();
    ByteBuffer last = ByteBuffer.allocate((int) Math.min(end, READ_AT_ONCE));
    channel.read(last, end - last.capacity());
    for (int i = last.position() - 1; i >= 0; i--) {
      if (last.get(i) == '\n') {
        return end - last.capacity() + i + 1;
      }
    }
    return 0;
  }

  private Optional<Path> find(Mark mark) throws IOException {
    for (Path candidate : siblings()) {
      if (key(candidate).equals(mark.fileKey()) && Files.size(candidate) >= mark.position()) {
        try (FileChannel open = FileChannel.open(candidate, StandardOpenOption.READ)) {
          if (head(open, mark.position()) == mark.head()) {
            return Optional.of(candidate);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The file itself and what it was called before: queue_log.1, queue_log-20261121, … */
  private List<Path> siblings() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = siblings(path)) {
      return all.sorted(Comparator.comparing((Path each) -> !each.equals(path))).toList();
    }
  }

  /** A file and what it was called before, as far as they can be read; to be closed. */
  static Stream<Path> siblings(Path path) throws IOException {
    String name = path.getFileName().toString();
    return Files.list(path.toAbsolutePath().getParent())
        .filter(each -> each.getFileName().toString().startsWith(name))
        .filter(Files::isRegularFile)
        .filter(each -> !each.toString().matches(".*\\.(gz|xz|bz2|zst)"));
  }

  private List<Path> newerThan(Path marked) throws IOException {
    List<Path> newer = new ArrayList<>();
    for (Path each : siblings()) {
      boolean later =
          Files.getLastModifiedTime(each).compareTo(Files.getLastModifiedTime(marked)) >= 0;
      if (!each.equals(marked) && !each.equals(path) && later) {
        newer.add(each);
      }
    }
    newer.sort(Comparator.comparing(each -> each.toFile().lastModified()));
    if (Files.exists(path)) {
      newer.add(path);
    }
    return newer;
  }

  private static String key(Path which) throws IOException {
    try {
      return String.valueOf(Files.readAttributes(which, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException gone) {
      return "";
    }
  }

  private static long head(FileChannel channel, long position) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(HEAD, position));
    channel.read(bytes, 0);
    CRC32 crc = new CRC32();
    crc.update(bytes.array(), 0, bytes.position());
    return crc.getValue();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
