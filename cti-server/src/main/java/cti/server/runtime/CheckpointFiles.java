package cti.server.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Checkpoints on disk, beside the journal's segments. A file is named after the record behind which
 * a replay begins and holds a line for its form, one for each picture, one for the end; each but
 * the first begins with the checksum of its rest. It is there whole or not at all.
 */
final class CheckpointFiles {
  private static final String SUFFIX = ".checkpoint";
  private static final String FORM = "cti-checkpoint 1 ";

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
   * Writes a checkpoint: to a file beside it, forced to disk, then renamed.
   *
   * @return the file
   */
  Path write(Checkpoint checkpoint) throws IOException {
    StringBuilder text = new StringBuilder(FORM).append(checkpoint.shape()).append('\n');
    checkpoint.parts().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            part ->
                line(
                    text,
                    part.getKey()
                        + " "
                        + part.getValue().sequence()
                        + " "
                        + part.getValue().json()));
    line(text, "end " + checkpoint.parts().size());
    Path file = folder.resolve(String.format("%020d%s", checkpoint.first(), SUFFIX));
    Path partial = folder.resolve("checkpoint.partial");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
    return file;
  }

  /** Takes a file that cannot be used out of the way, for whoever wants to look at it. */
  void setAside(Path file) throws IOException {
    Files.move(
        file,
        file.resolveSibling(file.getFileName() + ".unusable"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void line(StringBuilder text, String body) {
    text.append(checksum(body)).append(' ').append(body).append('\n');
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the file
   */
  Checkpoint read(Path file) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith(FORM)) {
      throw new IllegalArgumentException(
          "begins with '"
              + shortened(lines.isEmpty() ? "" : lines.getFirst())
              + "', expected '"
              + FORM
              + "…'");
    }
    Map<String, Checkpoint.Part> parts = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String body = body(line);
      String[] words = body.split(" ", 3);
      if (words[0].equals("end")) {
        if (!words[1].equals(Integer.toString(parts.size()))) {
          throw new IllegalArgumentException(
              "has " + parts.size() + " parts, expected " + words[1]);
        }
        return new Checkpoint(lines.getFirst().substring(FORM.length()), parts);
      }
      parts.put(words[0], new Checkpoint.Part(Long.parseLong(words[1]), words[2]));
    }
    throw new IllegalArgumentException("has no end, expected a line that says so");
  }

  private static String body(String line) {
    String body = line.length() > 9 ? line.substring(9) : "";
    if (body.isEmpty() || !line.startsWith(checksum(body) + " ")) {
      throw new IllegalArgumentException(
          "has a line '" + shortened(line) + "' whose checksum does not match");
    }
    return body;
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
