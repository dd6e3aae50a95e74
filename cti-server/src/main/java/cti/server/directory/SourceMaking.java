package cti.server.directory;

import cti.core.directory.DirectoryPicture;
import cti.core.directory.NumberNormalizer;
import cti.core.directory.StaffChange;
import cti.core.directory.StaffField;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffReading;
import cti.core.directory.StaffReading.Read;
import cti.core.directory.StaffStatus;
import cti.core.fault.FaultText;
import cti.core.id.StaffId;
import cti.core.port.DirectoryPreviews.RowFault;
import cti.core.port.DirectoryRecords;
import cti.server.directory.sheet.SheetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What another directory has, compared with what is on record. An entry with a fault is told and
 * leaves its person as they are; people of the source whom it has no more are retired; people who
 * were kept by hand are taken over.
 */
final class SourceMaking implements Making {
  private final DirectoryRecords records;
  private final NumberNormalizer normalizer;
  private final PeopleSource source;

  SourceMaking(DirectoryRecords records, NumberNormalizer normalizer, PeopleSource source) {
    this.records = records;
    this.normalizer = normalizer;
    this.source = source;
  }

  @Override
  public Made make(Course course) throws SheetException {
    List<PeopleSource.Entry> entries = source.read(course);
    course.total(entries.size());
    DirectoryPicture picture = records.read();
    return new Comparing(picture).all(entries, course);
  }

  private final class Comparing {
    private final DirectoryPicture picture;
    private final StaffReading reading;
    private final Map<StaffId, StaffMember> now = new HashMap<>();
    private final List<StaffChange> changes = new ArrayList<>();
    private final List<RowFault> faults = new ArrayList<>();
    private final Map<String, String> placeOf = new HashMap<>();
    private int unchanged;

    Comparing(DirectoryPicture picture) {
      this.picture = picture;
      this.reading = new StaffReading(picture.sites(), normalizer);
      picture.staff().forEach(member -> now.put(member.id(), member));
    }

    Made all(List<PeopleSource.Entry> entries, Course course) throws SheetException {
      for (int i = 0; i < entries.size(); i++) {
        compare(entries.get(i));
        course.done(i + 1);
        course.check();
      }
      Set<StaffId> there = new HashSet<>();
      placeOf.keySet().forEach(id -> there.add(new StaffId(id)));
      picture.staff().stream()
          .filter(member -> source.name().equals(picture.sources().get(member.id())))
          .filter(member -> !there.contains(member.id()))
          .filter(member -> member.status() != StaffStatus.RETIRED)
          .map(StaffChange::retired)
          .forEach(changes::add);
      changes.sort(Comparator.comparing(StaffChange::staff));
      long others =
          picture.staff().stream()
              .filter(member -> !there.contains(member.id()))
              .filter(member -> !picture.sources().containsKey(member.id()))
              .count();
      return new Made(
          picture.revision(),
          changes,
          Optional.empty(),
          Optional.of(source.name()),
          unchanged,
          (int) others,
          faults,
          false);
    }

    private void compare(PeopleSource.Entry entry) {
      String id = entry.texts().getOrDefault(StaffField.ID, "").strip();
      if (id.isEmpty() || id.length() > StaffField.ID.longest()) {
        fault(entry, StaffField.ID, StaffReading.badId(id).what());
        return;
      }
      String before = placeOf.putIfAbsent(id, entry.place());
      if (before != null) {
        fault(entry, StaffField.ID, FaultText.of("taken-by", "is {0}, which {1} has", id, before));
        return;
      }
      StaffMember old = now.get(new StaffId(id));
      switch (reading.read(field -> text(entry, field, old))) {
        case Read.Faulty faulty ->
            faulty.faults().forEach(one -> fault(entry, one.field(), one.what()));
        case Read.Good(StaffMember member) -> {
          if (old == null) {
            changes.add(StaffChange.added(member));
          } else if (!old.equals(member)
              || !source.name().equals(picture.sources().get(member.id()))) {
            changes.add(StaffChange.changed(old, member));
          } else {
            unchanged++;
          }
        }
      }
    }

    /** What the source does not keep stays as it is on record. */
    private String text(PeopleSource.Entry entry, StaffField field, StaffMember old) {
      if (source.keeps().contains(field)) {
        return entry.texts().getOrDefault(field, "");
      }
      return old == null ? "" : field.text(old);
    }

    private void fault(PeopleSource.Entry entry, StaffField field, FaultText what) {
      if (faults.size() < StaffTable.MOST_FAULTS) {
        faults.add(new RowFault(0, field.column(), entry.place(), what));
      }
    }
  }
}
