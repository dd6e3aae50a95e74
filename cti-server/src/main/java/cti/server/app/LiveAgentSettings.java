package cti.server.app;

import cti.core.agent.AgentRules;
import cti.core.agent.PauseReason;
import cti.core.engine.CatalogInput;
import cti.core.id.DeskId;
import cti.core.port.AgentSettings;
import cti.core.port.Mailbox;
import cti.core.port.StoreUnavailableException;
import cti.server.db.agents.AgentSettingsStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pause reasons and desks' rules in memory: read at start, and told to the engine when changed.
 * Where the database is away at the start the last good copy stands in until it is back, and
 * without one those that are shipped.
 */
final class LiveAgentSettings implements AgentSettings {
  private static final Logger log = LoggerFactory.getLogger(LiveAgentSettings.class);

  private final AgentSettingsStore store;
  private final Mailbox mailbox;
  private final LastGoodCopy copy;
  private volatile Rules now;
  private boolean read;
  private boolean told = true;

  LiveAgentSettings(AgentSettingsStore store, Mailbox mailbox, LastGoodCopy copy) {
    this.store = store;
    this.mailbox = mailbox;
    this.copy = copy;
    this.now = copy.rules().orElse(Rules.SHIPPED);
  }

  /** Reads them while nobody is to be told yet; before the loop starts. */
  synchronized void begin() {
    try {
      reload();
      told = true;
    } catch (StoreUnavailableException e) {
      log.warn(
          "the last known rules for agents are used until the database is back: {}",
          e.getMessage());
    }
  }

  @Override
  public Rules now() {
    return now;
  }

  CatalogInput input() {
    return new CatalogInput.AgentRulesReplaced(now.reasons(), now.ofDesks());
  }

  @Override
  public Saved save(PauseReason reason, String by) {
    return after(store.save(reason, by));
  }

  @Override
  public Saved save(DeskId desk, AgentRules rules, String by) {
    return after(store.save(desk, rules, by));
  }

  @Override
  public List<Change> changes(int limit) {
    return store.changes(limit);
  }

  private synchronized Saved after(Saved saved) {
    if (saved instanceof Saved.Done) {
      reload();
      tell();
    }
    return saved;
  }

  private void reload() {
    now = store.load();
    copy.keep(now);
    read = true;
    told = false;
  }

  /** Makes up for what could not be read or told before; blocks where there is something. */
  synchronized void catchUp() {
    if (!read) {
      try {
        reload();
      } catch (StoreUnavailableException e) {
        log.debug("the rules for agents are still the last known ones: {}", e.getMessage());
        return;
      }
    }
    tell();
  }

  private void tell() {
    if (told) {
      return;
    }
    told = mailbox.offer(input());
    if (!told) {
      log.warn("the mailbox is full: the engine learns of the new rules for agents later");
    }
  }
}
