package cti.server.web;

import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.RecordingId;
import cti.core.port.DeskRecordings;
import cti.core.port.Page;
import cti.core.port.Recordings;
import cti.core.port.StoreUnavailableException;
import cti.core.recording.Recording;
import cti.core.recording.RecordingRules;
import cti.core.recording.RecordingState;
import cti.core.recording.StoredRecording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Recordings as the web side needs them; what only jobs ask is not kept here. */
final class RecordingsInMemory implements Recordings, DeskRecordings {
  final List<StoredRecording> all = new CopyOnWriteArrayList<>();
  final List<Audit> lines = new CopyOnWriteArrayList<>();
  final List<RecordingRules> saved = new CopyOnWriteArrayList<>();
  volatile boolean away;

  @Override
  public Page<StoredRecording> list(Filter filter, Optional<Page.Key> after, int limit) {
    List<StoredRecording> found =
        all.stream()
            .filter(one -> fits(filter, one))
            .filter(one -> after.isEmpty() || before(one, after.get()))
            .sorted(
                Comparator.comparing((StoredRecording one) -> one.recording().startedAt())
                    .thenComparing(one -> one.recording().id())
                    .reversed())
            .limit(limit + 1L)
            .toList();
    return Page.of(
        found,
        limit,
        one -> new Page.Key(one.recording().startedAt(), one.recording().id().value()));
  }

  private static boolean before(StoredRecording one, Page.Key key) {
    int order = one.recording().startedAt().compareTo(key.at());
    return order < 0 || (order == 0 && one.recording().id().value().compareTo(key.id()) < 0);
  }

  private static boolean fits(Filter filter, StoredRecording one) {
    Recording.Talk talk = one.recording().talk();
    return !one.recording().startedAt().isBefore(filter.period().from())
        && one.recording().startedAt().isBefore(filter.period().to())
        && filter.call().filter(call -> !call.equals(talk.call())).isEmpty()
        && (filter.agent().isEmpty() || filter.agent().equals(talk.agent()))
        && (filter.desk().isEmpty() || filter.desk().equals(talk.desk()))
        && (filter.own().isEmpty() || filter.own().equals(talk.agent()))
        && filter
            .sight()
            .map(desks -> talk.desk().filter(desks::contains).isPresent())
            .orElse(true);
  }

  @Override
  public Optional<StoredRecording> find(RecordingId id) {
    return all.stream().filter(one -> one.recording().id().equals(id)).findFirst();
  }

  @Override
  public synchronized boolean hold(RecordingId id, boolean held, Audit line) {
    Optional<StoredRecording> found = find(id);
    found.ifPresent(
        one -> {
          all.remove(one);
          all.add(
              new StoredRecording(
                  one.recording(), one.state(), one.audio(), held, one.deletedAt()));
          lines.add(line);
        });
    return found.isPresent();
  }

  @Override
  public void audit(Audit line) {
    if (away) {
      throw new StoreUnavailableException("the database is away", null);
    }
    lines.add(line);
  }

  @Override
  public List<Audit> auditOf(String subject, int limit) {
    List<Audit> found = new ArrayList<>(lines);
    found.removeIf(line -> !line.subject().equals(subject));
    return found.reversed().stream().limit(limit).toList();
  }

  @Override
  public Saved save(DeskId desk, RecordingRules rules, Audit line) {
    if (rules.announcement().equals("no-prompt")) {
      return new Saved.NotPossible("no prompt no-prompt");
    }
    saved.add(rules);
    lines.add(line);
    return new Saved.Done();
  }

  private static UnsupportedOperationException jobs() {
    return new UnsupportedOperationException("for jobs only");
  }

  @Override
  public List<StoredRecording> inState(Set<RecordingState> states, Instant before, int limit) {
    throw jobs();
  }

  @Override
  public List<StoredRecording> pastRetention(Optional<DeskId> desk, Instant cut, int limit) {
    throw jobs();
  }

  @Override
  public Set<Optional<DeskId>> desks() {
    throw jobs();
  }

  @Override
  public Totals totals() {
    throw jobs();
  }

  @Override
  public Set<String> unknownFiles(Set<String> files) {
    throw jobs();
  }

  @Override
  public Optional<Recording.Talk> talkOf(CallId call, AttemptId attempt) {
    throw jobs();
  }

  @Override
  public boolean adopt(Recording found, Instant now) {
    throw jobs();
  }

  @Override
  public boolean endedByFile(RecordingId id, Instant end) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long missingSince(Instant since) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void stored(RecordingId id, StoredRecording.Audio audio, Instant now) {
    throw jobs();
  }

  @Override
  public void missing(RecordingId id, Instant now) {
    throw jobs();
  }

  @Override
  public boolean markForDeletion(RecordingId id) {
    throw jobs();
  }

  @Override
  public void deleted(RecordingId id, Audit line) {
    throw jobs();
  }
}
