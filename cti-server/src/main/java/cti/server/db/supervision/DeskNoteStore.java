package cti.server.db.supervision;

import cti.core.port.DeskNotes;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import cti.server.db.supervision.SupervisionMapper.NoteRow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Notes to the desks. Blocks; throws StoreUnavailableException. */
public final class DeskNoteStore implements DeskNotes {
  private final Database database;
  private final AuditWriter audit;
  private final InstantSource clock;

  public DeskNoteStore(Database database, AuditWriter audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Note add(Note note) {
    NoteRow row = new NoteRow();
    row.text = note.text();
    row.desks = Desks.words(note.desks());
    row.author = note.by();
    row.authorName = note.byName();
    row.at = note.at().truncatedTo(ChronoUnit.MICROS);
    row.expiresAt = note.until().truncatedTo(ChronoUnit.MICROS);
    return database.with(
        SupervisionMapper.class,
        mapper -> {
          mapper.addNote(row);
          audit.write(
              mapper,
              new Line(
                  row.author,
                  "note",
                  "note " + row.noteId,
                  Optional.empty(),
                  Optional.of(facts(row))));
          return note(row);
        });
  }

  @Override
  public List<Note> now() {
    return database.with(
        SupervisionMapper.class,
        mapper -> mapper.notes(clock.instant()).stream().map(DeskNoteStore::note).toList());
  }

  @Override
  public Optional<Note> withdraw(long id, String by) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database.with(
        SupervisionMapper.class,
        mapper -> {
          NoteRow row = mapper.lockNote(id, at);
          if (row == null) {
            return Optional.<Note>empty();
          }
          mapper.withdrawNote(id, at, by);
          audit.write(
              mapper,
              new Line(by, "withdraw", "note " + id, Optional.of(facts(row)), Optional.empty()));
          return Optional.of(note(row));
        });
  }

  private static SequencedMap<String, Object> facts(NoteRow row) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("text", row.text);
    facts.put("desks", row.desks);
    facts.put("until", row.expiresAt.toString());
    return facts;
  }

  private static Note note(NoteRow row) {
    return new Note(
        row.noteId,
        row.text,
        Desks.set(row.desks),
        row.author,
        row.authorName,
        row.at,
        row.expiresAt);
  }
}
