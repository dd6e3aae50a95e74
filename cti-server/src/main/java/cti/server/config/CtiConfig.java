package cti.server.config;

import java.time.ZoneId;

/**
 * All that conf/cti.yaml says, checked.
 *
 * @param zone whose days and hours people mean
 */
public record CtiConfig(
    ZoneId zone,
    GatewayConfig gateway,
    AgiConfig agi,
    WebConfig web,
    DatabaseConfig database,
    JournalConfig journal,
    RecordingsConfig recordings,
    Extras extras) {
  /** What needs no section of its own. */
  public record Extras(boolean sampleData, boolean maskNumbers) {}

  public boolean sampleData() {
    return extras.sampleData();
  }

  public boolean maskNumbers() {
    return extras.maskNumbers();
  }
}
