package cti.server.directory;

import cti.core.desk.Site;
import cti.core.directory.DirectoryChange;
import cti.core.directory.NumberNormalizer;
import cti.core.directory.StaffChange;
import cti.core.directory.StaffField;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffReading;
import cti.core.directory.StaffReading.Read;
import cti.core.directory.StaffRecord;
import cti.core.directory.StaffStatus;
import cti.core.id.StaffId;
import cti.core.port.DirectoryEditing;
import cti.core.port.DirectoryRecords;
import cti.core.port.DirectoryRecords.Applied;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Edits of single people: checked as a row of a file is, then written with an audit line. */
public final class StaffEditing implements DirectoryEditing {
  private final DirectoryRecords records;
  private final Function<DirectoryChange, Applied> writer;
  private final Supplier<List<Site>> sites;
  private final NumberNormalizer normalizer;
  private final Function<String, Set<StaffField>> keptBySource;

  /**
   * @param writer writes a change and puts it into use
   * @param keptBySource the fields that a source such as ldap keeps: its next look would undo an
   *     edit of them
   */
  public StaffEditing(
      DirectoryRecords records,
      Function<DirectoryChange, Applied> writer,
      Supplier<List<Site>> sites,
      NumberNormalizer normalizer,
      Function<String, Set<StaffField>> keptBySource) {
    this.records = records;
    this.writer = writer;
    this.sites = sites;
    this.normalizer = normalizer;
    this.keptBySource = keptBySource;
  }

  @Override
  public Optional<StaffRecord> find(StaffId staff) {
    return records.find(staff);
  }

  @Override
  public Edited create(Map<StaffField, String> texts, String by) {
    return switch (new StaffReading(sites.get(), normalizer).read(texts::get)) {
      case Read.Faulty faulty -> new Edited.Faulty(faulty.faults());
      case Read.Good(StaffMember member) -> written("create", StaffChange.added(member), "", by);
    };
  }

  @Override
  public Edited change(StaffId staff, Map<StaffField, String> texts, String version, String by) {
    Map<StaffField, String> all = new EnumMap<>(texts);
    all.put(StaffField.ID, staff.value());
    return with(
        staff,
        version,
        now ->
            switch (new StaffReading(sites.get(), normalizer).read(all::get)) {
              case Read.Faulty faulty -> new Edited.Faulty(faulty.faults());
              case Read.Good(StaffMember member) ->
                  written("change", StaffChange.changed(now.member(), member), now.source(), by);
            });
  }

  @Override
  public Edited retire(StaffId staff, String version, String by) {
    return with(
        staff,
        version,
        now ->
            now.member().status() == StaffStatus.RETIRED
                ? new Edited.Refused("is-retired", staff + " is retired already")
                : written(
                    "retire",
                    StaffChange.changed(now.member(), now.member().with(StaffStatus.RETIRED)),
                    now.source(),
                    by));
  }

  @Override
  public Edited reinstate(StaffId staff, String version, String by) {
    return with(
        staff,
        version,
        now ->
            now.member().status() != StaffStatus.RETIRED
                ? new Edited.Refused(
                    "not-retired", staff + " is not retired, expected somebody who is")
                : written(
                    "reinstate",
                    StaffChange.changed(now.member(), now.member().with(StaffStatus.ACTIVE)),
                    now.source(),
                    by));
  }

  @Override
  public Edited remove(StaffId staff, String version, String by) {
    return with(
        staff,
        version,
        now -> {
          long incidents = records.incidentsOf(staff);
          if (incidents > 0) {
            return new Edited.Refused(
                "has-incidents",
                incidents + " incidents name " + staff + " as their caller: retire them instead");
          }
          if (!now.source().isEmpty()) {
            return keptElsewhere(staff, now.source(), "take them off there");
          }
          Edited edited = written("remove", StaffChange.removed(now.member()), "", by);
          return edited instanceof Edited.Done ? new Edited.Removed() : edited;
        });
  }

  private Edited with(StaffId staff, String version, Function<StaffRecord, Edited> edit) {
    Optional<StaffRecord> now = records.find(staff);
    if (now.isEmpty()) {
      return new Edited.NoSuchPerson(staff);
    }
    return now.get().version().equals(version)
        ? edit.apply(now.get())
        : new Edited.Outdated(now.get());
  }

  private Edited written(String action, StaffChange change, String source, String by) {
    Set<StaffField> kept = keptBySource.apply(source);
    Optional<StaffField> taken =
        change.fields().stream()
            .map(StaffChange.FieldChange::field)
            .filter(kept::contains)
            .findFirst();
    if (change.before().isPresent() && taken.isPresent()) {
      return keptElsewhere(change.staff(), source, "change " + taken.get().column() + " there");
    }
    if (change.before().equals(change.after())) {
      return new Edited.Done(new StaffRecord(change.after().orElseThrow(), source));
    }
    return switch (writer.apply(DirectoryChange.of(action, change, by))) {
      case Applied.Done done ->
          new Edited.Done(new StaffRecord(change.after().or(change::before).orElseThrow(), source));
      case Applied.Busy busy ->
          new Edited.Refused(
              "directory-busy",
              "a change of many people is being written, expected a try in a few seconds");
      case Applied.Moved moved ->
          throw new IllegalStateException("an edit of one person names no revision");
      case Applied.Conflict(StaffId staff, Optional<StaffRecord> now) ->
          now.isEmpty()
              ? new Edited.NoSuchPerson(staff)
              : change.before().isEmpty()
                  ? new Edited.AlreadyThere(staff)
                  : new Edited.Outdated(now.get());
    };
  }

  private static Edited keptElsewhere(StaffId staff, String source, String instead) {
    return new Edited.Refused("kept-by-source", staff + " is kept by " + source + ": " + instead);
  }
}
