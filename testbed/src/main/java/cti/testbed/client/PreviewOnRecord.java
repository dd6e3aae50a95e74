package cti.testbed.client;

import java.util.Optional;

/** A change of many people before it is made. */
public record PreviewOnRecord(
    String id, String kind, String state, Counts counts, Optional<String> token, String message) {
  /** How many come, change, go. */
  public record Counts(int added, int changed, int gone, int unchanged, int faults) {}
}
