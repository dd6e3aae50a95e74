package cti.core.missed;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What missed cases are folded from. */
public sealed interface CaseFact {
  Instant at();

  /** The call that it is about; for what is done by hand, any call of the case. */
  CallId call();

  /** A call reached nobody. */
  record Missed(MissedCall missed, Set<PartyKey> keys) implements CaseFact {
    public Missed {
      keys = Set.copyOf(keys);
    }

    @Override
    public Instant at() {
      return missed.at();
    }

    @Override
    public CallId call() {
      return missed.call();
    }
  }

  /**
   * Somebody of us talked to the party.
   *
   * @param at when the talk began
   * @param endedAt empty while its end is not on record
   * @param weCalled true where we called them
   */
  record Talked(
      CallId call,
      Instant at,
      Optional<Instant> endedAt,
      boolean weCalled,
      Optional<AgentId> agent,
      Set<PartyKey> keys)
      implements CaseFact {
    public Talked {
      keys = Set.copyOf(keys);
    }
  }

  /** Somebody closed the case of this call. */
  record ClosedByHand(CallId call, Instant at, String by, String reason) implements CaseFact {}

  /** Somebody took back that the case of this call was closed by hand. */
  record Reopened(CallId call, Instant at, String by) implements CaseFact {}
}
