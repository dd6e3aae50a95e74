package cti.server.app;

import cti.core.port.CompletenessWatch;
import cti.core.port.Readiness;
import cti.server.ami.GatewaySession;
import cti.server.runtime.DiskState.Level;
import cti.server.runtime.DiskWatch;
import cti.server.runtime.Journal;
import cti.server.runtime.JournalShipper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Why the server is not ready, from whoever knows. */
final class Problems implements Readiness {
  /** A call that is missing for so long is not on its way any more. */
  private static final Duration MISSING_FOR = Duration.ofMinutes(2);

  private final GatewaySession session;
  private final CompletenessWatch completeness;
  private final InstantSource clock;
  private volatile Journal journal;
  private volatile JournalShipper shipper;
  private final DatabaseArrival arrival;
  private final List<Supplier<Optional<Reason>>> others = new CopyOnWriteArrayList<>();
  private final List<Supplier<Optional<Reason>>> cautions = new CopyOnWriteArrayList<>();
  private volatile DiskWatch disk;

  Problems(
      GatewaySession session,
      DatabaseArrival arrival,
      CompletenessWatch completeness,
      InstantSource clock) {
    this.session = session;
    this.arrival = arrival;
    this.completeness = completeness;
    this.clock = clock;
  }

  void watch(Journal withJournal, JournalShipper withShipper) {
    journal = withJournal;
    shipper = withShipper;
  }

  void watch(DiskWatch withDisk) {
    disk = withDisk;
  }

  /** Somebody else who may know a reason. */
  void watch(Supplier<Optional<Reason>> other) {
    others.add(other);
  }

  /** Somebody who may know of something that is not well, while calls go on. */
  void caution(Supplier<Optional<Reason>> other) {
    cautions.add(other);
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
    if (arrival.problem().isPresent()) {
      reasons.add(new Reason("database", arrival.problem().get()));
    } else if (shipper != null) {
      shipper
          .problem()
          .ifPresent(problem -> reasons.add(new Reason("database", problem.message())));
    }
    CompletenessWatch.State records = completeness.state();
    boolean missing =
        records
            .missingSince()
            .filter(since -> since.isBefore(clock.instant().minus(MISSING_FOR)))
            .isPresent();
    if (missing) {
      reasons.add(
          new Reason(
              "records",
              records.missing()
                  + " calls of the gateway's logs are not on record since "
                  + records.missingSince().orElseThrow()));
    }
    others.forEach(other -> other.get().ifPresent(reasons::add));
    reasons.addAll(ofDisk(Level.CRITICAL));
    return reasons;
  }

  @Override
  public List<Reason> warnings() {
    List<Reason> warnings = new ArrayList<>(ofDisk(Level.WARN));
    cautions.forEach(caution -> caution.get().ifPresent(warnings::add));
    return warnings;
  }

  private List<Reason> ofDisk(Level level) {
    DiskWatch watch = disk;
    return watch == null || watch.state().level() != level
        ? List.of()
        : List.of(new Reason("disk", "the journal's disk: " + watch.state().why()));
  }
}
