package cti.server.directory;

import cti.core.desk.Site;
import cti.core.directory.DirectoryChange;
import cti.core.directory.DirectoryPicture;
import cti.core.directory.StaffChange;
import cti.core.directory.StaffField;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffRecord;
import cti.core.id.StaffId;
import cti.core.port.AuditTrail;
import cti.core.port.DirectoryRecords;
import cti.core.port.StoreUnavailableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** A directory that keeps the port's promises in memory, and can be away. */
public final class DirectoryInMemory implements DirectoryRecords, AuditTrail {
  private final InstantSource clock;
  private final Map<StaffId, StaffMember> staff = new TreeMap<>();
  private final Map<StaffId, String> sources = new HashMap<>();
  private final Map<StaffId, Long> incidents = new HashMap<>();
  private final List<Entry> audit = new ArrayList<>();
  private List<Site> sites;
  private long revision;
  public volatile boolean away;

  public DirectoryInMemory(InstantSource clock, List<Site> sites, List<StaffMember> people) {
    this.clock = clock;
    this.sites = sites;
    people.forEach(member -> staff.put(member.id(), member));
  }

  private void reach() {
    if (away) {
      throw new StoreUnavailableException("connection refused", null);
    }
  }

  public synchronized void incident(StaffId caller) {
    incidents.merge(caller, 1L, Long::sum);
  }

  public synchronized List<Site> sites() {
    return sites;
  }

  @Override
  public synchronized DirectoryPicture read() {
    reach();
    return new DirectoryPicture(revision, sites, List.copyOf(staff.values()), sources);
  }

  @Override
  public synchronized Optional<StaffRecord> find(StaffId id) {
    reach();
    return Optional.ofNullable(staff.get(id))
        .map(member -> new StaffRecord(member, sources.getOrDefault(id, "")));
  }

  @Override
  public synchronized long incidentsOf(StaffId id) {
    return incidents.getOrDefault(id, 0L);
  }

  @Override
  public synchronized Applied apply(DirectoryChange change, IntConsumer written) {
    reach();
    if (change.revision().isPresent() && change.revision().getAsLong() != revision) {
      return new Applied.Moved(revision);
    }
    for (StaffChange one : change.staff()) {
      if (change.revision().isEmpty()
          && !Optional.ofNullable(staff.get(one.staff())).equals(one.before())) {
        return new Applied.Conflict(one.staff(), find(one.staff()));
      }
    }
    for (StaffChange one : change.staff()) {
      one.after()
          .ifPresentOrElse(after -> staff.put(one.staff(), after), () -> staff.remove(one.staff()));
      change.source().ifPresent(source -> sources.put(one.staff(), source));
      audit.addFirst(
          new Entry(
              audit.size() + 1,
              clock.instant(),
              change.by(),
              change.action(),
              "staff " + one.staff(),
              one.before().map(member -> StaffField.texts(member).toString()),
              one.after().map(member -> StaffField.texts(member).toString())));
    }
    change
        .site()
        .ifPresent(
            site ->
                sites =
                    sites.stream().map(old -> old.id().equals(site.id()) ? site : old).toList());
    written.accept(change.staff().size());
    return new Applied.Done(++revision);
  }

  @Override
  public synchronized List<Entry> entries(
      Optional<String> subject, Optional<String> account, Optional<Long> before, int limit) {
    reach();
    return audit.stream()
        .filter(entry -> subject.isEmpty() || entry.subject().equals(subject.get()))
        .filter(entry -> account.isEmpty() || entry.account().equals(account.get()))
        .filter(entry -> before.isEmpty() || entry.number() < before.get())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Check check() {
    return new Check(audit.size(), 0, "0".repeat(64), Optional.empty());
  }
}
