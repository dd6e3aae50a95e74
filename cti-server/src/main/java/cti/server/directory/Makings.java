package cti.server.directory;

import cti.core.desk.Site;
import cti.core.directory.DepartmentPath;
import cti.core.directory.DepartmentTree;
import cti.core.directory.DirectoryDiff;
import cti.core.directory.DirectoryPicture;
import cti.core.directory.GoneRule;
import cti.core.directory.NumberKind;
import cti.core.directory.NumberNormalizer;
import cti.core.directory.NumberNormalizer.Normalized;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffChange;
import cti.core.directory.StaffField;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffReading;
import cti.core.fault.FaultText;
import cti.core.id.StaffId;
import cti.core.port.DirectoryPreviews.Format;
import cti.core.port.DirectoryPreviews.RowFault;
import cti.core.port.DirectoryRecords;
import cti.server.directory.sheet.CsvSheet;
import cti.server.directory.sheet.SheetException;
import cti.server.directory.sheet.SheetLimits;
import cti.server.directory.sheet.SheetRow;
import cti.server.directory.sheet.XlsxSheet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How each kind of preview is found out. */
final class Makings {
  /** Twice the biggest directory that the product is measured with. */
  static final int MOST_ROWS = 200_001;

  private static final long MOST_INFLATED = 512L << 20;

  private final DirectoryRecords records;
  private final NumberNormalizer normalizer;
  private final Function<String, Set<StaffField>> keptBySource;

  Makings(
      DirectoryRecords records,
      NumberNormalizer normalizer,
      Function<String, Set<StaffField>> keptBySource) {
    this.records = records;
    this.normalizer = normalizer;
    this.keptBySource = keptBySource;
  }

  Making file(byte[] content, Format format, GoneRule gone) {
    return course -> {
      SheetLimits limits = new SheetLimits(MOST_ROWS, MOST_INFLATED, course::check);
      List<SheetRow> rows =
          switch (format) {
            case CSV -> CsvSheet.read(content, limits);
            case XLSX -> XlsxSheet.read(content, limits);
          };
      course.total(rows.size());
      DirectoryPicture picture = records.read();
      StaffTable table =
          StaffTable.read(
              rows,
              format == Format.XLSX,
              new StaffReading(picture.sites(), normalizer),
              course::done);
      course.check();
      return compared(picture, table, gone);
    };
  }

  private Made compared(DirectoryPicture picture, StaffTable table, GoneRule gone) {
    List<RowFault> faults = new ArrayList<>(table.faults());
    Map<StaffId, StaffMember> byHand = new LinkedHashMap<>();
    Map<StaffId, StaffMember> elsewhere = new LinkedHashMap<>();
    for (StaffMember member : picture.staff()) {
      (picture.sources().containsKey(member.id()) ? elsewhere : byHand).put(member.id(), member);
    }
    List<StaffChange> changes = new ArrayList<>();
    List<StaffMember> ours = new ArrayList<>();
    for (StaffMember member : table.members()) {
      StaffMember kept = elsewhere.get(member.id());
      if (kept == null) {
        ours.add(member);
      } else if (!kept.equals(member)) {
        StaffChange change = StaffChange.changed(kept, member);
        String source = picture.sources().get(member.id());
        faults.addAll(keptFaults(change, source, table.rowOf().get(member.id())));
        changes.add(change);
      }
    }
    changes.addAll(DirectoryDiff.between(byHand, ours, gone));
    changes.sort(Comparator.comparing(StaffChange::staff));
    long gones = changes.stream().filter(one -> one.kind() == StaffChange.Kind.GONE).count();
    long absent = byHand.keySet().stream().filter(id -> !table.rowOf().containsKey(id)).count();
    return new Made(
        picture.revision(),
        changes,
        Optional.empty(),
        Optional.empty(),
        (int) (table.members().size() - (changes.size() - gones)),
        (int) (absent - gones),
        faults,
        !faults.isEmpty());
  }

  /** Somebody else keeps the person: their next look would undo what the file says. */
  private List<RowFault> keptFaults(StaffChange change, String source, int row) {
    Set<StaffField> kept = keptBySource.apply(source);
    return change.fields().stream()
        .filter(field -> kept.contains(field.field()))
        .map(
            field ->
                new RowFault(
                    row,
                    field.field().column(),
                    "",
                    FaultText.of(
                        "kept-elsewhere",
                        "is '{0}', expected '{1}' as {2} has it, which keeps this person",
                        field.after(),
                        field.before(),
                        source)))
        .toList();
  }

  Making department(DepartmentPath from, DepartmentPath to) {
    return course -> {
      DirectoryPicture picture = records.read();
      course.total(picture.staff().size());
      List<StaffChange> changes =
          switch (DepartmentTree.move(picture.staff(), from, to)) {
            case DepartmentTree.Move.Possible possible -> possible.changes();
            case DepartmentTree.Move.Refused(String reason) -> throw new SheetException(reason);
          };
      List<RowFault> faults =
          changes.stream()
              .filter(
                  change ->
                      keptBySource
                          .apply(picture.sources().getOrDefault(change.staff(), ""))
                          .contains(StaffField.DEPARTMENT))
              .map(
                  change ->
                      new RowFault(
                          0,
                          StaffField.DEPARTMENT.column(),
                          change.staff().value(),
                          FaultText.of(
                              "move-there",
                              "is kept by {0}, expected to be moved there",
                              picture.sources().get(change.staff()))))
              .toList();
      return new Made(
          picture.revision(),
          changes,
          Optional.empty(),
          Optional.empty(),
          picture.staff().size() - changes.size(),
          0,
          faults,
          !faults.isEmpty());
    };
  }

  Making dialPlan(Site next) {
    return course -> {
      DirectoryPicture picture = records.read();
      List<StaffMember> there =
          picture.staff().stream().filter(member -> member.site().equals(next.id())).toList();
      course.total(there.size());
      List<StaffChange> changes = new ArrayList<>();
      List<RowFault> faults = new ArrayList<>();
      for (StaffMember member : there) {
        StaffMember after = member.with(normalized(member, next, faults));
        if (!after.equals(member)) {
          changes.add(StaffChange.changed(member, after));
        }
        course.check();
        course.done(changes.size());
      }
      return new Made(
          picture.revision(),
          changes,
          Optional.of(next),
          Optional.empty(),
          there.size() - changes.size(),
          picture.staff().size() - there.size(),
          faults,
          false);
    };
  }

  /** A number that the plan does not read stays as it was given, and is told. */
  private List<PhoneNumber> normalized(StaffMember member, Site site, List<RowFault> faults) {
    List<PhoneNumber> numbers = new ArrayList<>();
    for (PhoneNumber number : member.numbers()) {
      switch (normalizer.normalize(number.given(), number.kind(), site)) {
        case Normalized.Valid valid -> numbers.add(valid.number());
        case Normalized.Problem problem -> {
          numbers.add(
              new PhoneNumber(number.given(), number.kind(), Optional.empty(), Optional.empty()));
          faults.add(
              new RowFault(
                  0,
                  number.kind() == NumberKind.MOBILE ? "mobile" : "office",
                  member.id().value(),
                  problem.what()));
        }
      }
    }
    return numbers;
  }
}
