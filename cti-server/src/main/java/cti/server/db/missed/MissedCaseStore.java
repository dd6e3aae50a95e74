package cti.server.db.missed;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.missed.CaseState;
import cti.core.missed.Closing;
import cti.core.missed.MissedCall;
import cti.core.missed.MissedCase;
import cti.core.port.CallHistory.Period;
import cti.core.port.MissedCaseNews;
import cti.core.port.MissedCases;
import cti.core.port.Page;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.missed.MissedCaseMapper.ChangeRow;
import cti.server.db.missed.MissedCaseMapper.MatchRow;
import cti.server.db.missed.MissedCaseMapper.MissedRow;
import cti.server.db.missed.MissedCaseQueryMapper.CaseCallRow;
import cti.server.db.missed.MissedCaseQueryMapper.CountRow;
import cti.server.db.missed.MissedCaseQueryMapper.Restricted;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/** Missed cases on record. Behind the journal by the shipper's lag. */
public final class MissedCaseStore implements MissedCases {
  private static final int REBUILT_AT_ONCE = 500;

  private final Database database;
  private final Clock clock;
  private final MissedCaseNews news;
  private final AuditWriter audit;

  public MissedCaseStore(Database database, Clock clock) {
    this(database, clock, MissedCaseNews.NOBODY);
  }

  /**
   * @param news is told what was changed by hand
   */
  public MissedCaseStore(Database database, Clock clock, MissedCaseNews news) {
    this.database = database;
    this.clock = clock;
    this.news = news;
    this.audit = new AuditWriter(clock);
  }

  /**
   * {@inheritDoc}
   *
   * @param limit 1 to {@value Page#MOST}
   */
  @Override
  public Page<MissedCase> list(CaseFilter filter, Optional<Page.Key> after, int limit) {
    Page.checkLimit(limit);
    if (blind(filter.sight())) {
      return new Page<>(List.of(), Optional.empty());
    }
    Restricted restricted =
        new Restricted(
            filter.period().from(),
            filter.period().to(),
            filter.state().map(Enum::name).orElse(null),
            filter.desk().map(DeskId::value).orElse(null),
            filter.site().map(SiteId::value).orElse(null),
            filter.person().map(StaffId::value).orElse(null),
            filter.number().orElse(null));
    List<MissedCase> found =
        database.with(
            MissedCaseQueryMapper.class,
            mapper ->
                cases(
                    mapper,
                    mapper.list(restricted, desks(filter.sight()), after.orElse(null), limit + 1)));
    return Page.of(found, limit, one -> new Page.Key(one.openedAt(), one.id().value()));
  }

  @Override
  public Optional<MissedCase> find(MissedCaseId id, Optional<Set<DeskId>> sight) {
    return blind(sight)
        ? Optional.empty()
        : database.with(MissedCaseQueryMapper.class, mapper -> find(mapper, id, sight));
  }

  private static Optional<MissedCase> find(
      MissedCaseQueryMapper mapper, MissedCaseId id, Optional<Set<DeskId>> sight) {
    return cases(mapper, mapper.find(id.value(), desks(sight))).stream().findFirst();
  }

