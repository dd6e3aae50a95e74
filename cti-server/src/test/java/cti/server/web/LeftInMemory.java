package cti.server.web;

import cti.core.id.CallbackId;
import cti.core.id.DeskId;
import cti.core.id.VoicemailId;
import cti.core.port.Callbacks;
import cti.core.port.Page;
import cti.core.port.Surveys;
import cti.core.port.Voicemails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What callers left, as the web side needs it. */
final class LeftInMemory implements Callbacks, Voicemails, Surveys {
  final List<StoredCallback> callbacks = new CopyOnWriteArrayList<>();
  final Map<VoicemailId, StoredVoicemail> messages = new ConcurrentHashMap<>();
  final List<Audit> lines = new CopyOnWriteArrayList<>();
  final List<Answer> answers = new CopyOnWriteArrayList<>();

  @Override
  public Page<StoredCallback> list(Callbacks.Filter filter, Optional<Page.Key> after, int limit) {
    return new Page<>(
        callbacks.stream()
            .filter(one -> filter.sight().map(desks -> desks.contains(one.desk())).orElse(true))
            .filter(one -> filter.desk().map(one.desk()::equals).orElse(true))
            .filter(
                one -> filter.open().map(open -> open != one.state().equals("ENDED")).orElse(true))
            .toList(),
        Optional.empty());
  }

  @Override
  public Optional<StoredCallback> find(CallbackId id) {
    return callbacks.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  @Override
  public Page<StoredVoicemail> list(Voicemails.Filter filter, Optional<Page.Key> after, int limit) {
    return new Page<>(
        messages.values().stream()
            .filter(one -> filter.sight().map(desks -> desks.contains(one.desk())).orElse(true))
            .filter(one -> filter.state().map(one.content().state()::equals).orElse(true))
            .toList(),
        Optional.empty());
  }

  @Override
  public Optional<StoredVoicemail> find(VoicemailId id) {
    return Optional.ofNullable(messages.get(id));
  }

  @Override
  public List<StoredVoicemail> awaited(Instant cut, int limit) {
    return List.of();
  }

  @Override
  public List<StoredVoicemail> untranscribed(int limit) {
    return List.of();
  }

  @Override
  public void stored(VoicemailId id, Audio audio) {
    throw new UnsupportedOperationException("for jobs alone");
  }

  @Override
  public void empty(VoicemailId id) {
    throw new UnsupportedOperationException("for jobs alone");
  }

  @Override
  public void transcribed(VoicemailId id, String text) {
    throw new UnsupportedOperationException("for jobs alone");
  }

  @Override
  public List<DeskId> desks() {
    throw new UnsupportedOperationException("for jobs alone");
  }

  @Override
  public List<StoredVoicemail> before(DeskId desk, Instant cut, int limit) {
    throw new UnsupportedOperationException("for jobs alone");
  }

  @Override
  public void deleted(VoicemailId id, Audit line) {
    throw new UnsupportedOperationException("for jobs alone");
  }

  @Override
  public boolean heard(VoicemailId id, Audit line) {
    StoredVoicemail before = messages.get(id);
    if (!before.content().state().equals("NEW")) {
      return false;
    }
    messages.put(
        id,
        new StoredVoicemail(
            id,
            before.call(),
            before.desk(),
            before.missedCase(),
            before.number(),
            before.file(),
            before.begunAt(),
            before.longest(),
            new Content(
                "HEARD",
                before.content().audio(),
                before.content().transcription(),
                Optional.of(line.at()),
                Optional.of(line.actor()))));
    lines.add(line);
    return true;
  }

  @Override
  public void audit(Audit line) {
    lines.add(line);
  }

  @Override
  public List<Audit> auditOf(VoicemailId id, int limit) {
    return new ArrayList<>(lines).reversed();
  }

  @Override
  public Page<Answer> list(Surveys.Filter filter, Optional<Page.Key> after, int limit) {
    return new Page<>(answers, Optional.empty());
  }

  @Override
  public Figures figures(Surveys.Filter filter) {
    long sum = answers.stream().mapToLong(Answer::mark).sum();
    return new Figures(answers.size(), sum, List.of(0L, 0L, 0L, 0L, (long) answers.size()));
  }
}
