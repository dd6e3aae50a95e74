package cti.server.yaml;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a file, so that all of it is reported at once. */
public final class Faults {
  private final String file;
  private final List<String> found = new ArrayList<>();

  public Faults(String file) {
    this.file = file;
  }

  public void add(String path, String message) {
    found.add(file + ": " + (path.isEmpty() ? "" : path + ": ") + message);
  }

  public int count() {
    return found.size();
  }

  public List<String> found() {
    return List.copyOf(found);
  }

  /**
   * @throws BadFileException with everything that was added, where anything was
   */
  public void throwIfAny() throws BadFileException {
    if (!found.isEmpty()) {
      throw new BadFileException(found);
    }
  }
}
