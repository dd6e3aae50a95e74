package cti.server.flow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the flows, the rules and the prompt manifest are read from. */
@FunctionalInterface
public interface ScriptFolder {
  /**
   * @throws IOException with one clear message where the file cannot be read
   */
  String text(String file) throws IOException;

  static ScriptFolder directory(Path directory) {
    return file -> {
      try {
        return Files.readString(directory.resolve(file));
      } catch (NoSuchFileException e) {
        throw new IOException("no file " + file + " in " + directory, e);
      }
    };
  }

  /** Those that come with the server, such as {@code ivr-scripts}. */
  static ScriptFolder classPath(String folder) {
    return file -> {
      String name = folder + "/" + file;
      try (InputStream in = ScriptFolder.class.getClassLoader().getResourceAsStream(name)) {
        if (in == null) {
          throw new IOException("no file " + name + " on the class path");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    };
  }
}
