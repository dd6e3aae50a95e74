package cti.server.prompt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What callers hear while they wait, beside what everybody hears: several prompts in one file, for
 * the gateway's queue plays one.
 *
 * <pre>
 * zh/comfort.wav                  what everybody hears
 * zh_3f0a9c21b7d4/comfort.wav     the same behind a place and an expected wait
 * </pre>
 *
 * The gateway takes the second folder for a dialect of the first (fileexists_core in its
 * main/file.c): where the file is gone, the caller hears the first.
 */
public final class WaitingSounds {
  /** What the gateway's queues play now and then (queues_cti.conf: periodic-announce). */
  public static final String COMFORT = "comfort";

  private static final String MADE = "[a-z]{2}_[0-9a-f]{12}";
  private static final int NAME = 12;

  private final PromptFolder folder;

  public WaitingSounds(PromptFolder folder) {
    this.folder = folder;
  }

  /**
   * The dialect in which these prompts are heard before {@link #COMFORT}; what they sound like is
   * part of its name.
   *
   * @param at when it is in use; what is used no more is swept up later
   * @return empty where the gateway lacks one of the files
   * @throws IOException where the folder cannot be written
   */
  public Optional<String> made(String language, List<String> prompts, Instant at)
      throws IOException {
    List<Path> files = new ArrayList<>();
    StringBuilder sounds = new StringBuilder();
    for (String prompt : prompts) {
      files.add(folder.played(language, prompt));
    }
    files.add(folder.played(language, COMFORT));
    for (Path file : files) {
      Optional<PromptFolder.Known> known = folder.look(file);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      sounds.append(known.get().sha256());
    }
    String name =
        language
            + "_"
            + PromptSound.sha256(sounds.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, NAME);
    Path made = folder.played(name, COMFORT);
    if (!Files.isRegularFile(made) && !make(files, made)) {
      return Optional.empty();
    }
    Files.setLastModifiedTime(made, FileTime.from(at));
    return Optional.of(name);
  }

  private static boolean make(List<Path> files, Path made) throws IOException {
    List<PromptSound> sounds = new ArrayList<>();
    for (Path file : files) {
      Optional<PromptSound> sound = PromptSound.ofWav(Files.readAllBytes(file));
      if (sound.isEmpty()) {
        return false;
      }
      sounds.add(sound.get());
    }
    Files.createDirectories(made.getParent());
    try {
      Files.setPosixFilePermissions(made.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions.
    }
    PromptFolder.put(made, PromptSound.joined(sounds).wav());
    return true;
  }

  /**
   * What was made and not used since then goes, whoever made it: a server that ended, say.
   *
   * @throws IOException where the folder cannot be read or written
   */
  public void sweep(Instant since) throws IOException {
    if (!Files.isDirectory(folder.path())) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path(), "??_*")) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.matches(MADE) && usedAt(name).isBefore(since)) {
          drop(name);
        }
      }
    }
  }

  private Instant usedAt(String name) throws IOException {
    Path made = folder.played(name, COMFORT);
    return Files.exists(made) ? Files.getLastModifiedTime(made).toInstant() : Instant.MIN;
  }

  /**
   * From here on callers hear the usual message instead.
   *
   * @throws IOException where the folder cannot be written
   */
  public void drop(String name) throws IOException {
    if (name.matches(MADE)) {
      Path made = folder.played(name, COMFORT);
      Files.deleteIfExists(made);
      Files.deleteIfExists(made.getParent());
    }
  }
}
