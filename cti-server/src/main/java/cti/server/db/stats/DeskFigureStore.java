package cti.server.db.stats;

import cti.core.call.QueueOutcome;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.port.CallHistory.Period;
import cti.core.port.DeskFigures;
import cti.core.port.Page;
import cti.core.stats.DeskCounts;
import cti.core.stats.DeskThresholds;
import cti.core.stats.ServiceLevelFormula;
import cti.core.stats.ServiceLevelRule;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.stats.DeskFigureMapper.CountsRow;
import cti.server.db.stats.DeskFigureMapper.HandlingRow;
import cti.server.db.stats.DeskFigureMapper.RuleRow;
import cti.server.db.stats.DeskFigureMapper.StayRow;
import cti.server.db.stats.DeskFigureMapper.ThresholdRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** The figures of desks, counted where the records are. */
public final class DeskFigureStore implements DeskFigures {
  private static final long USUAL_WITHIN = ServiceLevelRule.USUAL.answerWithin().toSeconds();
  private static final long USUAL_SHORT = ServiceLevelRule.USUAL.shortLimit().toSeconds();

  private final Database database;
  private final InstantSource clock;
  private final AuditWriter audit;

  public DeskFigureStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.audit = new AuditWriter(clock);
  }

  @Override
  public List<DeskFigure> figures(Period period, Optional<Set<DeskId>> sight) {
    if (sight.filter(Set::isEmpty).isPresent()) {
      return List.of();
    }
    return database.with(
        DeskFigureMapper.class,
        mapper -> {
          Map<String, Handling> handling =
              mapper.handling(period.from(), period.to(), ids(sight)).stream()
                  .collect(Collectors.toMap(HandlingRow::deskId, DeskFigureStore::handling));
          return mapper
              .counts(period.from(), period.to(), ids(sight), USUAL_WITHIN, USUAL_SHORT)
              .stream()
              .map(
                  row ->
                      new DeskFigure(
                          new DeskId(row.deskId()),
                          counts(row),
                          handling.getOrDefault(row.deskId(), Handling.NONE)))
              .toList();
        });
  }

  /**
   * {@inheritDoc}
   *
   * @param limit 1 to {@value Page#MOST}
   */
  @Override
  public Page<Stay> stays(
      Counted counted,
      Period period,
      Optional<DeskId> desk,
      Optional<Set<DeskId>> sight,
      Optional<Page.Key> after,
      int limit) {
    Page.checkLimit(limit);
    if (sight.filter(Set::isEmpty).isPresent()) {
      return new Page<>(List.of(), Optional.empty());
    }
    List<Stay> found =
        database
            .with(
                DeskFigureMapper.class,
                mapper ->
                    mapper.stays(
                        period.from(),
                        period.to(),
                        desk.map(DeskId::value).orElse(null),
                        ids(sight),
                        outcomes(counted),
                        counted == Counted.WAITING,
                        counted == Counted.ANSWERED_IN_TIME,
                        counted == Counted.ABANDONED_SHORTLY,
                        after.orElse(null),
                        limit + 1,
                        USUAL_WITHIN,
                        USUAL_SHORT))
            .stream()
            .map(DeskFigureStore::stay)
            .toList();
    return Page.of(found, limit, stay -> new Page.Key(stay.enteredAt(), stay.visit()));
  }

  @Override
  public List<EffectiveRule> rules(Instant at) {
    return database.with(DeskFigureMapper.class, mapper -> mapper.rules(at)).stream()
        .map(DeskFigureStore::rule)
        .toList();
  }

  @Override
  public List<EffectiveRule> history(DeskId desk) {
    return database.with(DeskFigureMapper.class, mapper -> mapper.history(desk.value())).stream()
        .map(DeskFigureStore::rule)
        .toList();
  }

  @Override
  public boolean save(EffectiveRule rule) {
    String desk = rule.desk().value();
    Instant from = rule.from().truncatedTo(ChronoUnit.MICROS);
    RuleRow row =
        new RuleRow(
            desk,
            from,
            rule.rule().formula().name(),
            (int) rule.rule().answerWithin().toSeconds(),
            (int) rule.rule().shortLimit().toSeconds(),
            rule.by());
    return database.with(
        DeskFigureMapper.class,
        mapper -> {
          if (mapper.lockDesk(desk) == null) {
            return false;
          }
          SequencedMap<String, Object> before =
              mapper.rules(from).stream()
                  .filter(one -> one.deskId().equals(desk))
                  .findFirst()
                  .map(one -> facts(rule(one).rule(), one.effectiveFrom()))
                  .orElseGet(() -> facts(ServiceLevelRule.USUAL, null));
          mapper.drop(desk, from);
          mapper.end(desk, from);
          mapper.insert(row, mapper.following(desk, from), clock.instant());
          audit.write(
              mapper,
              new AuditWriter.Line(
                  row.changedBy(),
                  "change",
                  "service-level " + desk,
                  Optional.of(before),
                  Optional.of(facts(rule.rule(), from))));
          return true;
        });
  }

  @Override
  public List<TrendPoint> trend(Period period, Duration step, Optional<Set<DeskId>> sight) {
    if (step.compareTo(Duration.ofMinutes(1)) < 0 || step.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("step is " + step + ", expected a minute to a day");
    }
    if (sight.filter(Set::isEmpty).isPresent()) {
      return List.of();
    }
    return database
        .with(
            DeskFigureMapper.class,
            mapper -> mapper.trend(period.from(), period.to(), step.toSeconds(), ids(sight)))
        .stream()
        .map(
            row ->
                new TrendPoint(
                    new DeskId(row.deskId()),
                    period.from().plus(step.multipliedBy(row.step())),
                    row.queued(),
                    row.answered(),
                    row.agentNoAnswer(),
                    row.queueMissed()))
        .toList();
  }

  @Override
  public Map<DeskId, DeskThresholds> thresholds() {
    return database.with(DeskFigureMapper.class, DeskFigureMapper::thresholds).stream()
        .collect(Collectors.toMap(row -> new DeskId(row.deskId()), DeskFigureStore::thresholds));
  }

  @Override
  public boolean save(DeskId desk, DeskThresholds thresholds, String by) {
    ThresholdRow row =
        new ThresholdRow(
            desk.value(),
            (int) thresholds.waitYellow().toSeconds(),
            (int) thresholds.waitRed().toSeconds(),
            thresholds.waitingYellow(),
            thresholds.waitingRed());
    return database.with(
        DeskFigureMapper.class,
        mapper -> {
          if (mapper.lockDesk(row.deskId()) == null) {
            return false;
          }
          ThresholdRow before = mapper.threshold(row.deskId());
          mapper.dropThreshold(row.deskId());
          mapper.addThreshold(row, clock.instant(), by);
          audit.write(
              mapper,
              new AuditWriter.Line(
                  by,
                  "change",
                  "wallboard-thresholds " + desk,
                  Optional.ofNullable(before).map(DeskFigureStore::facts),
                  Optional.of(facts(row))));
          return true;
        });
  }

  private static DeskThresholds thresholds(ThresholdRow row) {
    return new DeskThresholds(
        Duration.ofSeconds(row.waitYellowS()),
        Duration.ofSeconds(row.waitRedS()),
        row.waitingYellow(),
        row.waitingRed());
  }

  private static SequencedMap<String, Object> facts(ThresholdRow row) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("waitYellowSeconds", row.waitYellowS());
    facts.put("waitRedSeconds", row.waitRedS());
    facts.put("waitingYellow", row.waitingYellow());
    facts.put("waitingRed", row.waitingRed());
    return facts;
  }

  /** From null on where nobody has decided yet. */
  private static SequencedMap<String, Object> facts(ServiceLevelRule rule, Instant from) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("formula", rule.formula().name());
    facts.put("answerWithinSeconds", rule.answerWithin().toSeconds());
    facts.put("shortSeconds", rule.shortLimit().toSeconds());
    if (from != null) {
      facts.put("from", from.toString());
    }
    return facts;
  }

  /** The outcomes of the stays that a figure counts; null for any. */
  private static List<String> outcomes(Counted counted) {
    List<QueueOutcome> outcomes =
        switch (counted) {
          case QUEUED, WAITING -> List.of();
          case ANSWERED, ANSWERED_IN_TIME -> List.of(QueueOutcome.ANSWERED);
          case AGENT_NO_ANSWER -> List.of(QueueOutcome.AGENT_NO_ANSWER);
          case ABANDONED, ABANDONED_SHORTLY -> List.of(QueueOutcome.ABANDONED);
          case QUEUE_MISSED ->
              List.of(
                  QueueOutcome.ABANDONED,
                  QueueOutcome.TIMED_OUT,
                  QueueOutcome.LEFT_BY_KEY,
                  QueueOutcome.NO_AGENTS);
          case TIMED_OUT -> List.of(QueueOutcome.TIMED_OUT);
          case LEFT_BY_KEY -> List.of(QueueOutcome.LEFT_BY_KEY);
          case NO_AGENTS -> List.of(QueueOutcome.NO_AGENTS);
          case OVERFLOWED -> List.of(QueueOutcome.OVERFLOWED);
          case TURNED_AWAY -> List.of(QueueOutcome.FULL, QueueOutcome.CLOSED);
          case LOST -> List.of(QueueOutcome.GATEWAY_LOST);
        };
    return outcomes.isEmpty() ? null : outcomes.stream().map(Enum::name).toList();
  }

  private static List<String> ids(Optional<Set<DeskId>> sight) {
    return sight.map(desks -> desks.stream().map(DeskId::value).toList()).orElse(null);
  }

  private static DeskCounts counts(CountsRow row) {
    return new DeskCounts(
        row.queued(),
        row.answered(),
        row.answeredInTime(),
        row.agentNoAnswer(),
        row.abandoned(),
        row.abandonedShortly(),
        row.abandonedInTime(),
        row.timedOut(),
        row.leftByKey(),
        row.noAgents(),
        row.overflowed(),
        row.turnedAway(),
        row.lost(),
        row.waiting(),
        Duration.ofMillis(row.waitOfAnswered()),
        Duration.ofMillis(row.longestWait()));
  }

  private static Handling handling(HandlingRow row) {
    return new Handling(
        row.handled(),
        Duration.ofMillis(row.talk()),
        Duration.ofMillis(row.hold()),
        Duration.ofMillis(row.wrapUp()));
  }

  private static Stay stay(StayRow row) {
    return new Stay(
        row.visitId(),
        new CallId(row.callId()),
        Optional.ofNullable(row.deskId()).map(DeskId::new),
        row.enteredAt(),
        Optional.ofNullable(row.leftAt()),
        Duration.ofMillis(row.waitMs()),
        Optional.ofNullable(row.outcome()).map(QueueOutcome::valueOf),
        row.callingNumber(),
        Optional.ofNullable(row.agentId()).map(AgentId::new));
  }

  private static EffectiveRule rule(RuleRow row) {
    return new EffectiveRule(
        new DeskId(row.deskId()),
        row.effectiveFrom(),
        new ServiceLevelRule(
            ServiceLevelFormula.valueOf(row.formula()),
            Duration.ofSeconds(row.answerWithinS()),
            Duration.ofSeconds(row.shortS())),
        row.changedBy());
  }
}
