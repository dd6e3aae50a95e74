package cti.server.config;

import cti.core.callback.CallbackPolicy;
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
  /** The rest. */
  public record Extras(boolean sampleData, boolean maskNumbers, IvrConfig ivr) {}

  public IvrConfig ivr() {
    return extras.ivr();
  }

  public CallbackPolicy callbacks() {
    return extras.ivr().callbacks();
  }

  public boolean sampleData() {
    return extras.sampleData();
  }

  public boolean maskNumbers() {
    return extras.maskNumbers();
  }
}
