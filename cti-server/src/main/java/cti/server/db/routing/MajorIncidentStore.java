package cti.server.db.routing;

import cti.core.id.CallId;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.port.MajorIncidents.Affected;
import cti.core.port.MajorIncidents.Entry;
import cti.core.routing.MajorIncident;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.routing.MajorIncidentMapper.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Major incidents on record. Blocks; throws StoreUnavailableException. */
public final class MajorIncidentStore {
  private static final String ID = "[0-9]{1,18}";

  private final Database database;
  private final InstantSource clock;
  private final AuditWriter audit;

  public MajorIncidentStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.audit = new AuditWriter(clock);
  }

  /** Those that are not over, oldest first. */
  public List<MajorIncident> notOver() {
    return database.with(
        MajorIncidentMapper.class,
        mapper -> mapper.notOver(now()).stream().map(row -> entry(row).incident()).toList());
  }

  /** Newest first. */
  public List<Entry> newest(int limit) {
    return database.with(
        MajorIncidentMapper.class,
        mapper -> mapper.newestFirst(limit).stream().map(MajorIncidentStore::entry).toList());
  }

  public Optional<Entry> one(String id) {
    if (!id.matches(ID)) {
      return Optional.empty();
    }
    return database.with(
        MajorIncidentMapper.class,
        mapper ->
            Optional.ofNullable(mapper.one(Long.parseLong(id))).map(MajorIncidentStore::entry));
  }

  /** Calls whose callers are on its list, in order; empty where there is no such incident. */
  public Optional<List<Affected>> affected(String id, int limit) {
    return one(id)
        .map(
            entry ->
                database.with(
                    MajorIncidentMapper.class,
                    mapper ->
                        mapper.affected(Long.parseLong(id), limit).stream()
                            .map(
                                row ->
                                    new Affected(new CallId(row.callId), row.at, row.callingNumber))
                            .toList()));
  }

  /** Adds it under an id of its own. */
  public Entry add(MajorIncident incident, String by) {
    return database.with(
        MajorIncidentMapper.class,
        mapper -> {
          Row row = row(incident, by);
          mapper.add(row);
          note(mapper, "create", Optional.empty(), row);
          return entry(row);
        });
  }

  /**
   * Empty where there is none with its id.
   *
   * @param endedBy who ended it; empty while it goes on
   */
  public Optional<Entry> change(MajorIncident incident, Optional<String> endedBy, String by) {
    if (!incident.id().matches(ID)) {
      return Optional.empty();
    }
    return database.with(
        MajorIncidentMapper.class,
        mapper -> {
          Row row = row(incident, by);
          row.noticeId = Long.parseLong(incident.id());
          row.endedBy = endedBy.orElse(null);
          Optional<Row> before = Optional.ofNullable(mapper.one(row.noticeId));
          if (mapper.change(row) != 1) {
            return Optional.<Entry>empty();
          }
          note(mapper, endedBy.isPresent() ? "end" : "change", before, row);
          return Optional.of(entry(row));
        });
  }

  private void note(MajorIncidentMapper mapper, String action, Optional<Row> before, Row after) {
    audit.write(
        mapper,
        new AuditWriter.Line(
            after.author,
            action,
            "major-incident " + after.noticeId,
            before.map(MajorIncidentStore::facts),
            Optional.of(facts(after))));
  }

  private static SequencedMap<String, Object> facts(Row row) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("title", row.title);
    facts.put("prompt", row.prompt);
    facts.put("sites", row.sites);
    facts.put("services", row.services);
    facts.put("incident", row.incidentId == null ? "" : row.incidentId);
    facts.put("begins", row.beginsAt.toString());
    facts.put("ends", row.endsAt == null ? "" : row.endsAt.toString());
    return facts;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Row row(MajorIncident incident, String by) {
    Row row = new Row();
    row.title = incident.title();
    row.prompt = incident.prompt();
    row.sites = words(incident.sites());
    row.services = words(incident.services());
    row.incidentId = incident.incident().map(IncidentId::value).orElse(null);
    row.beginsAt = incident.begins().truncatedTo(ChronoUnit.MICROS);
    row.endsAt = incident.ends().map(end -> end.truncatedTo(ChronoUnit.MICROS)).orElse(null);
    row.author = by;
    row.changedAt = now();
    return row;
  }

  private static Entry entry(Row row) {
    return new Entry(
        new MajorIncident(
            Long.toString(row.noticeId),
            row.title,
            row.prompt,
            set(row.sites, SiteId::new),
            set(row.services, Function.identity()),
            Optional.ofNullable(row.incidentId).map(IncidentId::new),
            row.beginsAt,
            Optional.ofNullable(row.endsAt)),
        row.author,
        row.changedAt,
        Optional.ofNullable(row.endedBy));
  }

  private static String words(Set<?> values) {
    return values.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
  }

  private static <T> Set<T> set(String words, Function<String, T> type) {
    return Arrays.stream(words.split(" "))
        .filter(word -> !word.isEmpty())
        .map(type)
        .collect(Collectors.toSet());
  }
}
