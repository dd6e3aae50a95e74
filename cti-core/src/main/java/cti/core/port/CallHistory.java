package cti.core.port;

import cti.core.call.Call.KeyPress;
import cti.core.call.CallOutcome;
import cti.core.call.CallTimes;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.Part;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.GatewayId;
import cti.core.id.IncidentId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls on record, newest first. Methods block; they throw StoreUnavailableException. */
public interface CallHistory {
  Page<CallRow> calls(CallFilter filter, Optional<Page.Key> after, int limit);

  /** One call with all that is known of it; empty where there is none in the filter's sight. */
  Optional<CallRecord> call(CallId id, Optional<Sight> sight);

  Page<MissedRow> missed(
      Period period,
      Optional<DeskId> desk,
      Optional<Sight> sight,
      Optional<Page.Key> after,
      int limit);

  /** From inclusive, to exclusive. */
  record Period(Instant from, Instant to) {}

  /**
   * What somebody may see: calls of these desks and calls that they handled themselves.
   *
   * @param agent empty for somebody who takes no calls
   */
  record Sight(Optional<AgentId> agent, Set<DeskId> desks) {
    public Sight {
      desks = Set.copyOf(desks);
    }
  }

  /**
   * Which calls; an empty part does not restrict.
   *
   * @param desk the last that the call was given to
   * @param agent one who talked to the caller
   * @param number part of the calling number as presented
   * @param person one whom the directory named for the call
   * @param outcome how the whole call ended
   * @param quality how the record came to be
   * @param sight empty for those who may see every call
   */
  record CallFilter(
      Period period,
      Optional<DeskId> desk,
      Optional<AgentId> agent,
      Optional<String> number,
      Optional<StaffId> person,
      Optional<CallOutcome> outcome,
      Optional<DataQuality> quality,
      Optional<Sight> sight) {}

  /**
   * A call in a list.
   *
   * @param gateway empty where the beginning of the call was not seen
   * @param endedAt, outcome empty while the call is under way
   * @param desk the last that the call was given to
   * @param agent the first who talked to the caller
   * @param clearedBy UNKNOWN while the call is under way
   * @param waited time in queues
   * @param talked time with somebody, without hold
   * @param times how the caller spent the call; empty where its begin was not seen, and for calls
   *     from before they were kept
   */
  record CallRow(
      CallId id,
      Optional<GatewayId> gateway,
      Direction direction,
      Instant startedAt,
      Optional<Instant> endedAt,
      String callingNumber,
      String dialledNumber,
      List<StaffId> matches,
      Optional<DeskId> desk,
      Optional<AgentId> agent,
      Optional<CallOutcome> outcome,
      ClearedBy clearedBy,
      DataQuality quality,
      boolean missed,
      Duration waited,
      Duration talked,
      Optional<CallTimes> times) {
    public CallRow {
      matches = List.copyOf(matches);
    }

    /** Without times. */
    public CallRow(
        CallId id,
        Optional<GatewayId> gateway,
        Direction direction,
        Instant startedAt,
        Optional<Instant> endedAt,
        String callingNumber,
        String dialledNumber,
        List<StaffId> matches,
        Optional<DeskId> desk,
        Optional<AgentId> agent,
        Optional<CallOutcome> outcome,
        ClearedBy clearedBy,
        DataQuality quality,
        boolean missed,
        Duration waited,
        Duration talked) {
      this(
          id,
          gateway,
          direction,
          startedAt,
          endedAt,
          callingNumber,
          dialledNumber,
          matches,
          desk,
          agent,
          outcome,
          clearedBy,
          quality,
          missed,
          waited,
          talked,
          Optional.empty());
    }
  }

  /** What an agent wrote up after a call; the end is empty while it lasts. */
  record WrapUp(AgentId agent, Instant beganAt, Optional<Instant> endedAt, Duration length) {}

  /**
   * A call with its stays in queues, the keys pressed and the incidents linked to it.
   *
   * @param parts the devices of the call, in the order in which they came
   * @param events all that happened, in the journal's order: rules, explanations and fall-backs too
   */
  record CallRecord(
      CallRow row,
      List<KeyPress> keys,
      List<QueueVisit> visits,
      List<IncidentId> incidents,
      List<JournalRecord> events,
      List<Part> parts,
      List<WrapUp> wrapUps) {
    public CallRecord {
      events = List.copyOf(events);
      keys = List.copyOf(keys);
      visits = List.copyOf(visits);
      incidents = List.copyOf(incidents);
      parts = List.copyOf(parts);
      wrapUps = List.copyOf(wrapUps);
    }

    /** Without devices. */
    public CallRecord(
        CallRow row,
        List<KeyPress> keys,
        List<QueueVisit> visits,
        List<IncidentId> incidents,
        List<JournalRecord> events) {
      this(row, keys, visits, incidents, events, List.of(), List.of());
    }
  }

  /** A call that reached nobody. */
  record MissedRow(
      CallId call,
      Instant at,
      Optional<DeskId> desk,
      QueueName queue,
      QueueOutcome reason,
      String callingNumber,
      List<StaffId> matches) {
    public MissedRow {
      matches = List.copyOf(matches);
    }
  }
}