  @Override
  public Changed close(MissedCaseId id, String reason, String by, Optional<Set<DeskId>> sight) {
    int length = reason.codePointCount(0, reason.length());
    if (reason.isBlank() || length > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "reason has " + length + " characters, expected 1 to " + LONGEST_REASON);
    }
    return change(id, "CLOSE", reason, by, sight, one -> one.state() == CaseState.OPEN);
  }

  @Override
  public Changed reopen(MissedCaseId id, String by, Optional<Set<DeskId>> sight) {
    return change(id, "REOPEN", "", by, sight, one -> one.state() == CaseState.CLOSED);
  }

  private Changed change(
      MissedCaseId id,
      String action,
      String reason,
      String by,
      Optional<Set<DeskId>> sight,
      Predicate<MissedCase> allowed) {
    if (blind(sight)) {
      return new Changed.NoSuchCase();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Set<MissedCaseId> touched = new HashSet<>();
    Changed changed =
        database.with(
            MissedCaseQueryMapper.class,
            mapper -> {
              mapper.holdJournal();
              Optional<MissedCase> found = find(mapper, id, sight);
              if (found.isEmpty()) {
                return new Changed.NoSuchCase();
              }
              if (!allowed.test(found.get())) {
                return new Changed.NotAllowed(found.get());
              }
              String call = found.get().id().value();
              mapper.addChange(
                  new ChangeRow(call, notBefore(found.get(), now), by, action, reason));
              touched.addAll(new MissedCaseProjection(mapper).follow(List.of(call)));
              MissedCase after = find(mapper, id, sight).orElseThrow();
              audit.write(
                  mapper,
                  new Line(
                      by,
                      action.toLowerCase(Locale.ROOT),
                      "missed-case " + call,
                      Optional.of(facts(found.get())),
                      Optional.of(facts(after))));
              return new Changed.Done(after);
            });
    if (!touched.isEmpty()) {
      news.changed(touched);
    }
    return changed;
  }

  /** What the audit log says of a case. */
  private static SequencedMap<String, Object> facts(MissedCase one) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    one.desk().ifPresent(desk -> facts.put("desk", desk.value()));
    facts.put("callerNumber", String.join(" ", one.numbers()));
    facts.put("state", one.state().name());
    one.closing()
        .filter(Closing.ByHand.class::isInstance)
        .map(Closing.ByHand.class::cast)
        .ifPresent(closing -> facts.put("reason", closing.reason()));
    return facts;
  }

  /** The gateway's clock stamps calls, ours stamps changes: what was seen first stays first. */
  private static Instant notBefore(MissedCase one, Instant now) {
    Instant last = one.closing().map(Closing::at).orElse(one.lastMissedAt());
    return now.isBefore(last) ? last : now;
  }

  @Override
  public List<HandChange> handChanges(MissedCaseId id) {
    return database
        .with(MissedCaseQueryMapper.class, mapper -> mapper.changesOfCase(id.value()))
        .stream()
        .map(
            row ->
                new HandChange(row.at(), row.author(), row.action().equals("CLOSE"), row.reason()))
        .toList();
  }

  @Override
  public List<DeskCount> counts(Period period, Optional<Set<DeskId>> sight) {
    if (blind(sight)) {
      return List.of();
    }
    return database.with(
        MissedCaseQueryMapper.class,
        mapper -> {
          Map<Optional<DeskId>, Long> calls = new HashMap<>();
          for (CountRow row : mapper.callCounts(period.from(), period.to(), desks(sight))) {
            calls.put(desk(row), row.number());
          }
          Map<Optional<DeskId>, Map<CaseState, Long>> cases = new HashMap<>();
          for (CountRow row : mapper.caseCounts(period.from(), period.to(), desks(sight))) {
            calls.putIfAbsent(desk(row), 0L);
            cases
                .computeIfAbsent(desk(row), _ -> new HashMap<>())
                .put(CaseState.valueOf(row.state()), row.number());
          }
          return calls.keySet().stream()
              .sorted(
                  Comparator.comparing((Optional<DeskId> desk) -> desk.isEmpty())
                      .thenComparing(desk -> desk.map(DeskId::value).orElse("")))
              .map(desk -> count(desk, calls.get(desk), cases.getOrDefault(desk, Map.of())))
              .toList();
        });
  }

  @Override
  public List<OpenCount> openCounts() {
    return database.with(MissedCaseQueryMapper.class, MissedCaseQueryMapper::openCounts).stream()
        .map(
            row ->
                new OpenCount(
                    Optional.ofNullable(row.deskId()).map(DeskId::new), row.number(), row.oldest()))
        .toList();
  }

  private static DeskCount count(Optional<DeskId> desk, long calls, Map<CaseState, Long> cases) {
    return new DeskCount(
        desk,
        calls,
        cases.values().stream().mapToLong(Long::longValue).sum(),
        cases.getOrDefault(CaseState.OPEN, 0L),
        cases.getOrDefault(CaseState.RETURNED, 0L),
        cases.getOrDefault(CaseState.RECOVERED, 0L),
        cases.getOrDefault(CaseState.CLOSED, 0L));
  }

  /**
   * Folds every case anew where there are missed calls outside of cases: after an upgrade from a
   * schema without cases, or where an earlier run of this was broken off. To be called before calls
   * are recorded.
   *
   * @return how many missed calls were outside of cases
   */
  public long catchUp() {
    long outside =
        database.with(MissedCaseQueryMapper.class, MissedCaseQueryMapper::missedOutsideOfCases);
    if (outside > 0) {
      rebuild();
    }
    return outside;
  }

  /** Makes all cases again from the calls on record and from what was done by hand. */
  void rebuild() {
    database.run(
        MissedCaseQueryMapper.class,
        mapper -> {
          mapper.holdJournal();
          mapper.forgetMembers();
          mapper.forgetCases();
          mapper.forgetParties();
        });
    String last = "";
    while (last != null) {
      String after = last;
      List<String> part = new ArrayList<>();
      database.runBatch(
          MissedCaseQueryMapper.class,
          mapper -> {
            mapper.holdJournal();
            part.clear();
            part.addAll(mapper.tellingCalls(after, REBUILT_AT_ONCE));
            new MissedCaseProjection(mapper).follow(part);
          });
      last = part.isEmpty() ? null : part.getLast();
    }
  }

  private static boolean blind(Optional<Set<DeskId>> sight) {
    return sight.isPresent() && sight.get().isEmpty();
  }

  private static List<String> desks(Optional<Set<DeskId>> sight) {
    return sight.map(desks -> desks.stream().map(DeskId::value).toList()).orElse(null);
  }

  private static Optional<DeskId> desk(CountRow row) {
    return Optional.ofNullable(row.deskId()).map(DeskId::new);
  }

  /** Rows in the order of the cases, each with its calls, oldest first. */
  private static List<MissedCase> cases(MissedCaseQueryMapper mapper, List<CaseCallRow> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, List<StaffId>> matches =
        mapper.matches(rows.stream().map(CaseCallRow::callId).toList()).stream()
            .collect(
                groupingBy(MatchRow::callId, mapping(row -> new StaffId(row.staffId()), toList())));
    Map<String, List<CaseCallRow>> cases =
        rows.stream().collect(groupingBy(CaseCallRow::caseId, LinkedHashMap::new, toList()));
    return cases.values().stream()
        .map(
            calls ->
                new MissedCase(
                    calls.stream().map(row -> missedCall(row, matches)).toList(),
                    closing(calls.getFirst())))
        .toList();
  }

  private static MissedCall missedCall(CaseCallRow row, Map<String, List<StaffId>> matches) {
    return MissedCaseProjection.missedCall(
        new MissedRow(
            row.callId(),
            row.missedAt(),
            row.deskId(),
            row.siteId(),
            row.queueName(),
            row.reason(),
            row.callingNumber()),
        matches.getOrDefault(row.callId(), List.of()));
  }

  private static Optional<Closing> closing(CaseCallRow row) {
    return switch (CaseState.valueOf(row.state())) {
      case OPEN -> Optional.empty();
      case CLOSED ->
          Optional.of(new Closing.ByHand(row.closedAt(), row.closingUser(), row.closingReason()));
      case RETURNED, RECOVERED ->
          Optional.of(
              new Closing.ByTalk(
                  new CallId(row.closingCall()),
                  row.closedAt(),
                  row.closedUntil(),
                  row.state().equals(CaseState.RETURNED.name()),
                  Optional.ofNullable(row.closingAgent()).map(AgentId::new)));
    };
  }
}
