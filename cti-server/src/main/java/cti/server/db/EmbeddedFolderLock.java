package cti.server.db;

import cti.server.db.DatabaseStartException.DatabaseInUseException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a data folder for one running cti-server; ends with the process at the latest. */
final class EmbeddedFolderLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFolderLock.class);

  private final FileChannel channel;

  private EmbeddedFolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static EmbeddedFolderLock take(Path home) throws IOException {
    FileChannel channel =
        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException ours) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new DatabaseInUseException(
          "the data folder "
              + home
              + " is in use by another cti-server that runs, expected a folder of its own");
    }
    return new EmbeddedFolderLock(channel);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException broken) {
      LOG.warn("cannot release the lock of the embedded database", broken);
    }
  }
}
