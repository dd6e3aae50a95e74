package cti.core.callback;

import cti.core.event.CallerEvent.CallbackEvent;
import cti.core.event.CallerEvent.CallbackRequested;
import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.DeskId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The callbacks that are not over, folded from events and nothing else; a view of its owner's. */
public final class LiveCallbacks {
  private final Map<CallbackId, Callback> callbacks;

  public LiveCallbacks(Map<CallbackId, Callback> callbacks) {
    this.callbacks = callbacks;
  }

  public void apply(CallbackEvent event) {
    if (event instanceof CallbackRequested requested) {
      callbacks.putIfAbsent(requested.callback(), Callback.begun(requested));
      return;
    }
    callbacks.computeIfPresent(
        event.callback(),
        (id, callback) -> {
          Callback changed = callback.apply(event);
          return changed.state() == Callback.State.ENDED ? null : changed;
        });
  }

  public Collection<Callback> all() {
    return Collections.unmodifiableCollection(callbacks.values());
  }

  /** Those of a desk in the order of their places. */
  public List<Callback> ofDesk(DeskId desk) {
    return callbacks.values().stream()
        .filter(callback -> callback.wish().desk().equals(desk))
        .sorted(
            Comparator.comparing((Callback callback) -> callback.wish().since())
                .thenComparing(Callback::id))
        .toList();
  }

  public Optional<Callback> callback(CallbackId id) {
    return Optional.ofNullable(callbacks.get(id));
  }

  /** The one whose call is made now. */
  public Optional<Callback> ofMade(CallId made) {
    return callbacks.values().stream()
        .filter(callback -> callback.made().equals(Optional.of(made)))
        .findFirst();
  }
}
