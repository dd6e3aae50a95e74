package cti.server.web;

import cti.core.agent.AgentRules;
import cti.core.agent.PauseReason;
import cti.core.id.DeskId;
import cti.core.port.AgentSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pause reasons and rules without a database. */
final class AgentSettingsInMemory implements AgentSettings {
  private final InstantSource clock;
  private final List<Change> changes = new ArrayList<>();
  private volatile Rules now = Rules.SHIPPED;

  AgentSettingsInMemory(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Rules now() {
    return now;
  }

  @Override
  public synchronized Saved save(PauseReason reason, String by) {
    List<PauseReason> reasons = new ArrayList<>(now.reasons());
    Optional<PauseReason> before =
        reasons.stream().filter(known -> known.id().equals(reason.id())).findFirst();
    for (PauseReason known : reasons) {
      if (!known.id().equals(reason.id())
          && reason.key().isPresent()
          && known.key().equals(reason.key())) {
        return new Saved.KeyTaken(known.id());
      }
    }
    before.ifPresent(reasons::remove);
    reasons.add(reason);
    now = new Rules(reasons, now.ofDesks());
    note(by, "pause-reason " + reason.id(), before.map(Object::toString).orElse(""), reason);
    return new Saved.Done();
  }

  @Override
  public synchronized Saved save(DeskId desk, AgentRules rules, String by) {
    if (!desk.equals(World.DESKTOP) && !desk.equals(World.GUANGZHOU)) {
      return new Saved.NoSuchDesk();
    }
    Map<DeskId, AgentRules> ofDesks = new HashMap<>(now.ofDesks());
    AgentRules before = ofDesks.put(desk, rules);
    now = new Rules(now.reasons(), ofDesks);
    note(by, "desk " + desk, before == null ? "" : before.toString(), rules);
    return new Saved.Done();
  }

  private void note(String by, String subject, String before, Object after) {
    changes.addFirst(new Change(clock.instant(), by, subject, before, after.toString()));
  }

  @Override
  public synchronized List<Change> changes(int limit) {
    return changes.stream().limit(limit).toList();
  }
}
