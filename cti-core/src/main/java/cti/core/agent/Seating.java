package cti.core.agent;

import cti.core.id.DeskId;
import cti.core.id.Extension;
import java.util.Optional;
import java.util.Set;

/**
 * Where an agent is logged on.
 *
 * @param extension empty while logged off
 * @param desks those that the agent is logged on to
 * @param notReadyAt those of them from which the agent takes no calls even while ready
 */
public record Seating(Optional<Extension> extension, Set<DeskId> desks, Set<DeskId> notReadyAt) {
  static final Seating NONE = new Seating(Optional.empty(), Set.of(), Set.of());

  public Seating {
    desks = Set.copyOf(desks);
    notReadyAt = Set.copyOf(notReadyAt);
  }

  Seating notReadyAt(Set<DeskId> others) {
    return new Seating(extension, desks, others);
  }
}
