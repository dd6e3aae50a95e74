package cti.core.recovery;

import cti.core.call.Call;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.Originated;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.CallEvent.Transferred;
import cti.core.id.AttemptId;
import cti.core.id.ConnectionId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is on record of a call.
 *
 * @param endedAt empty while it is under way
 * @param recovered whether the gateway's logs have told it already, to its end
 * @param transfers how the caller was handed on; one by the same device once
 * @param enders who ended the talks with agents of queues
 * @param channels the gateway's names of the channels that were seen
 */
public record OnRecord(
    Call call,
    Optional<Instant> endedAt,
    DataQuality quality,
    boolean recovered,
    List<Transferred> transfers,
    Map<AttemptId, ClearedBy> enders,
    Map<ConnectionId, String> channels) {
  public OnRecord {
    enders = Map.copyOf(enders);
    channels = Map.copyOf(channels);
    transfers = List.copyOf(transfers);
  }

  /**
   * Folds what is on record.
   *
   * @param events of one call, in the journal's order
   * @return empty where its beginning is not among them
   */
  public static Optional<OnRecord> of(List<CallEvent> events) {
    Call call = null;
    boolean told = false;
    Map<ConnectionId, Transferred> transfers = new LinkedHashMap<>();
    Map<ConnectionId, String> channels = new HashMap<>();
    Map<AttemptId, ClearedBy> enders = new HashMap<>();
    for (CallEvent event : events) {
      if (event instanceof TalkEnded talk) {
        enders.put(talk.attempt(), talk.by());
      }
      if (event instanceof CallRecovered) {
        told = true;
      }
      if (event instanceof Originated joined) {
        channels.put(joined.connection(), joined.channelName());
      }
      if (event instanceof Transferred transferred) {
        transfers.put(transferred.by(), transferred);
      }
      if (event instanceof ServiceInitiated begun && (call == null || !call.ending().retold())) {
        call = call == null ? Call.begun(begun) : call;
      } else if (call != null) {
        call = call.apply(event);
      }
    }
    if (call == null) {
      return Optional.empty();
    }
    Optional<CallCleared> end =
        events.getLast() instanceof CallCleared cleared ? Optional.of(cleared) : Optional.empty();
    return Optional.of(
        new OnRecord(
            call,
            end.map(CallCleared::at),
            end.map(CallCleared::quality).orElse(call.quality()),
            told && end.filter(e -> e.quality() != DataQuality.LOST_TRACK).isPresent(),
            List.copyOf(transfers.values()),
            enders,
            channels));
  }
}
