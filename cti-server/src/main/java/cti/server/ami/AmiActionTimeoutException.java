package cti.server.ami;

import java.time.Duration;

/** No answer within the action's time limit; the gateway may still carry it out. */
public final class AmiActionTimeoutException extends AmiActionException {
  private static final long serialVersionUID = 1L;

  AmiActionTimeoutException(String action, Duration limit, boolean listStarted) {
    super(
        action,
        "action %s had no %s within %d ms"
            .formatted(action, listStarted ? "complete list" : "answer", limit.toMillis()));
  }
}
