package cti.server.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The segment that is written. What is in it is whole groups: half a group, which a fault has left,
 * is cut off before anything is written behind it, for a replay would end there. One owner but for
 * {@link #force}.
 */
final class SegmentFile implements AutoCloseable {
  private final FileChannel channel;

  /** Where the group begins that is not whole; negative for none. */
  private long torn = -1;

  /**
   * @param channel at its end
   */
  SegmentFile(FileChannel channel) {
    this.channel = channel;
  }

  /** A new segment, or the last one to go on with; that the file is there is durable. */
  static SegmentFile open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.position(channel.size());
      CheckedFile.forceEntry(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new SegmentFile(channel);
  }

  /** Begins a group, behind the last one that is whole. */
  void begin() throws IOException {
    cut();
    torn = channel.position();
  }

  /** All of {@code bytes}, as a part of the group. */
  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The group is whole. */
  void whole() {
    torn = -1;
  }

  /** What was written before is on disk. From any thread. */
  void force() throws IOException {
    channel.force(false);
  }

  /** Cuts off a group that is not whole. Where that fails, the next one begins with it. */
  void cut() throws IOException {
    if (torn >= 0) {
      backTo(torn);
    }
  }

  /** Throws away what is behind a position. */
  void backTo(long position) throws IOException {
    channel.truncate(position);
    channel.position(position);
    torn = -1;
  }

  long position() throws IOException {
    return channel.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
