package cti.server.db.agents;

import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.port.AgentPhones.Phone;
import cti.core.port.AgentPhones.PinCheck;
import cti.server.config.Secret;
import cti.server.db.Database;
import cti.server.db.accounts.Passwords;
import cti.server.db.agents.AgentPhoneMapper.PhoneRow;
import cti.server.db.agents.AgentSettingsMapper.ChangeRow;
import cti.server.db.audit.AuditWriter;
import cti.server.db.audit.AuditWriter.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Own phones and PINs on record. A PIN is short, so it is locked after a few wrong ones. */
public final class AgentPhoneStore {
  /** Wrong PINs in a row until the lock. */
  static final int MOST_FAILURES = 5;

  static final Duration LOCK = Duration.ofMinutes(15);

  private final Database database;
  private final InstantSource clock;
  private final Passwords passwords;
  private final AuditWriter audit;

  public AgentPhoneStore(Database database, InstantSource clock, Passwords passwords) {
    this.database = database;
    this.clock = clock;
    this.passwords = passwords;
    this.audit = new AuditWriter(clock);
  }

  /** Everybody who has a phone or a PIN, by number. */
  public List<Phone> load() {
    return database.with(
        AgentPhoneMapper.class,
        mapper -> mapper.phones().stream().map(AgentPhoneStore::phone).toList());
  }

  public Phone phone(AgentId agent) {
    PhoneRow row = database.with(AgentPhoneMapper.class, mapper -> mapper.phone(agent.value()));
    return row == null ? new Phone(agent, Optional.empty(), false) : phone(row);
  }

  /** The hash is compared outside of the transaction: it takes its time on purpose. */
  public PinCheck check(AgentId agent, String pin) {
    PhoneRow row = database.with(AgentPhoneMapper.class, mapper -> mapper.phone(agent.value()));
    if (row == null || row.pinHash() == null) {
      return PinCheck.NONE_SET;
    }
    boolean right = passwords.matches(new Secret(pin), row.pinHash());
    return database.with(
        AgentPhoneMapper.class, mapper -> noted(mapper, mapper.lockPhone(agent.value()), right));
  }

  private PinCheck noted(AgentPhoneMapper mapper, PhoneRow row, boolean right) {
    if (row == null || row.pinHash() == null) {
      return PinCheck.NONE_SET;
    }
    Instant now = now();
    if (row.lockedUntil() != null && row.lockedUntil().isAfter(now)) {
      return PinCheck.LOCKED;
    }
    if (right) {
      mapper.failed(row.agentId(), 0, null);
      return PinCheck.RIGHT;
    }
    int failures = row.failures() + 1;
    boolean lock = failures >= MOST_FAILURES;
    mapper.failed(row.agentId(), lock ? 0 : failures, lock ? now.plus(LOCK) : null);
    return lock ? PinCheck.LOCKED : PinCheck.WRONG;
  }

  public Phone save(AgentId agent, Optional<Extension> extension, Optional<String> pin, String by) {
    Optional<String> hash = pin.map(text -> passwords.hash(new Secret(text)));
    return database.with(
        AgentPhoneMapper.class,
        mapper -> {
          PhoneRow before = mapper.lockPhone(agent.value());
          String kept = before == null ? null : before.pinHash();
          PhoneRow after =
              new PhoneRow(
                  agent.value(),
                  extension.map(Extension::value).orElse(null),
                  hash.orElse(kept),
                  hash.isPresent() || before == null ? 0 : before.failures(),
                  hash.isPresent() || before == null ? null : before.lockedUntil());
          mapper.putPhone(after);
          mapper.addChange(
              new ChangeRow(
                  0,
                  now(),
                  by,
                  "agent-phone " + agent,
                  before == null ? "" : described(before),
                  described(after) + (hash.isPresent() ? ", new PIN" : "")));
          audit.write(
              mapper,
              new Line(
                  by,
                  before == null ? "create" : "change",
                  "agent-phone " + agent,
                  before == null ? Optional.empty() : Optional.of(facts(before, false)),
                  Optional.of(facts(after, hash.isPresent()))));
          return phone(after);
        });
  }

  private static String described(PhoneRow row) {
    return "extension "
        + (row.extension() == null ? "none" : row.extension())
        + (row.pinHash() == null ? ", no PIN" : ", PIN set");
  }

  /** Of a PIN only whether there is one, and whether it is new. */
  private static SequencedMap<String, Object> facts(PhoneRow row, boolean newPin) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("extension", row.extension() == null ? "" : row.extension());
    facts.put("pin", newPin ? "new" : row.pinHash() == null ? "none" : "set");
    return facts;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Phone phone(PhoneRow row) {
    return new Phone(
        new AgentId(row.agentId()),
        Optional.ofNullable(row.extension()).map(Extension::new),
        row.pinHash() != null);
  }
}
