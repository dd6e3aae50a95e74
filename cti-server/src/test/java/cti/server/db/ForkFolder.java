package cti.server.db;

import java.nio.file.Path;

/** Folders below target that are kept from run to run: each process of tests has its own. */
public final class ForkFolder {
  private ForkFolder() {}

  /**
   * @param name of what is in it
   */
  public static Path named(String name) {
    return Path.of("target", name + "-" + System.getProperty("cti.test.fork", "1"))
        .toAbsolutePath();
  }
}
