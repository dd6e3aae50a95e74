package cti.server.db.directory;

import static java.util.stream.Collectors.groupingBy;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.desk.Site.ExtensionRange;
import cti.core.desk.SiteKind;
import cti.core.directory.DepartmentPath;
import cti.core.directory.NumberKind;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import cti.server.db.Database;
import cti.server.db.directory.DirectoryMapper.DeskRecordingRow;
import cti.server.db.directory.DirectoryMapper.DeskRow;
import cti.server.db.directory.DirectoryMapper.NumberRow;
import cti.server.db.directory.DirectoryMapper.RangeRow;
import cti.server.db.directory.DirectoryMapper.SiteRow;
import cti.server.db.directory.DirectoryMapper.StaffRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sites, desks and staff with their numbers. */
public final class DirectoryStore {
  /** People of one query. */
  private static final int AT_ONCE = 1_000;

  private final Database database;

  public DirectoryStore(Database database) {
    this.database = database;
  }

  /** Grows with every change, whichever server makes it; 0 before the first. */
  public long revision() {
    return database.with(
        DirectoryRevisionMapper.class,
        mapper -> {
          Long revision = mapper.revision();
          return revision == null ? 0 : revision;
        });
  }

  /** Everything, of one moment. */
  public DirectoryCatalog load() {
    return load(staff -> Optional.empty());
  }

  /**
   * The same where most of it is in memory already.
   *
   * @param known people as they were; who has not changed is given as the same object, so that a
   *     load leaves little more behind than what has changed
   */
  public DirectoryCatalog load(Function<StaffId, Optional<StaffMember>> known) {
    return database.snapshot(
        DirectoryMapper.class,
        mapper -> {
          Map<String, List<RangeRow>> ranges =
              mapper.ranges().stream().collect(groupingBy(RangeRow::siteId));
          Map<String, DeskRecordingRow> recording =
              mapper.deskRecordings().stream()
                  .collect(Collectors.toMap(DeskRecordingRow::deskId, row -> row));
          return new DirectoryCatalog(
              mapper.sites().stream()
                  .map(row -> site(row, ranges.getOrDefault(row.siteId(), List.of())))
                  .toList(),
              mapper.desks().stream().map(row -> desk(row, recording)).toList(),
              people(mapper, known));
        });
  }

  /** In parts, or the rows of everybody would be in memory beside everybody. */
  static List<StaffMember> people(
      DirectoryMapper mapper, Function<StaffId, Optional<StaffMember>> known) {
    List<StaffMember> people = new ArrayList<>();
    Map<String, DepartmentPath> departments = new HashMap<>();
    String after = "";
    List<StaffRow> rows;
    do {
      rows = mapper.staff(after, AT_ONCE);
      if (!rows.isEmpty()) {
        String last = rows.getLast().staffId();
        Map<String, List<NumberRow>> numbers =
            mapper.numbers(after, last).stream().collect(groupingBy(NumberRow::staffId));
        for (StaffRow row : rows) {
          StaffMember read =
              staff(
                  row,
                  departments.computeIfAbsent(row.department(), DepartmentPath::parse),
                  numbers.getOrDefault(row.staffId(), List.of()));
          people.add(known.apply(read.id()).filter(read::equals).orElse(read));
        }
        after = last;
      }
    } while (rows.size() == AT_ONCE);
    return people;
  }

  /**
   * Puts a catalog in the place of the one that is there, all or nothing. Agents keep their seats
   * at desks that stay; seats at desks that go, go too.
   */
  public void replace(DirectoryCatalog catalog) {
    database.runBatch(DirectoryMapper.class, mapper -> replace(mapper, catalog));
  }

  private static void replace(DirectoryMapper mapper, DirectoryCatalog catalog) {
    List<SiteRow> oldSites = mapper.sites();
    List<DeskRow> oldDesks = mapper.desks();
    Set<String> newSites =
        catalog.sites().stream().map(site -> site.id().value()).collect(Collectors.toSet());
    Set<String> newDesks =
        catalog.desks().stream().map(desk -> desk.id().value()).collect(Collectors.toSet());
    mapper.nextRevision();
    mapper.deleteAllStaff();
    mapper.deleteRanges();
    oldDesks.stream()
        .map(DeskRow::deskId)
        .filter(desk -> !newDesks.contains(desk))
        .forEach(mapper::deleteDesk);
    Set<String> sites = oldSites.stream().map(SiteRow::siteId).collect(Collectors.toSet());
    for (int i = 0; i < catalog.sites().size(); i++) {
      SiteRow row = row(catalog.sites().get(i), i);
      if (sites.contains(row.siteId())) {
        mapper.changeSite(row);
      } else {
        mapper.addSite(row);
      }
    }
    putDesks(mapper, catalog.desks(), oldDesks);
    sites.stream().filter(site -> !newSites.contains(site)).forEach(mapper::deleteSite);
    for (Site site : catalog.sites()) {
      for (ExtensionRange range : site.extensions()) {
        mapper.addRange(new RangeRow(site.id().value(), range.first(), range.last()));
      }
    }
    catalog.staff().forEach(member -> mapper.addStaff(row(member)));
    catalog.staff().forEach(member -> addNumbers(mapper, member));
  }

