package cti.server.ami;

import java.time.Instant;

/**
 * Identifications of a link's actions: its own alone, because OriginateResponse goes to every
 * client of the gateway with the ActionID of the one that asked. Not safe for threads.
 */
final class ActionIds {
  private static final String PING = "-ping";

  private final String prefix;
  private long last;

  ActionIds(String clientName, Instant made) {
    this.prefix = clientName + "-" + Long.toString(made.toEpochMilli(), Character.MAX_RADIX) + "-";
  }

  String next() {
    last++;
    return prefix + last;
  }

  String nextPing() {
    return next() + PING;
  }

  /** Null is none. */
  static boolean isPing(String actionId) {
    return actionId != null && actionId.endsWith(PING);
  }
}
