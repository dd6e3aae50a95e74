package cti.server.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checkpoints on disk, beside the journal's segments. A file is named after the record behind which
 * a replay begins and holds a line for its form, one for each picture, one for the end; each but
 * the first begins with the checksum of its rest. It is there whole or not at all.
 */
final class CheckpointFiles {
  private static final String SUFFIX = ".checkpoint";
  private static final String FORM = "cti-checkpoint 1";

  private final Path folder;

  CheckpointFiles(Path folder) {
    this.folder = folder;
  }

  /** Newest first. */
  List<Path> newestFirst() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  /** The record behind which a file's replay begins, from its name. */
  static long sequenceOf(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  /**
   * Writes a checkpoint.
   *
   * @return the file
   */
  Path write(Checkpoint checkpoint) throws IOException {
    List<String> lines =
        checkpoint.parts().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                part ->
                    part.getKey() + " " + part.getValue().sequence() + " " + part.getValue().json())
            .toList();
    Path file = folder.resolve(String.format("%020d%s", checkpoint.first(), SUFFIX));
    CheckedFile.write(file, FORM, new CheckedFile.Content(checkpoint.shape(), lines));
    return file;
  }

  /** Takes a file that cannot be used out of the way, for whoever wants to look at it. */
  void setAside(Path file) throws IOException {
    Files.move(
        file,
        file.resolveSibling(file.getFileName() + ".unusable"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the file
   */
  Checkpoint read(Path file) throws IOException {
    CheckedFile.Content content = CheckedFile.read(file, FORM);
    Map<String, Checkpoint.Part> parts = new LinkedHashMap<>();
    for (String line : content.lines()) {
      String[] words = line.split(" ", 3);
      parts.put(words[0], new Checkpoint.Part(Long.parseLong(words[1]), words[2]));
    }
    return new Checkpoint(content.mark(), parts);
  }
}
