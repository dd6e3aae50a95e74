package cti.server.app;

import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.port.AgentPhones;
import cti.core.port.StoreUnavailableException;
import cti.server.app.LastGoodCopy.PhonesCopy;
import cti.server.db.agents.AgentPhoneStore;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Own phones in memory, so that an agent logs on at theirs also while the database is away. Where
 * it is away at the start the last good copy stands in until it is back.
 */
final class LiveAgentPhones implements AgentPhones {
  private static final Logger log = LoggerFactory.getLogger(LiveAgentPhones.class);

  private final AgentPhoneStore store;
  private final LastGoodCopy copy;
  private volatile List<Phone> phones;
  private volatile boolean read;

  LiveAgentPhones(AgentPhoneStore store, LastGoodCopy copy) {
    this.store = store;
    this.copy = copy;
    this.phones = copy.phones();
  }

  /** Reads them for the first time, where the database is there at the start. */
  void begin() {
    catchUp();
    if (!read) {
      log.warn("the last known phones are agents' own until the database is back");
    }
  }

  /** Reads them, until they were read once; blocks where there is something to read. */
  void catchUp() {
    if (read) {
      return;
    }
    try {
      reload();
    } catch (StoreUnavailableException e) {
      log.debug("own phones are still the last known ones: {}", e.getMessage());
    }
  }

  private synchronized void reload() {
    phones = store.load();
    copy.keep(new PhonesCopy(phones));
    read = true;
  }

  @Override
  public List<AgentId> at(Extension extension) {
    return phones.stream()
        .filter(phone -> phone.extension().equals(Optional.of(extension)))
        .map(Phone::agent)
        .toList();
  }

  @Override
  public Phone phone(AgentId agent) {
    return store.phone(agent);
  }

  @Override
  public PinCheck check(AgentId agent, String pin) {
    return store.check(agent, pin);
  }

  @Override
  public Phone save(AgentId agent, Optional<Extension> extension, Optional<String> pin, String by) {
    Phone saved = store.save(agent, extension, pin, by);
    reload();
    return saved;
  }
}
