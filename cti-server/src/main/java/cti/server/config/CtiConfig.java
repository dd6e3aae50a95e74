package cti.server.config;

import cti.core.callback.CallbackPolicy;
import java.time.ZoneId;
import java.util.Optional;

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
  public record Extras(
      boolean sampleData, boolean maskNumbers, Optional<LdapConfig> ldap, IvrConfig ivr) {}

  public IvrConfig ivr() {
    return extras.ivr();
  }

  public CallbackPolicy callbacks() {
    return extras.ivr().callbacks();
  }

  public boolean sampleData() {
    return extras.sampleData();
  }

  /** Where people come from besides edits and files. */
  public Optional<LdapConfig> ldap() {
    return extras.ldap();
  }

  public boolean maskNumbers() {
    return extras.maskNumbers();
  }
}
