package cti.core.missed;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import java.time.Instant;
import java.util.Optional;

/** How a case was closed. */
public sealed interface Closing {
  Instant at();

  CaseState state();

  /**
   * Somebody talked to the person.
   *
   * @param at the begin of the talk
   * @param until up to when calls missed beside the talk belong to the case: the end of the talk,
   *     or the longest that it is believed while its end is not on record
   * @param weCalled true where we called them, false where they called us
   * @param agent empty where nobody was logged on at the phone that answered
   */
  record ByTalk(CallId call, Instant at, Instant until, boolean weCalled, Optional<AgentId> agent)
      implements Closing {
    @Override
    public CaseState state() {
      return weCalled ? CaseState.RETURNED : CaseState.RECOVERED;
    }
  }

  /**
   * A person closed it.
   *
   * @param by the user
   */
  record ByHand(Instant at, String by, String reason) implements Closing {
    @Override
    public CaseState state() {
      return CaseState.CLOSED;
    }
  }
}
