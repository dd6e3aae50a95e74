package cti.core.ivr;

import java.util.Optional;

/** How the caller came back from the queue: Asterisk's QUEUESTATUS (app_queue.c). */
public enum QueueReturn {
  TIMEOUT(Exit.TIMEOUT),
  FULL(Exit.FULL),
  JOINEMPTY(Exit.NO_AGENTS),
  LEAVEEMPTY(Exit.NO_AGENTS),
  JOINUNAVAIL(Exit.NO_AGENTS),
  LEAVEUNAVAIL(Exit.NO_AGENTS),
  /** The agent hung up and the dialplan goes on. */
  CONTINUE(Exit.ANSWERED),
  WITHDRAW(Exit.WITHDRAWN),
  /** Ours: app_queue does not know the queue and sets no status. */
  NOSUCHQUEUE(Exit.ERROR),
  /** Ours: the caller pressed the key of the queue's context, where app_queue sets no status. */
  LEFT_BY_KEY(Exit.LEFT_BY_KEY);

  private final Exit exit;

  QueueReturn(Exit exit) {
    this.exit = exit;
  }

  /** The exit of the queue node. */
  public Exit exit() {
    return exit;
  }

  public static Optional<QueueReturn> parse(String status) {
    for (QueueReturn value : values()) {
      if (value.name().equals(status)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
