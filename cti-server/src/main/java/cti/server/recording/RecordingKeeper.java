package cti.server.recording;

import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.GatewayId;
import cti.core.id.RecordingId;
import cti.core.port.Recordings;
import cti.core.port.Recordings.Action;
import cti.core.port.Recordings.Audit;
import cti.core.port.Recordings.Totals;
import cti.core.recording.Recording;
import cti.core.recording.RecordingState;
import cti.core.recording.Retention;
import cti.core.recording.StoredRecording;
import cti.core.recording.StoredRecording.Audio;
import cti.server.recording.RecordingFolder.Found;
import cti.server.recording.RecordingFolder.Named;
import cti.server.recording.RecordingFolder.Written;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the files of recordings, a bounded piece at each run: notes what a new one holds,
 * looks again for those that are missing, finds those whose events were missed, deletes those whose
 * days are over. Whatever fails is tried again at the next run. One thread.
 */
public final class RecordingKeeper {
  private static final Logger log = LoggerFactory.getLogger(RecordingKeeper.class);

  /** The gateway closes a file a moment after the talk. */
  static final Duration SETTLING = Duration.ofSeconds(2);

  /** Later than that a file that is not there is missing. */
  static final Duration OVERDUE = Duration.ofSeconds(30);

  /** A file that nobody wrote to for so long, and that is unknown, has lost its events. */
  static final Duration ORPHANED = Duration.ofMinutes(10);

  /** A recording that is written to no more, and that the gateway did not close, is over. */
  static final Duration ABANDONED = Duration.ofHours(24);

  /** Missing files of this time are an alarm: the gateway cannot write, or not there. */
  static final Duration MISSED_LATELY = Duration.ofHours(1);

  static final Duration SWEEP_EVERY = Duration.ofMinutes(5);
  static final Duration SWEEP_ALL_EVERY = Duration.ofHours(24);
  private static final int DAYS_OF_A_SWEEP = 3;
  private static final int AT_ONCE = 200;
  private static final int NAMES_AT_ONCE = 500;

  /** How much longer or shorter the sound may be than the talk. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private final RecordingFolder folder;
  private final Recordings recordings;
  private final GatewayId gateway;
  private final ToIntFunction<Optional<DeskId>> retentionDays;
  private final long leastFree;
  private Instant sweptAt = Instant.MIN;
  private Instant sweptAllAt = Instant.MIN;
  private volatile Figures figures = new Figures(Totals.NONE, 0, 0, Optional.empty());

  /**
   * @param retentionDays of a desk's recordings
   * @param leastFree bytes of the disk; with less there is an alarm
   */
  public RecordingKeeper(
      RecordingFolder folder,
      Recordings recordings,
      GatewayId gateway,
      ToIntFunction<Optional<DeskId>> retentionDays,
      long leastFree) {
    this.folder = folder;
    this.recordings = recordings;
    this.gateway = gateway;
    this.retentionDays = retentionDays;
    this.leastFree = leastFree;
  }

  /**
   * As of the last run.
   *
   * @param alarm for people; empty where all is well
   */
  public record Figures(Totals totals, long freeBytes, long diskBytes, Optional<String> alarm) {}

  public Figures figures() {
    return figures;
  }

  /**
   * One piece of the work.
   *
   * @throws cti.core.port.StoreUnavailableException where the database is away
   */
  public void run(Instant now) {
    Optional<String> fault = folder.fault();
    if (fault.isPresent()) {
      alarm(new Figures(recordings.totals(), 0, 0, fault));
      return;
    }
    endUnseen(now);
    lookAt(RecordingState.STOPPED, now);
    lookAt(RecordingState.MISSING, now);
    try {
      sweep(now);
    } catch (IOException e) {
      log.warn("recordings: the folder could not be swept: {}", e.toString());
    }
    deleteWhatIsOver(now);
    measure(now);
  }

  private void measure(Instant now) {
    Totals totals = recordings.totals();
    try {
      long free = folder.free();
      Optional<String> low =
          free < leastFree
              ? Optional.of(
                  "the disk of the recordings has "
                      + (free >> 20)
                      + " MiB left, expected at least "
                      + (leastFree >> 20)
                      + " MiB")
              : Optional.empty();
      alarm(new Figures(totals, free, folder.size(), low.or(() -> lately(now))));
    } catch (IOException e) {
      alarm(new Figures(totals, 0, 0, Optional.of("the disk cannot be measured: " + e)));
    }
  }

