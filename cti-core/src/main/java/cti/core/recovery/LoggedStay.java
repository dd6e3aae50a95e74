package cti.core.recovery;

import cti.core.call.QueueOutcome;
import cti.core.id.ChannelId;
import cti.core.id.QueueName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One stay in one queue, as the gateway's logs tell it.
 *
 * @param consultation who waits in the caller's place: an agent asks there
 * @param outcome empty where the logs do not tell the end
 * @param leftAt end of the wait
 * @param callerLeft whether it was the caller who ended it
 */
public record LoggedStay(
    QueueName queue,
    Optional<ChannelId> consultation,
    Instant enteredAt,
    int position,
    List<LoggedRing> rings,
    Optional<QueueOutcome> outcome,
    Optional<Instant> leftAt,
    boolean callerLeft) {
  public LoggedStay {
    rings = List.copyOf(rings);
  }

  /**
   * The same, where the agent who talked left a consultation: whom they asked has the caller then.
   * Mostly app_queue tells it as ATTENDEDTRANSFER, but when both happen in one moment as
   * COMPLETEAGENT. In a conference the agent stays when the caller meets whom they asked.
   *
   * @param parts those who were asked among them
   */
  LoggedStay handedOver(List<LoggedPart> parts) {
    return new LoggedStay(
        queue,
        consultation,
        enteredAt,
        position,
        rings.stream().map(ring -> ring.handedOver(parts)).toList(),
        outcome,
        leftAt,
        callerLeft);
  }

  public boolean consulted() {
    return consultation.isPresent();
  }

  public Optional<LoggedRing> answered() {
    return rings.stream().filter(ring -> ring.talk().isPresent()).findFirst();
  }
}
