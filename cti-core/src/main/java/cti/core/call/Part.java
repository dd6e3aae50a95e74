package cti.core.call;

import cti.core.id.AgentId;
import cti.core.id.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One device's part in a call (a CSTA connection), kept until the call is over, whatever became of
 * it. The gateway's own legs, of which a call has several, are no parts.
 *
 * @param failure why it never took part, where that is so
 */
public record Part(
    ConnectionId id,
    PartRole role,
    Device device,
    ConnectionState state,
    Times times,
    Optional<RingOutcome> failure) {

  /**
   * A telephone.
   *
   * @param agent empty where nobody is logged on at it
   * @param number extension, or number as presented or dialled; possibly empty
   */
  public record Device(Optional<AgentId> agent, String number) {}

  /**
   * When, and how long. From the answer to the end, talk and hold leave no gap.
   *
   * @param stateSince since when it is in its state
   * @param talked so far, without the time since {@code stateSince}
   * @param held how long it had the others on hold; as {@code talked}
   */
  public record Times(
      Instant startedAt,
      Optional<Instant> answeredAt,
      Instant stateSince,
      Optional<Instant> endedAt,
      Duration talked,
      Duration held) {
    static Times from(Instant at) {
      return new Times(at, Optional.empty(), at, Optional.empty(), Duration.ZERO, Duration.ZERO);
    }
  }

  static Part begun(
      ConnectionId id, PartRole role, Device device, ConnectionState state, Instant at) {
    return new Part(id, role, device, state, Times.from(at), Optional.empty());
  }

  public boolean open() {
    return times.endedAt().isEmpty();
  }

  /** Answered and still there, on hold or not. */
  public boolean talking() {
    return open() && times.answeredAt().isPresent();
  }

  /** Whether it talks to the caller, or would if it were not on hold. */
  public boolean withCaller() {
    return talking() && role.withCaller();
  }

  Part answered(Optional<AgentId> by, Instant at) {
    Part now = into(ConnectionState.CONNECTED, at);
    Times t = now.times;
    Times answered =
        new Times(
            t.startedAt,
            t.answeredAt.or(() -> Optional.of(t.stateSince)),
            t.stateSince,
            Optional.empty(),
            t.talked,
            t.held);
    Device of = new Device(by.or(device::agent), device.number());
    return new Part(id, role, of, now.state, answered, Optional.empty());
  }

  Part as(PartRole other) {
    return new Part(id, other, device, state, times, failure);
  }

  Part of(Optional<AgentId> agent) {
    return new Part(
        id, role, new Device(agent.or(device::agent), device.number()), state, times, failure);
  }

  Part ended(Instant at) {
    return open() ? closed(ConnectionState.NULL, Optional.empty(), at) : this;
  }

  /** Who was to join others when they answered, and never did, was asked and no more. */
  Part failed(RingOutcome how, Instant at) {
    if (!open()) {
      return this;
    }
    Part failed = closed(ConnectionState.FAILED, Optional.of(how), at);
    boolean met = role != PartRole.CONFERENCED || times.answeredAt().isPresent();
    return met ? failed : failed.as(PartRole.CONSULTED);
  }

  private Part closed(ConnectionState last, Optional<RingOutcome> how, Instant at) {
    Times t = into(last, at).times;
    Times ended =
        new Times(
            t.startedAt, t.answeredAt, t.stateSince, Optional.of(t.stateSince), t.talked, t.held);
    return new Part(id, role, device, last, ended, how);
  }

  /** The time spent in the state before goes where it belongs; it never runs backwards. */
  Part into(ConnectionState next, Instant at) {
    Instant now = at.isBefore(times.stateSince) ? times.stateSince : at;
    Duration spent = Duration.between(times.stateSince, now);
    boolean talked = times.answeredAt.isPresent() && state == ConnectionState.CONNECTED;
    boolean held = times.answeredAt.isPresent() && state == ConnectionState.HELD;
    Times after =
        new Times(
            times.startedAt,
            times.answeredAt,
            now,
            times.endedAt,
            talked ? times.talked.plus(spent) : times.talked,
            held ? times.held.plus(spent) : times.held);
    return new Part(id, role, device, next, after, failure);
  }
}
