package cti.server.gatewaylog;

import cti.core.recovery.LogPosition;
import cti.core.recovery.LogSource;
import java.io.IOException;
import java.time.Instant;

/** One log of the gateway, wherever it is kept. */
interface LogFeed extends AutoCloseable {
  LogSource source();

  /** Says where the reading goes on. */
  void standsAt(OpenCalls into);

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
