package cti.server.app;

import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.port.AgentPhones;
import cti.core.port.StoreUnavailableException;
import cti.server.db.agents.AgentPhoneStore;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Own phones in memory, so that an agent logs on at theirs also while the database is away. */
final class LiveAgentPhones implements AgentPhones {
  private static final Logger log = LoggerFactory.getLogger(LiveAgentPhones.class);

  private final AgentPhoneStore store;
  private volatile List<Phone> phones = List.of();
  private volatile boolean read;

  LiveAgentPhones(AgentPhoneStore store) {
    this.store = store;
  }

  /** Reads them for the first time, where the database is there at the start. */
  void begin() {
    catchUp();
    if (!read) {
      log.warn("no phone is known to be an agent's own until the database is back");
    }
  }

  /** Reads what could not be read before; blocks where there is something. */
  void catchUp() {
    if (read) {
      return;
    }
    try {
      phones = store.load();
      read = true;
    } catch (StoreUnavailableException e) {
      log.debug("own phones are still not known: {}", e.getMessage());
    }
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
    phones = store.load();
    read = true;
    return saved;
  }
}
