package cti.server.db.prompts;

import cti.core.port.AddedPrompts;
import cti.core.port.Prompts.Wording;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.prompts.AddedPromptMapper.AddedRow;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prompts that were added to the manifest, in the database. */
public final class AddedPromptStore implements AddedPrompts {
  private final Database database;
  private final InstantSource clock;
  private final AuditWriter audit;

  public AddedPromptStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.audit = new AuditWriter(clock);
  }

  @Override
  public List<Wording> all() {
    return database.with(
        AddedPromptMapper.class,
        mapper -> mapper.all().stream().map(AddedPromptStore::wording).toList());
  }

  @Override
  public boolean add(Wording wording, String by) {
    return put(wording, by, false);
  }

  @Override
  public boolean change(Wording wording, String by) {
    return put(wording, by, true);
  }

  private boolean put(Wording wording, String by, boolean known) {
    return database.with(
        AddedPromptMapper.class,
        mapper -> {
          AddedRow before = mapper.lock(wording.id());
          if ((before != null) != known) {
            return false;
          }
          if (known && wording(before).equals(wording)) {
            return true;
          }
          AddedRow after =
              new AddedRow(
                  wording.id(),
                  wording.texts().get("zh"),
                  wording.texts().get("en"),
                  wording.number().orElse(null),
                  clock.instant().truncatedTo(ChronoUnit.MICROS),
                  by);
          if (after.number() != null && mapper.holder(after) != null) {
            return false;
          }
          if (known) {
            mapper.change(after);
          } else {
            mapper.add(after);
          }
          audit.write(
              mapper, line(known ? "prompt-reworded" : "prompt-added", before, after, wording, by));
          return true;
        });
  }

  @Override
  public boolean remove(String id, String by) {
    return database.with(
        AddedPromptMapper.class,
        mapper -> {
          AddedRow before = mapper.lock(id);
          if (before == null) {
            return false;
          }
          mapper.dropUse(id);
          mapper.dropRecordings(id);
          mapper.drop(id);
          audit.write(mapper, line("prompt-removed", before, null, wording(before), by));
          return true;
        });
  }

  private static Line line(
      String action, AddedRow before, AddedRow after, Wording wording, String by) {
    return new Line(
        by,
        action,
        "prompt " + wording.id(),
        Optional.ofNullable(before).map(AddedPromptStore::facts),
        Optional.ofNullable(after).map(AddedPromptStore::facts));
  }

  private static Map<String, Object> facts(AddedRow row) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("zh", row.textZh());
    facts.put("en", row.textEn());
    if (row.number() != null) {
      facts.put("number", row.number());
    }
    return facts;
  }

  private static Wording wording(AddedRow row) {
    return new Wording(
        row.promptId(),
        Map.of("zh", row.textZh(), "en", row.textEn()),
        Optional.ofNullable(row.number()));
  }
}
