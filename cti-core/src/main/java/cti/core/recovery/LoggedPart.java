package cti.core.recovery;

import cti.core.call.RingOutcome;
import cti.core.id.ChannelId;
import java.time.Instant;
import java.util.Optional;

/**
 * A phone or an outside number that no queue chose, as the gateway's logs tell it: whom the caller
 * was handed on to, whom an agent asked meanwhile, whom a call of ours called.
 *
 * @param leg the channel that stands for it in the logs
 * @param consulted asked in a consultation, not dialled by the caller's own channel
 * @param joinedAt when who was consulted met the caller, where that happened
 * @param number extension, or number as dialled
 * @param exact whether a leg of its own tells the times; else its talk may hold its ringing too
 * @param endedAt end of the ringing, of the talk for one that was answered
 * @param outcome ANSWERED, or why not
 */
public record LoggedPart(
    ChannelId leg,
    boolean consulted,
    Optional<Instant> joinedAt,
    String number,
    boolean exact,
    Instant startedAt,
    Optional<Instant> answeredAt,
    Instant endedAt,
    RingOutcome outcome) {}