  private static void putDesks(DirectoryMapper mapper, List<Desk> desks, List<DeskRow> old) {
    Map<String, DeskRow> oldByDesk =
        old.stream().collect(Collectors.toMap(DeskRow::deskId, row -> row));
    // Queues may be swapped among desks: out of the way first, the unique key allows no doubles.
    for (Desk desk : desks) {
      DeskRow before = oldByDesk.get(desk.id().value());
      if (before != null && !before.queueName().equals(desk.queue().value())) {
        mapper.changeDesk(withQueue(before, "#" + before.deskId()));
      }
    }
    for (int i = 0; i < desks.size(); i++) {
      DeskRow row = row(desks.get(i), i);
      if (oldByDesk.containsKey(row.deskId())) {
        mapper.changeDesk(row);
      } else {
        mapper.addDesk(row);
      }
    }
    desks.forEach(desk -> mapper.putDeskRecording(row(desk.id(), desk.recording())));
  }

  /** One person of the directory. */
  public Optional<StaffMember> find(StaffId staff) {
    return database.with(
        DirectoryMapper.class,
        mapper ->
            Optional.ofNullable(mapper.staffMember(staff.value()))
                .map(row -> staff(row, mapper.numbersOf(row.staffId()))));
  }

  /** Adds a person, or puts the new facts in the place of the old. */
  public void save(StaffMember member) {
    database.run(
        DirectoryMapper.class,
        mapper -> {
          mapper.nextRevision();
          mapper.deleteStaff(member.id().value());
          mapper.addStaff(row(member));
          addNumbers(mapper, member);
        });
  }

  /** False where there is no such person. */
  public boolean remove(StaffId staff) {
    return database.with(
        DirectoryMapper.class,
        mapper -> {
          mapper.nextRevision();
          return mapper.deleteStaff(staff.value()) > 0;
        });
  }

  static void addNumbers(DirectoryMapper mapper, StaffMember member) {
    for (int i = 0; i < member.numbers().size(); i++) {
      PhoneNumber number = member.numbers().get(i);
      mapper.addNumber(
          new NumberRow(
              member.id().value(),
              i,
              number.given(),
              number.kind().name(),
              number.e164().orElse(null),
              number.extension().orElse(null)));
    }
  }

  static SiteRow row(Site site, int ordinal) {
    return new SiteRow(
        site.id().value(),
        site.name(),
        site.kind().name(),
        site.areaCode(),
        site.directPrefix(),
        site.outsidePrefix(),
        ordinal);
  }

  static Site site(SiteRow row, List<RangeRow> ranges) {
    return new Site(
        new SiteId(row.siteId()),
        row.name(),
        SiteKind.valueOf(row.kind()),
        row.areaCode(),
        ranges.stream()
            .map(range -> new ExtensionRange(range.firstExtension(), range.lastExtension()))
            .toList(),
        row.directPrefix(),
        row.outsidePrefix());
  }

  static DeskRow row(Desk desk, int ordinal) {
    return new DeskRow(
        desk.id().value(),
        desk.name(),
        desk.site().value(),
        desk.businessLine(),
        desk.queue().value(),
        (int) desk.wrapUp().toSeconds(),
        (int) desk.longestWait().toSeconds(),
        ordinal);
  }

  private static DeskRow withQueue(DeskRow row, String queue) {
    return new DeskRow(
        row.deskId(),
        row.name(),
        row.siteId(),
        row.businessLine(),
        queue,
        row.wrapUpSeconds(),
        row.longestWaitSeconds(),
        row.ordinal());
  }

  private static DeskRecordingRow row(DeskId desk, RecordingRules rules) {
    return new DeskRecordingRow(
        desk.value(),
        rules.policy().name(),
        rules.sharePercent(),
        rules.announcement(),
        rules.agentMayStart(),
        rules.agentMayPause(),
        rules.agentMayListen(),
        rules.retentionDays());
  }

  private static RecordingRules recording(DeskRecordingRow row) {
    return row == null
        ? RecordingRules.NONE
        : new RecordingRules(
            RecordingPolicy.valueOf(row.policy()),
            row.sharePercent(),
            row.announcement(),
            row.agentMayStart(),
            row.agentMayPause(),
            row.agentMayListen(),
            row.retentionDays());
  }

  static Desk desk(DeskRow row, Map<String, DeskRecordingRow> recordings) {
    return new Desk(
        new DeskId(row.deskId()),
        row.name(),
        new SiteId(row.siteId()),
        row.businessLine(),
        new QueueName(row.queueName()),
        Duration.ofSeconds(row.wrapUpSeconds()),
        Duration.ofSeconds(row.longestWaitSeconds()),
        recording(recordings.get(row.deskId())));
  }

  static StaffRow row(StaffMember member) {
    return new StaffRow(
        member.id().value(),
        member.name(),
        member.department().toString(),
        member.site().value(),
        member.officeAddress(),
        member.email(),
        member.status().name(),
        member.vip(),
        member.remark());
  }

  static StaffMember staff(StaffRow row, List<NumberRow> numbers) {
    return staff(row, DepartmentPath.parse(row.department()), numbers);
  }

  private static StaffMember staff(
      StaffRow row, DepartmentPath department, List<NumberRow> numbers) {
    return new StaffMember(
        new StaffId(row.staffId()),
        row.name(),
        department,
        new SiteId(row.siteId()),
        row.officeAddress(),
        numbers.stream()
            .map(
                number ->
                    new PhoneNumber(
                        number.given(),
                        NumberKind.valueOf(number.kind()),
                        Optional.ofNullable(number.e164()),
                        Optional.ofNullable(number.extension())))
            .toList(),
        row.email(),
        StaffStatus.valueOf(row.status()),
        row.vip(),
        row.remark());
  }
}
