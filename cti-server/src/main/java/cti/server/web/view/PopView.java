package cti.server.web.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A screen-pop: who rings at an agent's phone.
 *
 * @param id of the offer, or of the device's connection where no queue rings; a later revision of
 *     the same id replaces the earlier one
 * @param revision from 1
 * @param at when the phone began to ring
 * @param number as presented, possibly empty; in a call that we made, the one that was dialled
 * @param callers everybody whom the number may belong to; none is picked
 * @param waitedSeconds from the first queue to the ring; 0 where the call was in none
 * @param queue that rings, or where the caller was last; empty where the call was in none
 * @param incidents earlier ones of the callers or the number: open ones first, at most 5
 * @param incidentsState loading, loaded, unavailable
 */
public record PopView(
    String id,
    int revision,
    String call,
    String agent,
    Instant at,
    String extension,
    String number,
    String callingName,
    List<PersonView> callers,
    List<KeyView> keys,
    long waitedSeconds,
    Optional<String> desk,
    Optional<String> deskName,
    String queue,
    List<IncidentView> incidents,
    String incidentsState) {}
