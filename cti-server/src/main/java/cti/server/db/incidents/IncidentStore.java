package cti.server.db.incidents;

import static java.util.stream.Collectors.groupingBy;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.incident.CallRole;
import cti.core.incident.Incident;
import cti.core.incident.Incident.LinkedCall;
import cti.core.incident.IncidentLevel;
import cti.core.incident.IncidentSight;
import cti.core.incident.IncidentState;
import cti.core.port.Incidents;
import cti.core.port.Page;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.incidents.IncidentMapper.CallLinkRow;
import cti.server.db.incidents.IncidentMapper.IncidentRow;
import cti.server.db.incidents.IncidentMapper.LogRow;
import cti.server.db.incidents.IncidentMapper.Restricted;
import cti.server.db.incidents.IncidentMapper.Seen;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.ibatis.exceptions.PersistenceException;

/** Incident tickets, their work logs and their calls; each change is a line of the audit log. */
public final class IncidentStore implements Incidents {
  private static final List<String> OVER =
      Arrays.stream(IncidentState.values()).filter(state -> !state.open()).map(Enum::name).toList();

  private final Database database;
  private final Clock clock;
  private final ZoneId zone;
  private final AuditWriter audit;

  /**
   * @param zone whose days the numbers count
   */
  public IncidentStore(Database database, Clock clock, ZoneId zone) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.audit = new AuditWriter(clock);
  }

  /** {@inheritDoc} Numbers count without gaps from 1 on each day. */
  @Override
  public Saved open(Draft draft, String key, String by) {
    IncidentTexts.check("key", key, 1, 64);
    IncidentTexts.check("user", by, 1, 64);
    IncidentTexts.check(draft);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    LocalDate day = LocalDate.ofInstant(now, zone);
    String hash = DraftHash.of(draft);
    try {
      return database.with(
          IncidentMapper.class,
          mapper -> {
            IncidentRow before = mapper.findByKey(key);
            if (before != null) {
              return savedBefore(mapper, before, hash);
            }
            mapper.takeNumber(day);
            // Whoever used the same key at the same moment had the number before us, and is done.
            before = mapper.findByKey(key);
            if (before != null) {
              mapper.giveNumberBack(day);
              return savedBefore(mapper, before, hash);
            }
            IncidentRow row = row(draft, key, hash, number(day, mapper.takenNumber()), now);
            Incident opened = add(mapper, row, draft, by);
            audit.write(mapper, IncidentFacts.opened(opened, by));
            return new Saved.Opened(opened);
          });
    } catch (PersistenceException refused) {
      // The same key at the same moment on both sides of midnight: two days, two numbers.
      if (!Database.isDuplicate(refused)) {
        throw refused;
      }
      return database.with(
          IncidentMapper.class,
          mapper ->
              Optional.ofNullable(mapper.findByKey(key))
                  .map(row -> savedBefore(mapper, row, hash))
                  .orElseThrow(() -> refused));
    }
  }

  private static Saved savedBefore(IncidentMapper mapper, IncidentRow row, String hash) {
    return row.draftHash().equals(hash)
        ? new Saved.Repeated(incident(mapper, row))
        : new Saved.KeyReused(new IncidentId(row.incidentId()));
  }

  private static Incident add(IncidentMapper mapper, IncidentRow row, Draft draft, String by) {
    mapper.add(row);
    for (LinkedCall call : draft.calls().stream().distinct().toList()) {
      mapper.addCall(link(row.incidentId(), call, row.createdAt()));
    }
    IncidentState first = draft.owner().isPresent() ? IncidentState.ASSIGNED : IncidentState.NEW;
    mapper.addLog(new LogRow(row.incidentId(), row.createdAt(), by, null, first.name(), ""));
    if (draft.solved()) {
      // Solved while they talked: the way of every incident, at one moment.
      IncidentState from = first;
      for (IncidentState to : List.of(IncidentState.IN_PROGRESS, IncidentState.RESOLVED)) {
        mapper.addLog(
            new LogRow(
                row.incidentId(),
                row.createdAt(),
                by,
                from.name(),
                to.name(),
                to == IncidentState.RESOLVED ? "solved on first contact" : ""));
        from = to;
      }
    }
    return incident(mapper, row);
  }

  private static String number(LocalDate day, int count) {
    return "INC-"
        + DateTimeFormatter.BASIC_ISO_DATE.format(day)
        + String.format(Locale.ROOT, "-%04d", count);
  }

  @Override
  public Optional<Incident> find(IncidentId id) {
    return database.with(
        IncidentMapper.class,
        mapper -> Optional.ofNullable(mapper.find(id.value())).map(row -> incident(mapper, row)));
  }

  /**
   * {@inheritDoc}
   *
   * @param limit 1 to {@value Page#MOST}
   */
  @Override
  public Page<Incident> list(IncidentFilter filter, Optional<Page.Key> after, int limit) {
    Page.checkLimit(limit);
    Restricted restricted =
        new Restricted(
            filter.state().map(Enum::name).orElse(null),
            filter.owner().map(AgentId::value).orElse(null),
            filter.desk().map(DeskId::value).orElse(null),
            filter.call().map(CallId::value).orElse(null),
            filter.callerNumber().orElse(null),
            filter.text().orElse(null),
            filter.sight().map(IncidentStore::seen).orElse(null));
    List<Incident> found =
        database.with(
            IncidentMapper.class,
            mapper -> incidents(mapper, mapper.list(restricted, after.orElse(null), limit + 1)));
    return Page.of(
        found, limit, incident -> new Page.Key(incident.createdAt(), incident.id().value()));
  }

  private static Seen seen(IncidentSight sight) {
    return new Seen(
        sight.desks().stream().map(DeskId::value).sorted().toList(),
        sight.sites().stream().map(SiteId::value).sorted().toList(),
        sight.agent().map(AgentId::value).orElse(null));
  }

  /**
   * {@inheritDoc}
   *
   * @param limit 1 to {@value Page#MOST}
   */
  @Override
  public List<Incident> earlier(List<StaffId> people, String number, int limit) {
    Page.checkLimit(limit);
    if (people.isEmpty() && number.isEmpty()) {
      return List.of();
    }
    List<String> staff = people.stream().map(StaffId::value).toList();
    return database.with(
        IncidentMapper.class,
        mapper ->
            incidents(
                mapper, mapper.earlier(staff, number.isEmpty() ? null : number, OVER, limit)));
  }

  @Override
  public Changed change(IncidentId id, Change change, String by) {
    IncidentTexts.check("user", by, 1, 64);
    IncidentTexts.check("note", change.note(), 0, IncidentTexts.LONGEST);
    change
        .solution()
        .ifPresent(text -> IncidentTexts.check("solution", text, 0, IncidentTexts.LONGEST));
    Instant now = clock.instant();
    return database.with(
        IncidentMapper.class,
        mapper -> {
          IncidentRow row = mapper.lock(id.value());
          if (row == null) {
            return new Changed.NoSuchIncident();
          }
          IncidentState from = IncidentState.valueOf(row.state());
          IncidentState to = change.state().orElseGet(() -> unasked(from, change));
          if (to != from && !from.next().contains(to)) {
            return new Changed.NotAllowed(from, to);
          }
          Incident before = incident(mapper, row);
          mapper.change(
              row.incidentId(),
              to.name(),
              change.owner().map(AgentId::value).orElse(row.ownerAgent()),
              change.solution().orElse(row.solution()),
              now);
          mapper.addLog(
              new LogRow(row.incidentId(), now, by, from.name(), to.name(), change.note()));
          Incident after = incident(mapper, mapper.find(row.incidentId()));
          audit.write(mapper, IncidentFacts.changed(before, after, change.note(), by));
          return new Changed.Done(after);
        });
  }

  private static IncidentState unasked(IncidentState from, Change change) {
    return from == IncidentState.NEW && change.owner().isPresent() ? IncidentState.ASSIGNED : from;
  }

  /** The work log, oldest first; empty where there is no such incident. */
  public List<WorkLogEntry> workLog(IncidentId id) {
    return database.with(IncidentMapper.class, mapper -> mapper.log(id.value())).stream()
        .map(
            row ->
                new WorkLogEntry(
                    row.at(),
                    row.author(),
                    Optional.ofNullable(row.fromState()).map(IncidentState::valueOf),
                    IncidentState.valueOf(row.toState()),
                    row.note()))
        .toList();
  }

  @Override
  public Optional<Incident> link(IncidentId id, LinkedCall call, String by) {
    IncidentTexts.check("user", by, 1, 64);
    Instant now = clock.instant();
    CallLinkRow link = link(id.value(), call, now);
    return database.with(
        IncidentMapper.class,
        mapper -> {
          IncidentRow row = mapper.lock(id.value());
          if (row == null) {
            return Optional.empty();
          }
          if (mapper.countCall(link) == 0) {
            Incident before = incident(mapper, row);
            mapper.addCall(link);
            mapper.change(id.value(), row.state(), row.ownerAgent(), row.solution(), now);
            mapper.addLog(
                new LogRow(id.value(), now, by, row.state(), row.state(), "call " + call.call()));
            audit.write(
                mapper,
                IncidentFacts.changed(before, incident(mapper, mapper.find(id.value())), "", by));
          }
          return Optional.of(incident(mapper, mapper.find(id.value())));
        });
  }

  /** Takes a link away; false where there was none. */
  public boolean unlink(IncidentId id, LinkedCall call, String by) {
    return database.with(
        IncidentMapper.class,
        mapper -> {
          IncidentRow locked = mapper.lock(id.value());
          if (locked == null) {
            return false;
          }
          Incident before = incident(mapper, locked);
          if (mapper.removeCall(link(id.value(), call, clock.instant())) == 0) {
            return false;
          }
          audit.write(mapper, IncidentFacts.changed(before, incident(mapper, locked), "", by));
          return true;
        });
  }

  private static CallLinkRow link(String incident, LinkedCall call, Instant at) {
    return new CallLinkRow(incident, call.call().value(), call.role().name(), at);
  }

  private static IncidentRow row(
      Draft wanted, String key, String hash, String number, Instant now) {
    return new IncidentRow(
        number,
        key,
        hash,
        wanted.title(),
        wanted.description(),
        wanted.callerStaff().map(StaffId::value).orElse(null),
        wanted.callerName(),
        wanted.callerNumber(),
        wanted.department(),
        wanted.site().map(SiteId::value).orElse(null),
        wanted.desk().map(DeskId::value).orElse(null),
        wanted.source(),
        wanted.service(),
        wanted.category(),
        wanted.kind(),
        wanted.level().name(),
        firstState(wanted).name(),
        wanted.owner().map(AgentId::value).orElse(null),
        wanted.solution(),
        now,
        now);
  }

  private static IncidentState firstState(Draft wanted) {
    if (wanted.solved()) {
      return IncidentState.RESOLVED;
    }
    return wanted.owner().isPresent() ? IncidentState.ASSIGNED : IncidentState.NEW;
  }

  private static Incident incident(IncidentMapper mapper, IncidentRow row) {
    return incidents(mapper, List.of(row)).getFirst();
  }

  private static List<Incident> incidents(IncidentMapper mapper, List<IncidentRow> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, List<CallLinkRow>> calls =
        mapper.calls(rows.stream().map(IncidentRow::incidentId).toList()).stream()
            .collect(groupingBy(CallLinkRow::incidentId));
    return rows.stream()
        .map(row -> incident(row, calls.getOrDefault(row.incidentId(), List.of())))
        .toList();
  }

  private static Incident incident(IncidentRow row, List<CallLinkRow> calls) {
    return new Incident(
        new IncidentId(row.incidentId()),
        row.title(),
        row.description(),
        Optional.ofNullable(row.callerStaff()).map(StaffId::new),
        row.callerName(),
        row.callerNumber(),
        row.department(),
        Optional.ofNullable(row.siteId()).map(SiteId::new),
        Optional.ofNullable(row.deskId()).map(DeskId::new),
        row.source(),
        row.service(),
        row.category(),
        row.kind(),
        IncidentLevel.valueOf(row.level()),
        IncidentState.valueOf(row.state()),
        Optional.ofNullable(row.ownerAgent()).map(AgentId::new),
        row.solution(),
        row.createdAt(),
        row.changedAt(),
        calls.stream()
            .map(
                call ->
                    new LinkedCall(new CallId(call.callId()), CallRole.valueOf(call.callRole())))
            .toList());
  }
}
