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
 * Where the database is away at the start those that are shipped stand in until it is back.
 */
final class LiveAgentSettings implements AgentSettings {
  private static final Logger log = LoggerFactory.getLogger(LiveAgentSettings.class);

  private final AgentSettingsStore store;
  private final Mailbox mailbox;
  private volatile Rules now = Rules.SHIPPED;
  private boolean read;
  private boolean told = true;

  LiveAgentSettings(AgentSettingsStore store, Mailbox mailbox) {
    this.store = store;
    this.mailbox = mailbox;
    try {
      now = store.load();
      read = true;
    } catch (StoreUnavailableException e) {
      log.warn(
          "the shipped rules for agents are used until the database is back: {}", e.getMessage());
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
    read = true;
    told = false;
  }

  /** Makes up for what could not be read or told before; blocks where there is something. */
  synchronized void catchUp() {
    if (!read) {
      try {
        reload();
      } catch (StoreUnavailableException e) {
        log.debug("the rules for agents are still those that are shipped: {}", e.getMessage());
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
