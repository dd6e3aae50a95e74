package cti.core.port;

import cti.core.id.DeskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody has to say to the desks, until it expires. Methods block; they throw
 * StoreUnavailableException. Each change has a line in the audit log.
 */
public interface DeskNotes {
  /**
   * A note.
   *
   * @param desks whom it is for; empty for everybody
   * @param by user name
   * @param byName for people
   */
  record Note(
      long id,
      String text,
      Set<DeskId> desks,
      String by,
      String byName,
      Instant at,
      Instant until) {
    public Note {
      desks = Set.copyOf(desks);
    }
  }

  /** Keeps it under an id of its own, whatever id it has. */
  Note add(Note note);

  /** Those that are in force, oldest first; at most 200. */
  List<Note> now();

  /** Empty where none is in force. */
  Optional<Note> withdraw(long id, String by);
}
