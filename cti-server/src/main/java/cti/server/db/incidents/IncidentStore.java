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
import cti.core.incident.IncidentState;
import cti.server.db.Database;
import cti.server.db.Page;
import cti.server.db.Page.Cursor;
import cti.server.db.incidents.IncidentMapper.CallLinkRow;
import cti.server.db.incidents.IncidentMapper.IncidentRow;
import cti.server.db.incidents.IncidentMapper.LogRow;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ibatis.exceptions.PersistenceException;

/** Incident tickets, their work logs and their calls. */
public final class IncidentStore {
  private final Database database;
  private final Clock clock;
  private final ZoneId zone;

  /**
   * @param zone whose days the numbers count
   */
  public IncidentStore(Database database, Clock clock, ZoneId zone) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
  }

  /** A saved incident; {@code created} is false where the client key was there before. */
  public record Saved(Incident incident, boolean created) {}

  /**
   * Saves an incident once: the same client key gives the incident that is there, whatever else the
   * request says. Numbers count without gaps from 1 on each day.
   *
   * @param author user name or agent, for the work log
   */
  public Saved create(NewIncident wanted, String author) {
    IncidentTexts.check("author", author, 1, 64);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    LocalDate day = LocalDate.ofInstant(now, zone);
    try {
      return create(wanted, author, day, now);
    } catch (PersistenceException refused) {
      // The same key at the same moment on both sides of midnight: two days, two numbers.
      if (!Database.isDuplicate(refused)) {
        throw refused;
      }
      return savedBefore(wanted.clientKey()).orElseThrow(() -> refused);
    }
  }

  private Optional<Saved> savedBefore(String clientKey) {
    return database.with(
        IncidentMapper.class,
        mapper ->
            Optional.ofNullable(mapper.findByKey(clientKey))
                .map(row -> new Saved(incident(mapper, row), false)));
  }

  private Saved create(NewIncident wanted, String author, LocalDate day, Instant now) {
    return database.with(
        IncidentMapper.class,
        mapper -> {
          IncidentRow there = mapper.findByKey(wanted.clientKey());
          if (there == null) {
            mapper.takeNumber(day);
            // Whoever used the same key at the same moment had the number before us, and is done.
            there = mapper.findByKey(wanted.clientKey());
            if (there == null) {
              return new Saved(add(mapper, wanted, author, day, now), true);
            }
            mapper.giveNumberBack(day);
          }
          return new Saved(incident(mapper, there), false);
        });
  }

  private static Incident add(
      IncidentMapper mapper, NewIncident wanted, String author, LocalDate day, Instant now) {
    IncidentRow row = row(wanted, number(day, mapper.takenNumber()), now);
    mapper.add(row);
    for (LinkedCall call : wanted.calls().stream().distinct().toList()) {
      mapper.addCall(link(row.incidentId(), call, now));
    }
    mapper.addLog(new LogRow(row.incidentId(), now, author, null, row.state(), ""));
    return incident(mapper, row);
  }

  private static String number(LocalDate day, int count) {
    return "INC-%tY%<tm%<td-%04d".formatted(day, count);
  }

  public Optional<Incident> find(IncidentId id) {
    return database.with(
        IncidentMapper.class,
        mapper -> Optional.ofNullable(mapper.find(id.value())).map(row -> incident(mapper, row)));
  }

  /**
   * Newest first.
   *
   * @param after where an earlier page ended
   * @param limit 1 to {@value Page#MOST}
   */
  public Page<Incident> list(IncidentFilter filter, Optional<Cursor> after, int limit) {
    Page.checkLimit(limit);
    List<Incident> found =
        database.with(
            IncidentMapper.class,
            mapper ->
                incidents(
                    mapper,
                    mapper.list(
                        filter.staff().stream().map(StaffId::value).toList(),
                        filter.callerNumber().orElse(null),
                        filter.desk().map(DeskId::value).orElse(null),
                        filter.state().map(Enum::name).orElse(null),
                        filter.from().orElse(null),
                        filter.to().orElse(null),
                        after.orElse(null),
                        limit + 1)));
    return Page.of(
        found, limit, incident -> new Cursor(incident.createdAt(), incident.id().value()));
  }

  /**
   * The last incidents of a caller: of any of the matches, or with the number; for the screen-pop.
   * None where neither is known.
   */
  public List<Incident> lastOf(List<StaffId> matches, String callerNumber, int limit) {
    if (matches.isEmpty() && callerNumber.isEmpty()) {
      return List.of();
    }
    return list(IncidentFilter.EVERY.ofCaller(matches, callerNumber), Optional.empty(), limit)
        .items();
  }

  /**
   * Changes state, owner and solution, where the state is still the one that the caller saw. Which
   * changes make sense is the core's to say, before.
   *
   * @param owner the new owner; absent to keep the one that is there
   * @param solution the new solution; absent to keep the one that is there
   * @param author user name or agent, for the work log
   */
  public StateChange changeState(
      IncidentId id,
      IncidentState expected,
      IncidentState wanted,
      Optional<AgentId> owner,
      Optional<String> solution,
      String author,
      String note) {
    IncidentTexts.check("author", author, 1, 64);
    IncidentTexts.check("note", note, 0, IncidentTexts.LONGEST);
    solution.ifPresent(text -> IncidentTexts.check("solution", text, 0, IncidentTexts.LONGEST));
    Instant now = clock.instant();
    return database.with(
        IncidentMapper.class,
        mapper -> {
          IncidentRow row = mapper.lock(id.value());
          if (row == null) {
            return new StateChange.NoSuchIncident();
          }
          if (!row.state().equals(expected.name())) {
            return new StateChange.ChangedBefore(IncidentState.valueOf(row.state()));
          }
          mapper.change(
              row.incidentId(),
              wanted.name(),
              owner.map(AgentId::value).orElse(row.ownerAgent()),
              solution.orElse(row.solution()),
              now);
          mapper.addLog(
              new LogRow(row.incidentId(), now, author, row.state(), wanted.name(), note));
          return new StateChange.Changed(incident(mapper, mapper.find(row.incidentId())));
        });
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

  /** Links a call; linking it again in the same role changes nothing. False: no such incident. */
  public boolean link(IncidentId id, LinkedCall call) {
    CallLinkRow row = link(id.value(), call, clock.instant());
    return database.with(
        IncidentMapper.class,
        mapper -> {
          if (mapper.lock(id.value()) == null) {
            return false;
          }
          if (mapper.countCall(row) == 0) {
            mapper.addCall(row);
          }
          return true;
        });
  }

  /** Takes a link away; false where there was none. */
  public boolean unlink(IncidentId id, LinkedCall call) {
    return database.with(
        IncidentMapper.class,
        mapper -> mapper.removeCall(link(id.value(), call, clock.instant())) > 0);
  }

  private static CallLinkRow link(String incident, LinkedCall call, Instant at) {
    return new CallLinkRow(incident, call.call().value(), call.role().name(), at);
  }

  private static IncidentRow row(NewIncident wanted, String number, Instant now) {
    return new IncidentRow(
        number,
        wanted.clientKey(),
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
        (wanted.owner().isPresent() ? IncidentState.ASSIGNED : IncidentState.NEW).name(),
        wanted.owner().map(AgentId::value).orElse(null),
        "",
        now,
        now);
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
