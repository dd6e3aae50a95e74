package cti.server.db.directory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.MasterFacts;
import cti.core.desk.Site;
import cti.core.port.MasterRecords;
import cti.server.db.Database;
import cti.server.db.agents.AgentStore;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.directory.DirectoryMapper.DeskRecordingRow;
import cti.server.db.directory.DirectoryMapper.DeskRow;
import cti.server.db.directory.DirectoryMapper.RangeRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Sites, desks and agents on record, each change with its audit line. Reads wait for nobody: an
 * import that is being written must not hold up a list.
 */
public final class MasterRecordStore implements MasterRecords {
  private final Database database;
  private final AuditWriter audit;

  public MasterRecordStore(Database database, AuditWriter audit) {
    this.database = database;
    this.audit = audit;
  }

  @Override
  public Master read() {
    return database.with(
        MasterRecordMapper.class,
        mapper -> {
          Map<String, List<RangeRow>> ranges =
              mapper.ranges().stream().collect(groupingBy(RangeRow::siteId));
          Map<String, DeskRecordingRow> recording =
              mapper.deskRecordings().stream().collect(toMap(DeskRecordingRow::deskId, row -> row));
          return new Master(
              mapper.sites().stream()
                  .map(
                      row ->
                          new Placed<>(
                              DirectoryStore.site(
                                  row, ranges.getOrDefault(row.siteId(), List.of())),
                              row.ordinal()))
                  .toList(),
              mapper.desks().stream()
                  .map(row -> new Placed<>(DirectoryStore.desk(row, recording), row.ordinal()))
                  .toList(),
              AgentStore.agents(mapper));
        });
  }

  @Override
  public long write(MasterChange change, String by) {
    return database.with(
        MasterRecordMapper.class,
        mapper -> {
          mapper.beginRevisions();
          long revision = mapper.lockedRevision();
          mapper.nextRevision();
          switch (change) {
            case MasterChange.OfSite site -> write(mapper, site);
            case MasterChange.OfDesk desk -> write(mapper, desk);
            case MasterChange.OfAgent agent -> write(mapper, agent);
          }
          audit.write(mapper, line(change, by));
          return revision + 1;
        });
  }

  private static void write(MasterRecordMapper mapper, MasterChange.OfSite change) {
    if (change.after().isEmpty()) {
      mapper.deleteSite(change.before().orElseThrow().it().id().value());
      return;
    }
    Placed<Site> site = change.after().get();
    if (change.before().isPresent()) {
      DirectoryRecordStore.write(mapper, site.it(), site.ordinal());
    } else {
      mapper.addSite(DirectoryStore.row(site.it(), site.ordinal()));
      DirectoryRecordStore.addRanges(mapper, site.it());
    }
  }

  private static void write(MasterRecordMapper mapper, MasterChange.OfDesk change) {
    if (change.after().isEmpty()) {
      mapper.deleteDesk(change.before().orElseThrow().it().id().value());
      return;
    }
    Placed<Desk> desk = change.after().get();
    DeskRow row = DirectoryStore.row(desk.it(), desk.ordinal());
    if (change.before().isPresent()) {
      mapper.changeDesk(row);
    } else {
      mapper.addDesk(row);
    }
  }

  private static void write(MasterRecordMapper mapper, MasterChange.OfAgent change) {
    if (change.after().isPresent()) {
      AgentStore.write(mapper, change.after().get(), change.before().isEmpty());
    } else {
      mapper.delete(change.before().orElseThrow().id().value());
    }
  }

  private static Line line(MasterChange change, String by) {
    return switch (change) {
      case MasterChange.OfSite(var before, var after) ->
          line(
              by,
              "site " + before.or(() -> after).orElseThrow().it().id(),
              before.map(site -> MasterFacts.of(site.it(), site.ordinal())),
              after.map(site -> MasterFacts.of(site.it(), site.ordinal())));
      case MasterChange.OfDesk(var before, var after) ->
          line(
              by,
              "desk " + before.or(() -> after).orElseThrow().it().id(),
              before.map(desk -> MasterFacts.of(desk.it(), desk.ordinal())),
              after.map(desk -> MasterFacts.of(desk.it(), desk.ordinal())));
      case MasterChange.OfAgent(Optional<Agent> before, Optional<Agent> after) ->
          line(
              by,
              "agent " + before.or(() -> after).orElseThrow().id(),
              before.map(MasterFacts::of),
              after.map(MasterFacts::of));
    };
  }

  private static Line line(
      String by,
      String subject,
      Optional<SequencedMap<String, Object>> before,
      Optional<SequencedMap<String, Object>> after) {
    String action = before.isEmpty() ? "create" : after.isEmpty() ? "remove" : "change";
    return new Line(by, action, subject, before, after);
  }
}
