package cti.server.gatewaylog;

import cti.core.recovery.LogPosition;
import java.io.IOException;
import java.time.Instant;

/** One log of the gateway, wherever it is kept. */
interface LogFeed extends AutoCloseable {
  /**
   * Takes over what is new.
   *
   * @return whether there may be more at once
   */
  boolean read(OpenCalls into, long nowNanos) throws IOException;

  /** Where a restart goes on. */
  LogPosition position(OpenCalls open, Instant now) throws IOException;

  /** Lines that were not understood. */
  long unknown();

  @Override
  void close() throws IOException;
}
