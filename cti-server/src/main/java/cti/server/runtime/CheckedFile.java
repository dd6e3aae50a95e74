package cti.server.runtime;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A file of lines that is there whole or not at all: its first line says what it is, each further
 * one begins with the checksum of its rest, the last one says how many there are. For nobody but
 * the server's own user to read.
 */
public final class CheckedFile {
  private static final FileAttribute<Set<PosixFilePermission>> OURS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private CheckedFile() {}

  /**
   * What a file holds.
   *
   * @param mark what its first line says after the form
   */
  public record Content(String mark, List<String> lines) {
    public Content {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Writes beside it, forces that to disk, then renames: a crash leaves the old file or the new.
   * Where that fails nothing is left beside it, or a full disk would be fuller.
   *
   * @param form what it is and in which version, such as {@code cti-checkpoint 1}
   */
  public static void write(Path file, String form, Content content) throws IOException {
    write(file, form, content.mark(), content.lines());
  }

  /**
   * The same of lines that are made one after the other: no more than one is in memory.
   *
   * @param mark what its first line says after the form
   */
  public static void write(Path file, String form, String mark, Iterable<String> lines)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path partial = folder.resolve(file.getFileName() + ".partial");
    Files.deleteIfExists(partial);
    try {
      write(partial, form + " " + mark + "\n", lines);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException failed) {
      try {
        Files.deleteIfExists(partial);
      } catch (IOException left) {
        failed.addSuppressed(left);
      }
      throw failed;
    }
    forceEntry(folder);
  }

  private static void write(Path partial, String head, Iterable<String> lines) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            partial, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OURS)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      out.write(head.getBytes(StandardCharsets.UTF_8));
      int count = 0;
      for (String line : lines) {
        writeLine(line, out);
        count++;
      }
      writeLine("end " + count, out);
      out.flush();
      channel.force(true);
    }
  }

  private static void writeLine(String line, OutputStream out) throws IOException {
    byte[] body = line.getBytes(StandardCharsets.UTF_8);
    out.write((checksum(body) + " ").getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.write('\n');
  }

  /** Makes durable that a file is in a folder: forcing the file itself does not. */
  static void forceEntry(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the file
   */
  public static Content read(Path file, String form) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith(form + " ")) {
      throw new IllegalArgumentException(
          "begins with '"
              + shortened(lines.isEmpty() ? "" : lines.getFirst())
              + "', expected '"
              + form
              + " …'");
    }
    List<String> bodies = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String body = body(line);
      if (body.equals("end " + bodies.size())) {
        return new Content(lines.getFirst().substring(form.length() + 1), bodies);
      }
      bodies.add(body);
    }
    throw new IllegalArgumentException("has no end, expected a line that says so");
  }

  private static String body(String line) {
    String body = line.length() > 9 ? line.substring(9) : "";
    if (body.isEmpty() || !line.startsWith(checksum(body.getBytes(StandardCharsets.UTF_8)) + " ")) {
      throw new IllegalArgumentException(
          "has a line '" + shortened(line) + "' whose checksum does not match");
    }
    return body;
  }

  private static String checksum(byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return String.format("%08x", crc.getValue());
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
