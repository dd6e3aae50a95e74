package cti.server.app;

import cti.core.port.Readiness;
import cti.server.ami.GatewaySession;
import cti.server.runtime.Journal;
import cti.server.runtime.JournalShipper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Why the server is not ready, from whoever knows. */
final class Problems implements Readiness {
  private final GatewaySession session;
  private volatile Journal journal;
  private volatile JournalShipper shipper;
  private final List<Supplier<Optional<Reason>>> others = new CopyOnWriteArrayList<>();

  Problems(GatewaySession session) {
    this.session = session;
  }

  void watch(Journal withJournal, JournalShipper withShipper) {
    journal = withJournal;
    shipper = withShipper;
  }

  /** Somebody else who may know a reason. */
  void watch(Supplier<Optional<Reason>> other) {
    others.add(other);
  }

  @Override
  public List<Reason> reasons() {
    List<Reason> reasons = new ArrayList<>();
    if (!session.live()) {
      reasons.add(new Reason("gateway", "the link to the gateway is away"));
    }
    if (journal != null && !journal.failure().isEmpty()) {
      reasons.add(new Reason("journal", journal.failure()));
    }
    if (shipper != null) {
      shipper
          .problem()
          .ifPresent(problem -> reasons.add(new Reason("database", problem.message())));
    }
    others.forEach(other -> other.get().ifPresent(reasons::add));
    return reasons;
  }
}
