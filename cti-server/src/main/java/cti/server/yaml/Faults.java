package cti.server.yaml;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a file, so that all of it is reported at once. */
public final class Faults {
  private final String file;
  private final List<At> found = new ArrayList<>();

  public Faults(String file) {
    this.file = file;
  }

  /**
   * What is wrong, and where.
   *
   * @param path of the key; empty for the file as a whole
   */
  public record At(String path, String message) {}

  public void add(String path, String message) {
    found.add(new At(path, message));
  }

  public int count() {
    return found.size();
  }

  /** Each as {@code file: path: what is wrong, what was expected}. */
  public List<String> found() {
    return found.stream()
        .map(at -> file + ": " + (at.path().isEmpty() ? "" : at.path() + ": ") + at.message())
        .toList();
  }

  /** The same in parts. */
  public List<At> places() {
    return List.copyOf(found);
  }

  /**
   * @throws BadFileException with everything that was added, where anything was
   */
  public void throwIfAny() throws BadFileException {
    if (!found.isEmpty()) {
      throw new BadFileException(found());
    }
  }
}
