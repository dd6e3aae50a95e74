package cti.bench.house;

import java.nio.file.Path;
import java.util.List;

/** The JVM that the bench runs on, for its other processes. */
final class Java {
  static final List<String> OPTIONS =
      List.of(
          "-Dfile.encoding=UTF-8",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private Java() {}

  static String program() {
    return tool("java");
  }

  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
