package cti.testbed.client;

import java.util.Optional;

/** Something that an agent and their supervisors are told expressly. */
public record NoticeView(
    String kind,
    Optional<String> agent,
    Optional<String> extension,
    Optional<String> by,
    Optional<DriftView> drift) {
  /** What the watchdog put right. */
  public record DriftView(String what, Optional<String> queue, String found, String wanted) {}
}
