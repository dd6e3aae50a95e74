package cti.server.directory;

import cti.core.directory.Fingerprint;
import cti.core.directory.StaffChange;
import cti.core.directory.StaffField;
import cti.core.port.DirectoryPreviews.Counts;
import cti.core.port.DirectoryPreviews.Kind;
import cti.core.port.DirectoryPreviews.Origin;
import cti.core.port.DirectoryPreviews.Preview;
import cti.core.port.DirectoryPreviews.Progress;
import cti.core.port.DirectoryPreviews.State;
import cti.server.directory.sheet.SheetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** One preview while it lives. Written by the thread of the previews, read by anybody. */
final class PreviewJob implements Course {
  private final String id;
  private final Kind kind;
  private final Origin origin;
  private final long deadlineNanos;
  private volatile State state = State.READING;
  private volatile Progress progress = new Progress(0, 0);
  private volatile Optional<Made> made = Optional.empty();
  private volatile Optional<String> token = Optional.empty();
  private volatile String message = "";
  private volatile boolean unwanted;

  PreviewJob(String id, Kind kind, Origin origin, Duration limit) {
    this.id = id;
    this.kind = kind;
    this.origin = origin;
    this.deadlineNanos = System.nanoTime() + limit.toNanos();
  }

  @Override
  public void total(int rows) {
    progress = new Progress(progress.done(), rows);
  }

  @Override
  public void done(int rows) {
    progress = new Progress(rows, progress.total());
  }

  @Override
  public void check() throws SheetException {
    if (unwanted) {
      throw new SheetException("it was discarded");
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new SheetException("it took longer than it may");
    }
  }

  synchronized void ready(Made found) {
    made = Optional.of(found);
    state = found.faulty() ? State.FAULTY : State.READY;
    token = found.faulty() ? Optional.empty() : Optional.of(token(found));
  }

  synchronized void failed(String why) {
    state = State.FAILED;
    message = why;
    token = Optional.empty();
  }

  synchronized void waits(String why) {
    message = why;
  }

  /** True where it may be applied from now on, once. */
  synchronized boolean begins(String given) {
    if (state != State.READY || !token.equals(Optional.of(given))) {
      return false;
    }
    state = State.APPLYING;
    progress = new Progress(0, made.orElseThrow().changes().size());
    message = "";
    return true;
  }

  synchronized void applied() {
    state = State.APPLIED;
    token = Optional.empty();
  }

  void discard() {
    unwanted = true;
  }

  String id() {
    return id;
  }

  Kind kind() {
    return kind;
  }

  State state() {
    return state;
  }

  Instant at() {
    return origin.at();
  }

  Optional<Made> made() {
    return made;
  }

  synchronized Preview view() {
    return new Preview(
        id,
        kind,
        state,
        origin,
        progress,
        made.map(Made::counts).orElse(Counts.NONE),
        token,
        message);
  }

  /** Names exactly what was found: another directory or another change has another one. */
  private static String token(Made found) {
    StringBuilder all = new StringBuilder().append(found.revision()).append('\n');
    found.site().ifPresent(site -> all.append(site).append('\n'));
    for (StaffChange change : found.changes()) {
      all.append(change.kind()).append(' ').append(change.staff());
      for (StaffChange.FieldChange field : change.fields()) {
        all.append('\t').append(field.field().column()).append('=').append(field.after());
      }
      all.append(change.after().map(after -> StaffField.STATUS.text(after)).orElse("-"))
          .append('\n');
    }
    byte[] hash = Fingerprint.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}
