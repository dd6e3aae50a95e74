package cti.core.port;

import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.DeskId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Callbacks on record. Methods block; they throw StoreUnavailableException. */
public interface Callbacks {
  /** Newest first, by request. */
  Page<StoredCallback> list(Filter filter, Optional<Page.Key> after, int limit);

  Optional<StoredCallback> find(CallbackId id);

  /**
   * Which; an empty part does not restrict.
   *
   * @param period of the request
   * @param open only those that are not over, or only those that are
   * @param sight only those of these desks
   */
  record Filter(
      CallHistory.Period period,
      Optional<DeskId> desk,
      Optional<Boolean> open,
      Optional<Set<DeskId>> sight) {}

  /**
   * A callback on record.
   *
   * @param state WAITING, DIALLING, REACHED, ENDED
   * @param outcome of an ended one
   * @param lastReason why the last attempt failed
   */
  record StoredCallback(
      CallbackId id,
      CallId call,
      DeskId desk,
      String number,
      Times times,
      String state,
      Optional<String> outcome,
      Progress progress) {}

  /** When what was, or is to be. */
  record Times(Instant since, Instant requestedAt, Instant until, Optional<Instant> endedAt) {}

  /** How far it is. */
  record Progress(
      int attempts,
      Optional<CallId> made,
      Optional<String> lastReason,
      Optional<Instant> notBefore,
      Optional<String> endedBy) {}
}
