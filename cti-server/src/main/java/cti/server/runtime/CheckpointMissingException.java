package cti.server.runtime;

import java.nio.file.Path;
import java.util.List;

/** The journal's first records were dropped, and no checkpoint tells what they led to. */
public final class CheckpointMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CheckpointMissingException(Path folder, long first, List<String> problems) {
    super(
        "journal folder "
            + folder
            + " begins at record "
            + first
            + " and has no checkpoint that can be used"
            + (problems.isEmpty() ? "" : " (" + String.join("; ", problems) + ")")
            + ", expected one from record "
            + (first - 1)
            + " on: put the folder's *.checkpoint files back from a copy, or begin with an empty"
            + " picture: cti-server run --forget-picture (agents log on again, calls under way are"
            + " found on the gateway)");
  }
}
