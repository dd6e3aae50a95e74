package cti.server.db.directory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import cti.core.desk.MasterFacts;
import cti.core.desk.Site;
import cti.core.directory.DirectoryChange;
import cti.core.directory.DirectoryPicture;
import cti.core.directory.StaffChange;
import cti.core.directory.StaffField;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffRecord;
import cti.core.id.StaffId;
import cti.core.port.DirectoryRecords;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.directory.DirectoryChangeMapper.SourceRow;
import cti.server.db.directory.DirectoryMapper.RangeRow;
import cti.server.db.directory.DirectoryMapper.SiteRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** The directory on record, changed all or nothing, each change with its audit lines. */
public final class DirectoryRecordStore implements DirectoryRecords {
  /** People between two tellings of how many are written. */
  private static final int PART = 2_000;

  private final Database database;
  private final AuditWriter audit;

  public DirectoryRecordStore(Database database, AuditWriter audit) {
    this.database = database;
    this.audit = audit;
  }

  @Override
  public DirectoryPicture read() {
    return database.with(
        DirectoryChangeMapper.class,
        mapper -> {
          // Held until all is read: nobody writes in between.
          Long revision = mapper.sharedRevision();
          Map<String, List<RangeRow>> ranges =
              mapper.ranges().stream().collect(groupingBy(RangeRow::siteId));
          return new DirectoryPicture(
              revision == null ? 0 : revision,
              mapper.sites().stream()
                  .map(
                      row -> DirectoryStore.site(row, ranges.getOrDefault(row.siteId(), List.of())))
                  .toList(),
              DirectoryStore.people(mapper, staff -> Optional.empty()),
              mapper.sources().stream()
                  .collect(toMap(row -> new StaffId(row.staffId()), SourceRow::source)));
        });
  }

  @Override
  public Optional<StaffRecord> find(StaffId staff) {
    return database.with(DirectoryChangeMapper.class, mapper -> find(mapper, staff));
  }

  private static Optional<StaffRecord> find(DirectoryChangeMapper mapper, StaffId staff) {
    return Optional.ofNullable(mapper.staffMember(staff.value()))
        .map(
            row ->
                new StaffRecord(
                    DirectoryStore.staff(row, mapper.numbersOf(row.staffId())),
                    mapper.sourceOf(row.staffId())));
  }

  @Override
  public long incidentsOf(StaffId staff) {
    return database.with(DirectoryChangeMapper.class, mapper -> mapper.incidentsOf(staff.value()));
  }

  @Override
  public Applied apply(DirectoryChange change, IntConsumer written) {
    return database.withBatch(
        DirectoryChangeMapper.class, mapper -> apply(mapper, change, written));
  }

  private Applied apply(DirectoryChangeMapper mapper, DirectoryChange change, IntConsumer written) {
    mapper.beginRevisions();
    long revision = mapper.lockedRevision();
    if (change.revision().isPresent()) {
      if (change.revision().getAsLong() != revision) {
        return new Applied.Moved(revision);
      }
    } else {
      for (StaffChange one : change.staff()) {
        Optional<StaffRecord> now = find(mapper, one.staff());
        if (!now.map(StaffRecord::member).equals(one.before())) {
          return new Applied.Conflict(one.staff(), now);
        }
      }
    }
    change.site().ifPresent(site -> writeSite(mapper, site, change));
    int done = 0;
    for (int from = 0; from < change.staff().size(); from += PART) {
      List<StaffChange> part =
          change.staff().subList(from, Math.min(from + PART, change.staff().size()));
      write(mapper, part, change);
      mapper.flush();
      done += part.size();
      written.accept(done);
    }
    mapper.nextRevision();
    return new Applied.Done(revision + 1);
  }

  /** Statement by statement, not person by person: equal statements go out together. */
  private void write(
      DirectoryChangeMapper mapper, List<StaffChange> changes, DirectoryChange whole) {
    each(changes, one -> one.after().isEmpty(), one -> mapper.deleteStaff(one.staff().value()));
    each(
        changes,
        one -> one.before().isEmpty(),
        one -> mapper.addStaff(DirectoryStore.row(one.after().orElseThrow())));
    each(
        changes,
        one -> one.before().isPresent() && one.after().isPresent(),
        one -> mapper.changeStaff(DirectoryStore.row(one.after().orElseThrow())));
    each(
        changes,
        one -> one.before().isPresent() && otherNumbers(one),
        one -> mapper.deleteNumbers(one.staff().value()));
    each(
        changes,
        one -> one.before().isEmpty() || otherNumbers(one),
        one -> DirectoryStore.addNumbers(mapper, one.after().orElseThrow()));
    whole
        .source()
        .ifPresent(
            source ->
                each(
                    changes,
                    one -> one.after().isPresent(),
                    one -> mapper.setSource(one.staff().value(), source)));
    audit.write(
        mapper,
        changes.stream()
            .map(
                one ->
                    new Line(
                        whole.by(),
                        whole.action(),
                        "staff " + one.staff(),
                        one.before().map(StaffField::texts),
                        one.after().map(StaffField::texts)))
            .toList());
  }

  private static void each(
      List<StaffChange> changes, Predicate<StaffChange> which, Consumer<StaffChange> work) {
    changes.stream().filter(which).forEach(work);
  }

  private static boolean otherNumbers(StaffChange change) {
    return change.after().isPresent()
        && !change
            .before()
            .map(StaffMember::numbers)
            .equals(change.after().map(StaffMember::numbers));
  }

  private void writeSite(DirectoryChangeMapper mapper, Site site, DirectoryChange change) {
    SiteRow old =
        mapper.sites().stream()
            .filter(row -> row.siteId().equals(site.id().value()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("site " + site.id() + " is gone"));
    List<RangeRow> ranges =
        mapper.ranges().stream().filter(row -> row.siteId().equals(old.siteId())).toList();
    write(mapper, site, old.ordinal());
    audit.write(
        mapper,
        new Line(
            change.by(),
            change.action(),
            "site " + site.id(),
            Optional.of(MasterFacts.of(DirectoryStore.site(old, ranges), old.ordinal())),
            Optional.of(MasterFacts.of(site, old.ordinal()))));
  }

  /** Puts a site that is on record in another form. */
  static void write(DirectoryChangeMapper mapper, Site site, int ordinal) {
    mapper.changeSite(DirectoryStore.row(site, ordinal));
    mapper.deleteRangesOf(site.id().value());
    addRanges(mapper, site);
  }

  static void addRanges(DirectoryMapper mapper, Site site) {
    site.extensions()
        .forEach(
            range -> mapper.addRange(new RangeRow(site.id().value(), range.first(), range.last())));
  }
}
