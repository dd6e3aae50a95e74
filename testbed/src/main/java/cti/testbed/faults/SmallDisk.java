package cti.testbed.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A disk of a few megabytes, in memory, that can be filled to its last byte. testbed.sh down
 * unmounts it where its suite has died.
 */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 4_096;

  private final Path mountPoint;
  private final Path filler;

  private SmallDisk(Path mountPoint) {
    this.mountPoint = mountPoint;
    this.filler = mountPoint.resolve("filler");
  }

  /**
   * Mounts one, and makes {@code folder} a link to it.
   *
   * @param run the testbed's folder of what runs
   */
  static SmallDisk at(Path folder, Path run, int mebibytes)
      throws IOException, InterruptedException {
    Path mountPoint = run.resolve("small-disk");
    Files.createDirectories(mountPoint);
    Files.setPosixFilePermissions(mountPoint, PosixFilePermissions.fromString("rwx------"));
    command(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "mode=700,size=" + mebibytes + "m",
        "tmpfs",
        mountPoint.toString());
    SmallDisk disk = new SmallDisk(mountPoint);
    try {
      Files.createSymbolicLink(folder, mountPoint);
    } catch (IOException fault) {
      disk.close();
      throw fault;
    }
    return disk;
  }

  /** Leaves no room. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[BLOCK];
      while (mountPoint.toFile().getUsableSpace() > 0) {
        out.write(block);
      }
    } catch (IOException full) {
      if (mountPoint.toFile().getUsableSpace() > 0) {
        throw full;
      }
      // The last block found no room: that is what was wanted.
    }
  }

  /** Gives the room back. */
  void free() throws IOException {
    Files.deleteIfExists(filler);
  }

  @Override
  public void close() throws IOException {
    try {
      command("umount", mountPoint.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(mountPoint);
  }

  private static void command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + ": " + said.strip());
    }
  }
}
