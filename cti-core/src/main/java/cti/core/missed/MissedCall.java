package cti.core.missed;

import cti.core.call.QueueOutcome;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call that nobody answered, judged over the whole linked call (DOMAIN: MissedCall).
 *
 * @param at when it was over
 * @param desk empty for the gateway's own static queue
 * @param number as presented; empty where it was withheld
 * @param matches everybody whom the directory named at the time of the call, none picked
 */
public record MissedCall(
    CallId call,
    Instant at,
    Optional<DeskId> desk,
    QueueName queue,
    QueueOutcome reason,
    String number,
    List<StaffId> matches) {
  public MissedCall {
    matches = List.copyOf(matches);
  }
}
