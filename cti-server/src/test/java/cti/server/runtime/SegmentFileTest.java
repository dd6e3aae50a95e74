package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk that fails leaves in a segment. */
class SegmentFileTest {
  @TempDir Path folder;

  @Test
  void halfAGroupIsCutOffBeforeTheNextThoughCuttingFailedAtFirst() throws Exception {
    Path file = folder.resolve("00000000000000000001.journal");
    FailingDisk disk = new FailingDisk(file);
    try (SegmentFile segment = new SegmentFile(disk)) {
      segment.begin();
      segment.write(bytes("whole\n"));
      segment.whole(true);

      segment.begin();
      segment.write(bytes("half a gr"));
      disk.full = true;
      assertThrows(IOException.class, () -> segment.write(bytes("oup\n")));
      assertThrows(IOException.class, segment::cut);
      assertThrows(IOException.class, segment::begin, "nothing goes behind half a group");
      disk.full = false;
      segment.begin();
      segment.write(bytes("next\n"));
      segment.whole(true);
    }
    assertEquals("whole\nnext\n", Files.readString(file));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A file; neither writing nor cutting works while the disk is full. */
  private static final class FailingDisk extends FileChannel {
    private final FileChannel file;
    private boolean full;

    FailingDisk(Path path) throws IOException {
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private void check() throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      check();
      return file.write(bytes);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      check();
      file.truncate(size);
      return this;
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long at) throws IOException {
      file.position(at);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void force(boolean metaData) throws IOException {
      check();
      file.force(metaData);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }

    @Override
    public int read(ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer bytes, long at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer bytes, long at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long at, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
