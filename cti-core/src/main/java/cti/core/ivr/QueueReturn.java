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
  /**
   * Ours: the caller pressed a key of the queue's context, where app_queue sets no status. Which
   * one is told by {@link #key}.
   */
  LEFT_BY_KEY(Exit.LEFT_BY_KEY);

  private static final String BY_KEY = LEFT_BY_KEY.name() + ":";

  private final Exit exit;

  QueueReturn(Exit exit) {
    this.exit = exit;
  }

  /** The exit of the queue node. */
  public Exit exit() {
    return exit;
  }

  /** The key in {@code LEFT_BY_KEY:1}; empty in any other status. */
  public static Optional<String> key(String status) {
    return status.startsWith(BY_KEY)
        ? Optional.of(status.substring(BY_KEY.length())).filter(key -> key.matches("[0-9*#]"))
        : Optional.empty();
  }

  /** The status; a key behind it is left aside. */
  public static Optional<QueueReturn> parse(String status) {
    if (key(status).isPresent()) {
      return Optional.of(LEFT_BY_KEY);
    }
    for (QueueReturn value : values()) {
      if (value.name().equals(status)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
