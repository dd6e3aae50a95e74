package cti.server.gatewaylog;

import cti.core.id.GatewayId;
import cti.core.port.QueueLogTable;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Where the gateway's logs are.
 *
 * @param queueLog the file; empty where there is none, or the table is read
 * @param table queue_log in a table, in the place of the file
 * @param cdr the file of conf/asterisk/cdr_custom_cti.conf
 * @param zone of the gateway's local times, for call detail records without exact ones
 * @param nightly when the whole of yesterday is checked
 */
public record LogSettings(
    GatewayId gateway,
    Optional<Path> queueLog,
    Optional<QueueLogTable> table,
    Optional<Path> cdr,
    ZoneId zone,
    Nightly nightly) {
  /**
   * @param at in {@code zone}; empty for never
   * @param zone in which days are counted
   */
  public record Nightly(Optional<LocalTime> at, ZoneId zone) {}

  /** Whether there is anything to read. */
  public boolean any() {
    return queueLog.isPresent() || table.isPresent() || cdr.isPresent();
  }

  boolean callDetails() {
    return cdr.isPresent();
  }
}
