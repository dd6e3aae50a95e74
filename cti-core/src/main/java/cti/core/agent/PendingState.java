package cti.core.agent;

/**
 * What an agent asked to be after the call that is under way and its wrap-up.
 *
 * @param state READY, NOT_READY or LOGGED_OFF
 * @param reason of NOT_READY and LOGGED_OFF, else empty
 */
public record PendingState(AgentState state, String reason) {}
