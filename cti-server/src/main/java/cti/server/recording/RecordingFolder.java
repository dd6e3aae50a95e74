package cti.server.recording;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The folder into which the gateway writes recordings, as seen from here. */
public final class RecordingFolder {
  private final Path folder;

  public RecordingFolder(Path folder) {
    this.folder = folder;
  }

  /** A file as it is now; {@code length} and {@code closed} by its head. */
  record Found(long bytes, Duration length, boolean closed, String sha256) {}

  /**
   * When a file was written to last.
   *
   * @param closed whether its writer is through with it; one without sound says nothing
   */
  record Written(Instant at, boolean closed) {}

  /** A file by its name, and when it was written to last. */
  record Named(String name, Instant changedAt) {}

  /** Why the folder cannot be used; empty where it can. */
  Optional<String> fault() {
    if (!Files.isDirectory(folder)) {
      return Optional.of("folder " + folder + " is not there");
    }
    return Files.isReadable(folder) && Files.isExecutable(folder)
        ? Optional.empty()
        : Optional.of("folder " + folder + " cannot be read");
  }

  /** The file of that name, where it is one that a recording can have, and is there. */
  public Optional<Path> file(String name) {
    return path(name).filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
  }

  private Optional<Path> path(String name) {
    return RecordingName.parse(name).map(_ -> folder.resolve(name));
  }

  /** Reads its head only; empty where it is not there. */
  Optional<Written> written(String name) throws IOException {
    Optional<Path> path = file(name);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path.get()))) {
      boolean closed = WavFile.read(in).filter(head -> head.dataBytes() > 0).isPresent();
      return Optional.of(new Written(Files.getLastModifiedTime(path.get()).toInstant(), closed));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads the file through; empty where it is not there.
   *
   * @throws IOException where it is there and cannot be read, or is no WAV file
   */
  Optional<Found> look(String name) throws IOException {
    Optional<Path> path = file(name);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Optional<WavFile> head;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path.get()))) {
      head = WavFile.read(in);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    long bytes = Files.size(path.get());
    if (head.isEmpty()) {
      throw new IOException("its " + bytes + " bytes are no WAV file of PCM");
    }
    return Optional.of(
        new Found(bytes, head.get().length(bytes), head.get().closed(bytes), sha256(path.get())));
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream through = new DigestInputStream(in, digest)) {
        through.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Folders of days, oldest first. */
  List<String> days() throws IOException {
    List<String> days = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[0-9]*")) {
      for (Path entry : entries) {
        if (entry.getFileName().toString().matches("[0-9]{8}") && Files.isDirectory(entry)) {
          days.add(entry.getFileName().toString());
        }
      }
    }
    days.sort(null);
    return days;
  }

  /** Files of a day that recordings can have, in no order. */
  List<Named> filesOf(String day) throws IOException {
    List<Named> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.resolve(day), "*.wav")) {
      for (Path entry : entries) {
        String name = day + "/" + entry.getFileName();
        if (file(name).isPresent()) {
          files.add(new Named(name, Files.getLastModifiedTime(entry).toInstant()));
        }
      }
    }
    return files;
  }

  /** Deletes a file; one that is gone already is fine. The day's folder goes with its last one. */
  public void delete(String name) throws IOException {
    Optional<Path> path = path(name);
    if (path.isEmpty()) {
      throw new IOException("'" + name + "' is no name of a recording");
    }
    Files.deleteIfExists(path.get());
    Path day = path.get().getParent();
    if (Files.isDirectory(day)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(day)) {
        if (left.iterator().hasNext()) {
          return;
        }
      }
      Files.delete(day);
    }
  }

  /** Bytes that may still be written to the disk of the folder. */
  long free() throws IOException {
    return store().getUsableSpace();
  }

  long size() throws IOException {
    return store().getTotalSpace();
  }

  private FileStore store() throws IOException {
    return Files.getFileStore(folder);
  }
}
