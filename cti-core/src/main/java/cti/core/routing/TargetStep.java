package cti.core.routing;

import cti.core.agent.SeatRole;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What to do next with a call that goes through its targets. */
public sealed interface TargetStep {
  /** Targets that were passed over to come here, and why, for people. */
  List<String> passedOver();

  /**
   * Wait in the queue of a desk.
   *
   * @param index of the target, for {@link TargetRun#after}
   * @param role empty for all agents of the desk
   * @param limit empty for the desk's own longest wait
   */
  record Wait(
      int index,
      DeskId desk,
      Optional<SeatRole> role,
      int priority,
      Optional<Duration> limit,
      List<String> passedOver)
      implements TargetStep {}

  /**
   * Ring a number through the switch.
   *
   * @param whom for people, such as on duty 10023
   * @param agent whose phone it is; empty for others
   */
  record Ring(
      int index,
      String number,
      Optional<AgentId> agent,
      String whom,
      Duration limit,
      List<String> passedOver)
      implements TargetStep {}

  /** Play a prompt; then the next target. */
  record Play(int index, String prompt, List<String> passedOver) implements TargetStep {}

  /** Offer the caller to leave something for the desk. */
  record Offer(int index, Kind kind, DeskId desk, List<String> passedOver) implements TargetStep {
    /** What may be left. */
    public enum Kind {
      /** A number at which the desk calls back. */
      CALLBACK,
      /** A message. */
      VOICEMAIL
    }
  }

  /** There is no target left. */
  record Over(List<String> passedOver) implements TargetStep {}
}
