package cti.server.db.agents;

import static java.util.stream.Collectors.toMap;

import cti.core.agent.AgentRules;
import cti.core.agent.PauseReason;
import cti.core.id.DeskId;
import cti.core.port.AgentSettings.Change;
import cti.core.port.AgentSettings.Rules;
import cti.core.port.AgentSettings.Saved;
import cti.core.port.Page;
import cti.server.db.Database;
import cti.server.db.agents.AgentSettingsMapper.ChangeRow;
import cti.server.db.agents.AgentSettingsMapper.ReasonRow;
import cti.server.db.agents.AgentSettingsMapper.RulesRow;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Pause reasons and the desks' rules for agents on record, each change with an audit line. */
public final class AgentSettingsStore {
  /** Between the places of two reasons in the order of display. */
  private static final int STEP = 10;

  private final Database database;
  private final InstantSource clock;
  private final AuditWriter audit;

  public AgentSettingsStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.audit = new AuditWriter(clock);
  }

  public Rules load() {
    return database.with(
        AgentSettingsMapper.class,
        mapper ->
            new Rules(
                mapper.reasons().stream().map(AgentSettingsStore::reason).toList(),
                mapper.rules().stream()
                    .collect(toMap(row -> new DeskId(row.deskId()), AgentSettingsStore::rules))));
  }

  public Saved save(PauseReason reason, String by) {
    return database.with(AgentSettingsMapper.class, mapper -> save(mapper, reason, by));
  }

  private Saved save(AgentSettingsMapper mapper, PauseReason reason, String by) {
    List<ReasonRow> rows = mapper.lockReasons();
    Optional<ReasonRow> taken =
        rows.stream()
            .filter(row -> reason.active() && row.active())
            .filter(row -> !row.reasonId().equals(reason.id()))
            .filter(row -> row.phoneKey() != null)
            .filter(row -> reason.key().equals(Optional.of(row.phoneKey())))
            .findFirst();
    if (taken.isPresent()) {
      return new Saved.KeyTaken(taken.get().reasonId());
    }
    Optional<ReasonRow> before =
        rows.stream().filter(row -> row.reasonId().equals(reason.id())).findFirst();
    int last = rows.isEmpty() ? 0 : rows.getLast().ordinal();
    mapper.putReason(row(reason, before.map(ReasonRow::ordinal).orElse(last + STEP)));
    note(
        mapper,
        by,
        "pause-reason " + reason.id(),
        before.map(row -> reason(row).toString()).orElse(""),
        reason.toString());
    audit.write(
        mapper,
        new Line(
            by,
            before.isEmpty() ? "create" : "change",
            "pause-reason " + reason.id(),
            before.map(row -> facts(reason(row))),
            Optional.of(facts(reason))));
    return new Saved.Done();
  }

  public Saved save(DeskId desk, AgentRules rules, String by) {
    return database.with(
        AgentSettingsMapper.class,
        mapper -> {
          if (mapper.desks(desk.value()) == 0) {
            return new Saved.NoSuchDesk();
          }
          Optional<AgentRules> before =
              mapper.rules().stream()
                  .filter(row -> row.deskId().equals(desk.value()))
                  .findFirst()
                  .map(AgentSettingsStore::rules);
          mapper.putRules(row(desk, rules));
          note(
              mapper,
              by,
              "desk " + desk,
              before.map(AgentRules::toString).orElse(""),
              rules.toString());
          audit.write(
              mapper,
              new Line(
                  by,
                  "change",
                  "agent-rules " + desk,
                  before.map(AgentSettingsStore::facts),
                  Optional.of(facts(rules))));
          return new Saved.Done();
        });
  }

  /** Newest first. */
  public List<Change> changes(int limit) {
    Page.checkLimit(limit);
    return database.with(
        AgentSettingsMapper.class,
        mapper ->
            mapper.changes(limit).stream()
                .map(
                    row ->
                        new Change(
                            row.at(), row.author(), row.subject(), row.beforeIt(), row.afterIt()))
                .toList());
  }

  private void note(
      AgentSettingsMapper mapper, String by, String subject, String before, String after) {
    mapper.addChange(
        new ChangeRow(
            0, clock.instant().truncatedTo(ChronoUnit.MICROS), by, subject, before, after));
  }

  private static SequencedMap<String, Object> facts(PauseReason reason) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("chinese", reason.chinese());
    facts.put("english", reason.english());
    reason.longest().ifPresent(limit -> facts.put("longestSeconds", limit.toSeconds()));
    facts.put("productive", reason.productive());
    reason.key().ifPresent(key -> facts.put("phoneKey", key));
    facts.put("active", reason.active());
    return facts;
  }

  private static SequencedMap<String, Object> facts(AgentRules rules) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("wrapUpExtensionSeconds", rules.wrapUpExtension().toSeconds());
    facts.put("wrapUpExtensions", rules.wrapUpExtensions());
    facts.put("missesInARow", rules.missesInARow());
    facts.put("unreachableAtOnce", rules.unreachableAtOnce());
    facts.put("listenersHidden", rules.listenersHidden());
    return facts;
  }

  private static PauseReason reason(ReasonRow row) {
    return new PauseReason(
        row.reasonId(),
        row.chinese(),
        row.english(),
        Optional.ofNullable(row.longestSeconds()).map(Duration::ofSeconds),
        row.productive(),
        Optional.ofNullable(row.phoneKey()),
        row.active());
  }

  private static ReasonRow row(PauseReason reason, int ordinal) {
    return new ReasonRow(
        reason.id(),
        reason.chinese(),
        reason.english(),
        reason.longest().map(limit -> Math.toIntExact(limit.toSeconds())).orElse(null),
        reason.productive(),
        reason.key().orElse(null),
        reason.active(),
        ordinal);
  }

  private static AgentRules rules(RulesRow row) {
    return new AgentRules(
        Duration.ofSeconds(row.wrapUpExtensionSeconds()),
        row.wrapUpExtensions(),
        row.missesInARow(),
        row.unreachableAtOnce(),
        row.listenersHidden());
  }

  private static RulesRow row(DeskId desk, AgentRules rules) {
    return new RulesRow(
        desk.value(),
        Math.toIntExact(rules.wrapUpExtension().toSeconds()),
        rules.wrapUpExtensions(),
        rules.missesInARow(),
        rules.unreachableAtOnce(),
        rules.listenersHidden());
  }
}
