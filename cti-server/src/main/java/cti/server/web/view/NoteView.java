package cti.server.web.view;

import cti.core.id.DeskId;
import cti.core.port.DeskNotes.Note;
import java.time.Instant;
import java.util.List;

/**
 * What somebody has to say to the desks.
 *
 * @param desks whom it is for; empty for everybody
 * @param user who wrote it
 * @param by their name
 */
public record NoteView(
    String id, String text, List<String> desks, String user, String by, Instant at, Instant until) {
  public static NoteView of(Note note) {
    return new NoteView(
        Long.toString(note.id()),
        note.text(),
        note.desks().stream().map(DeskId::value).sorted().toList(),
        note.by(),
        note.byName(),
        note.at(),
        note.until());
  }
}
