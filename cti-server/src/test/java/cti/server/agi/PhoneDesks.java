package cti.server.agi;

import cti.core.agent.PauseReason;
import cti.core.port.Mailbox;
import cti.server.PhonesInMemory;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** For tests of flows: a server where no agent uses a desk phone. */
final class PhoneDesks {
  private PhoneDesks() {}

  static PhoneDesk without(Mailbox mailbox) {
    return new PhoneDesk(
        mailbox,
        new PhonesInMemory(),
        extension -> CompletableFuture.completedFuture(Optional.empty()),
        agent -> Set.of(),
        () -> PauseReason.SHIPPED,
        new StudioInMemory().studio());
  }
}
