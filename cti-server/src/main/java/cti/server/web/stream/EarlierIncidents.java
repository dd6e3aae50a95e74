package cti.server.web.stream;

import cti.core.id.CallId;
import cti.core.id.StaffId;
import cti.core.port.Incidents;
import cti.core.port.StoreUnavailableException;
import cti.server.web.http.Fault;
import cti.server.web.http.StoreThreads;
import cti.server.web.view.IncidentView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the store for what a caller reported earlier, and tells when it came. */
final class EarlierIncidents {
  private static final Logger log = LoggerFactory.getLogger(EarlierIncidents.class);

  private final Incidents incidents;
  private final StoreThreads stores;
  private final Arrival arrival;

  /** Is told what came, from any thread; empty where the store failed or took too long. */
  @FunctionalInterface
  interface Arrival {
    /** False where there is no room for it. */
    boolean came(CallId call, Optional<List<IncidentView>> incidents);
  }

  EarlierIncidents(Incidents incidents, StoreThreads stores, Arrival arrival) {
    this.incidents = incidents;
    this.stores = stores;
    this.arrival = arrival;
  }

  /** Never blocks. */
  void ask(CallId call, List<StaffId> matches, String number) {
    if (matches.isEmpty() && number.isBlank()) {
      tell(call, Optional.of(List.of()));
      return;
    }
    stores
        .run(() -> incidents.earlier(matches, number, Pops.INCIDENTS_AT_MOST))
        .whenComplete(
            (found, failure) -> {
              if (failure != null) {
                logFailure(call, failure);
              }
              tell(
                  call,
                  Optional.ofNullable(found)
                      .map(list -> list.stream().map(IncidentView::of).toList()));
            });
  }

  private void tell(CallId call, Optional<List<IncidentView>> came) {
    if (!arrival.came(call, came)) {
      log.warn("web: call={} earlier incidents came, but the feed has no room", call);
    }
  }

  private static void logFailure(CallId call, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StoreUnavailableException || cause instanceof Fault) {
      log.warn("web: call={} earlier incidents not loaded: {}", call, cause.getMessage());
    } else {
      log.error("web: call={} earlier incidents not loaded", call, cause);
    }
  }
}
