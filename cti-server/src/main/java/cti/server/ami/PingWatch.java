package cti.server.ami;

/**
 * Judges whether the other side still lives. A ping counts as missed where, until the next one is
 * due, neither its answer nor anything else was read: a gateway that pours out events is not dead,
 * its answer only waits behind them. Not safe for threads.
 */
final class PingWatch {
  private final int mostMisses;
  private boolean waiting;
  private long bytesAtLastPing;
  private int misses;

  PingWatch(int mostMisses) {
    this.mostMisses = mostMisses;
  }

  /** A new connection: nothing sent, nothing missed. */
  void reset() {
    waiting = false;
    misses = 0;
  }

  void pingSent(long bytesRead) {
    waiting = true;
    bytesAtLastPing = bytesRead;
  }

  void answered() {
    waiting = false;
    misses = 0;
  }

  /**
   * The next ping is due.
   *
   * @return true where the one before was missed
   */
  boolean missed(long bytesRead) {
    if (!waiting) {
      return false;
    }
    if (bytesRead != bytesAtLastPing) {
      misses = 0;
      return false;
    }
    misses++;
    return true;
  }

  boolean dead() {
    return misses >= mostMisses;
  }

  int misses() {
    return misses;
  }
}
