package cti.server.prompt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of prompts that the gateway plays, as seen from here.
 *
 * <pre>
 * zh/welcome.wav                   what is played
 * zh/.welcome.own                  it is a recording: speech that is made anew leaves it alone
 * spoken/zh/welcome.wav            the placeholder (./cti ivr prompts DIR)
 * spoken/zh/.welcome.said          the text that cti-server spoke there itself
 * versions/zh/welcome.3.wav        copies of recordings, to be listened to
 * </pre>
 *
 * A file is put in place by a rename within its folder: a call that plays the old one has it open,
 * and hears it to its end. Ids and languages were checked by whoever calls.
 */
public final class PromptFolder {
  private static final Logger log = LoggerFactory.getLogger(PromptFolder.class);
  private static final FileTime NEVER = FileTime.fromMillis(0);

  private final Path folder;
  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  public PromptFolder(Path folder) {
    this.folder = folder;
  }

  /** A file that was read, so that it need not be read again until it changes. */
  record Known(long bytes, FileTime changedAt, String sha256, Optional<Duration> length) {}

  /** Where it is, for messages. */
  Path path() {
    return folder;
  }

  Path played(String language, String id) {
    return folder.resolve(language).resolve(id + ".wav");
  }

  Path placeholder(String language, String id) {
    return folder.resolve("spoken").resolve(language).resolve(id + ".wav");
  }

  Path version(String language, String id, int number) {
    return folder.resolve("versions").resolve(language).resolve(id + "." + number + ".wav");
  }

  private Path mark(String language, String id) {
    return folder.resolve(language).resolve("." + id + ".own");
  }

  /** Whether the gateway has a file to play. */
  public boolean heard(String language, String id) {
    return Files.isRegularFile(played(language, id));
  }

  /** Whether a recording was put in place there. */
  boolean marked(String language, String id) {
    return Files.exists(mark(language, id));
  }

  /** What is known of a file; empty where it is not there, or cannot be read. */
  Optional<Known> look(Path file) {
    try {
      return read(file);
    } catch (IOException e) {
      log.warn("prompts: {} cannot be read: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private Optional<Known> read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      known.remove(file);
      return Optional.empty();
    }
    Known last = known.getOrDefault(file, new Known(-1, NEVER, "", Optional.empty()));
    try {
      long bytes = Files.size(file);
      FileTime changedAt = Files.getLastModifiedTime(file);
      if (bytes == last.bytes() && changedAt.equals(last.changedAt())) {
        return Optional.of(last);
      }
      byte[] content = Files.readAllBytes(file);
      Known now =
          new Known(
              content.length,
              changedAt,
              PromptSound.sha256(content),
              PromptSound.ofWav(content).map(PromptSound::length));
      known.put(file, now);
      return Optional.of(now);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** A recording is played from here on. */
  void place(String language, String id, byte[] wav) throws IOException {
    Files.createDirectories(folder.resolve(language));
    // The mark first: speech that is made in between must not come over it.
    Path mark = mark(language, id);
    if (!Files.exists(mark)) {
      Files.createFile(mark);
    }
    put(played(language, id), wav);
  }

  /**
   * The placeholder is played from here on.
   *
   * @return false where there is none: nothing was changed
   */
  boolean placePlaceholder(String language, String id) throws IOException {
    Path spoken = placeholder(language, id);
    if (!Files.isRegularFile(spoken)) {
      return false;
    }
    put(played(language, id), Files.readAllBytes(spoken));
    Files.deleteIfExists(mark(language, id));
    return true;
  }

  private Path said(String language, String id) {
    return folder.resolve("spoken").resolve(language).resolve("." + id + ".said");
  }

  /** Whether the placeholder is of this text, spoken by this server or another one. */
  boolean spoken(String language, String id, String text) throws IOException {
    Path note = said(language, id);
    return Files.isRegularFile(placeholder(language, id))
        && Files.isRegularFile(note)
        && Files.readString(note).equals(text);
  }

  /** A placeholder was spoken; it is played where no recording is. */
  void speak(String language, String id, String text, byte[] wav) throws IOException {
    Files.createDirectories(placeholder(language, id).getParent());
    Files.createDirectories(folder.resolve(language));
    put(placeholder(language, id), wav);
    if (!marked(language, id)) {
      put(played(language, id), wav);
    }
    put(said(language, id), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing of a prompt stays. */
  void drop(String language, String id) throws IOException {
    dropOthers(language, id, Set.of());
    for (Path file :
        List.of(
            played(language, id),
            mark(language, id),
            placeholder(language, id),
            said(language, id))) {
      Files.deleteIfExists(file);
      known.remove(file);
    }
  }

  /** The copy of a version to be listened to; made where it is not there. */
  Path keep(String language, String id, int number, byte[] wav) throws IOException {
    Path file = version(language, id, number);
    Files.createDirectories(file.getParent());
    put(file, wav);
    return file;
  }

  /** Copies of versions that are not kept any more. */
  void dropOthers(String language, String id, Set<Integer> kept) throws IOException {
    Path versions = folder.resolve("versions").resolve(language);
    if (!Files.isDirectory(versions)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(versions, id + ".*.wav")) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        String number = name.substring(id.length() + 1, name.length() - 4);
        if (number.matches("[0-9]{1,9}") && !kept.contains(Integer.parseInt(number))) {
          Files.deleteIfExists(entry);
          known.remove(entry);
        }
      }
    }
  }

  /** Whole or not at all; readable for the gateway, whoever it runs as. */
  static void put(Path file, byte[] content) throws IOException {
    Path next = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".new");
    try {
      Files.write(next, content);
      try {
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
      } catch (UnsupportedOperationException e) {
        // A file system without such permissions.
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