  private Optional<String> lately(Instant now) {
    long missing = recordings.missingSince(now.minus(MISSED_LATELY));
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            missing
                + " recordings of the last hour have no file, expected all: can the gateway write"
                + " where cti-server reads?");
  }

  private void alarm(Figures next) {
    if (!next.alarm().equals(figures.alarm())) {
      next.alarm()
          .ifPresentOrElse(
              text -> log.warn("recordings: {}", text),
              () -> log.info("recordings: the folder is well again"));
    }
    figures = next;
  }

  private void lookAt(RecordingState state, Instant now) {
    for (StoredRecording stored : recordings.inState(Set.of(state), now.minus(SETTLING), AT_ONCE)) {
      Recording recording = stored.recording();
      boolean overdue =
          recording.stoppedAt().orElse(recording.startedAt()).isBefore(now.minus(OVERDUE));
      try {
        Optional<Found> found = folder.look(recording.file());
        if (found.isPresent() && (found.get().closed() || overdue)) {
          note(recording, found.get(), now);
        } else if (found.isEmpty() && overdue) {
          missing(recording, state, now);
        }
      } catch (IOException e) {
        log.warn("recordings: {} cannot be read: {}", recording.file(), e.getMessage());
        if (overdue) {
          missing(recording, state, now);
        }
      }
    }
  }

  /**
   * Recordings whose end nobody saw, or whose end is on no record because the picture was forgotten
   * or the gateway died: the file tells it. None is left open for ever.
   */
  private void endUnseen(Instant now) {
    for (StoredRecording stored :
        recordings.inState(Set.of(RecordingState.END_UNSEEN), now.minus(SETTLING), AT_ONCE)) {
      Recording recording = stored.recording();
      Instant end = recording.stoppedAt().orElse(recording.startedAt());
      lastWrittenTo(recording)
          .filter(file -> file.closed() || end.isBefore(now.minus(OVERDUE)))
          .map(Written::at)
          .map(changed -> changed.isAfter(end) ? end : changed)
          .or(() -> end.isBefore(now.minus(OVERDUE)) ? Optional.of(end) : Optional.empty())
          .ifPresent(at -> ended(recording, at));
    }
    for (StoredRecording stored :
        recordings.inState(Set.of(RecordingState.RECORDING), now.minus(ORPHANED), AT_ONCE)) {
      Recording recording = stored.recording();
      Optional<Written> file = lastWrittenTo(recording);
      Instant quiet = file.map(Written::at).orElse(recording.startedAt());
      boolean closed = file.filter(Written::closed).isPresent();
      if (quiet.isBefore(now.minus(closed ? ORPHANED : ABANDONED))) {
        ended(recording, quiet);
      }
    }
  }

  private Optional<Written> lastWrittenTo(Recording recording) {
    try {
      return folder.written(recording.file());
    } catch (IOException e) {
      log.warn("recordings: {} cannot be read: {}", recording.file(), e.getMessage());
      return Optional.empty();
    }
  }

  private void ended(Recording recording, Instant end) {
    if (recordings.endedByFile(recording.id(), end)) {
      log.info("recordings: {} ended at {}, as its file says", recording.file(), end);
    }
  }

  private void note(Recording recording, Found found, Instant now) {
    String fault = fault(recording, found);
    if (!fault.isEmpty()) {
      log.warn("recordings: {}: {}", recording.file(), fault);
    }
    recordings.stored(
        recording.id(), new Audio(found.bytes(), found.length(), found.sha256(), fault), now);
    log.info(
        "recordings: {} of call {} stored, {} ms",
        recording.file(),
        recording.talk().call(),
        found.length().toMillis());
  }

  private static String fault(Recording recording, Found found) {
    if (!found.closed()) {
      return "the gateway did not close the file: its head says nothing of the length";
    }
    if (recording.stoppedAt().isEmpty()) {
      return "";
    }
    Duration talk = Duration.between(recording.startedAt(), recording.stoppedAt().get());
    return talk.minus(found.length()).abs().compareTo(TOLERANCE) > 0
        ? "sound of " + found.length().toMillis() + " ms, talk of " + talk.toMillis() + " ms"
        : "";
  }

  private void missing(Recording recording, RecordingState before, Instant now) {
    if (before != RecordingState.MISSING) {
      log.warn("recordings: {} of call {} is not there", recording.file(), recording.talk().call());
    }
    recordings.missing(recording.id(), now);
  }

  private void sweep(Instant now) throws IOException {
    if (now.isBefore(next(sweptAt, SWEEP_EVERY))) {
      return;
    }
    boolean all = !now.isBefore(next(sweptAllAt, SWEEP_ALL_EVERY));
    List<String> days = folder.days();
    int left = AT_ONCE;
    for (String day :
        all ? days : days.subList(Math.max(0, days.size() - DAYS_OF_A_SWEEP), days.size())) {
      left -= sweep(day, left, now);
      if (left <= 0) {
        return;
      }
    }
    sweptAt = now;
    sweptAllAt = all ? now : sweptAllAt;
  }

  private static Instant next(Instant last, Duration every) {
    return last.equals(Instant.MIN) ? Instant.MIN : last.plus(every);
  }

  /** How many files were adopted, at most {@code most}. */
  private int sweep(String day, int most, Instant now) throws IOException {
    Map<String, Instant> old =
        folder.filesOf(day).stream()
            .filter(file -> file.changedAt().isBefore(now.minus(ORPHANED)))
            .collect(Collectors.toMap(Named::name, Named::changedAt));
    int adopted = 0;
    List<String> names = old.keySet().stream().sorted().toList();
    for (int from = 0; from < names.size() && adopted < most; from += NAMES_AT_ONCE) {
      Set<String> some =
          Set.copyOf(names.subList(from, Math.min(names.size(), from + NAMES_AT_ONCE)));
      for (String name : recordings.unknownFiles(some)) {
        if (adopted < most && adopt(name, old.get(name), now)) {
          adopted++;
        }
      }
    }
    return adopted;
  }

  private boolean adopt(String name, Instant changedAt, Instant now) {
    RecordingName parts = RecordingName.parse(name).orElseThrow();
    try {
      Optional<Found> found = folder.look(name);
      if (found.isEmpty()) {
        return false;
      }
      AttemptId attempt = new AttemptId(gateway + ":" + parts.channel());
      CallId call = new CallId(gateway + ":" + parts.linked());
      Recording.Talk talk =
          recordings
              .talkOf(call, attempt)
              .orElseGet(
                  () -> new Recording.Talk(call, attempt, Optional.empty(), Optional.empty()));
      Recording recording =
          new Recording(
              RecordingId.of(attempt, parts.part()),
              talk,
              name,
              changedAt.minus(found.get().length()),
              List.of(),
              Optional.of(changedAt));
      boolean taken = recordings.adopt(recording, now);
      if (taken) {
        log.info("recordings: {} was found without its events, call {}", name, talk.call());
        note(recording, found.get(), now);
      }
      return taken;
    } catch (IOException e) {
      log.warn("recordings: {} cannot be read: {}", name, e.getMessage());
      return false;
    }
  }

  /** Marked first, then deleted: what a stop in between leaves is deleted by the next run. */
  private void deleteWhatIsOver(Instant now) {
    int left = AT_ONCE;
    for (StoredRecording stored : recordings.inState(Set.of(RecordingState.DELETING), now, left)) {
      delete(stored, now);
      left--;
    }
    for (Optional<DeskId> desk : recordings.desks()) {
      int days = retentionDays.applyAsInt(desk);
      Instant cut = Retention.cut(now, days);
      for (StoredRecording stored :
          left > 0 ? recordings.pastRetention(desk, cut, left) : List.<StoredRecording>of()) {
        if (Retention.over(stored, days, now)
            && recordings.markForDeletion(stored.recording().id())) {
          delete(stored, now);
          left--;
        }
      }
    }
  }

  private void delete(StoredRecording stored, Instant now) {
    Recording recording = stored.recording();
    try {
      folder.delete(recording.file());
    } catch (IOException e) {
      log.warn("recordings: {} cannot be deleted: {}", recording.file(), e.toString());
      return;
    }
    recordings.deleted(
        recording.id(),
        new Audit(
            now,
            Action.DELETED,
            recording.id().value(),
            "retention",
            "",
            recording.file()
                + " kept "
                + retentionDays.applyAsInt(recording.talk().desk())
                + " days"));
    log.info("recordings: {} deleted, its days are over", recording.file());
  }
}
