package cti.core.supervision;

import cti.core.event.SupervisorEvent.ListeningAsked;
import cti.core.event.SupervisorEvent.ListeningEvent;
import cti.core.id.CallId;
import cti.core.id.ListeningId;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** Who listens to whom now, folded from events and nothing else; a view of its owner's. */
public final class LiveListenings {
  private final Map<ListeningId, Listening> listenings;

  public LiveListenings(Map<ListeningId, Listening> listenings) {
    this.listenings = listenings;
  }

  public void apply(ListeningEvent event) {
    if (event instanceof ListeningAsked asked) {
      listenings.putIfAbsent(asked.listening(), Listening.asked(asked));
      return;
    }
    listenings.computeIfPresent(
        event.listening(),
        (id, listening) -> {
          Listening changed = listening.apply(event);
          return changed.ended().isPresent() ? null : changed;
        });
  }

  /** A call became part of another one; who listens to it listens to that. */
  public void merged(CallId call, CallId into) {
    listenings.replaceAll(
        (id, listening) -> listening.call().equals(call) ? listening.of(into) : listening);
  }

  /** Oldest first. */
  public Collection<Listening> all() {
    return Collections.unmodifiableCollection(listenings.values());
  }

  public Optional<Listening> listening(ListeningId id) {
    return Optional.ofNullable(listenings.get(id));
  }
}
