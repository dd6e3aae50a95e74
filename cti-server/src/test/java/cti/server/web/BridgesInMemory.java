package cti.server.web;

import cti.core.bridge.Bridge;
import cti.core.bridge.Bridge.Computer;
import cti.core.id.AgentId;
import cti.core.id.BridgeId;
import cti.core.port.Bridges;
import cti.core.port.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bridges without a database; {@link #away} as when it cannot be reached. */
final class BridgesInMemory implements Bridges {
  private record Code(String user, AgentId agent, Instant until) {}

  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Bridge> byToken = new LinkedHashMap<>();
  volatile boolean away;

  private void reach() {
    if (away) {
      throw new StoreUnavailableException("connection refused", null);
    }
  }

  /** Hashes of everything that was told: neither codes nor tokens may be among them. */
  synchronized List<String> kept() {
    List<String> kept = new ArrayList<>(codes.keySet());
    kept.addAll(byToken.keySet());
    return kept;
  }

  @Override
  public synchronized void offer(String codeHash, String user, AgentId agent, Instant until) {
    reach();
    codes.values().removeIf(code -> code.user().equals(user));
    codes.put(codeHash, new Code(user, agent, until));
  }

  @Override
  public synchronized Optional<Bridge> pair(
      String codeHash, String tokenHash, Computer computer, Instant now) {
    reach();
    Code code = codes.remove(codeHash);
    if (code == null || !code.until().isAfter(now)) {
      return Optional.empty();
    }
    BridgeId id = new BridgeId(Integer.toString(byToken.size() + 1));
    Bridge bridge = new Bridge(id, code.user(), code.agent(), computer, now, now, Optional.empty());
    byToken.put(tokenHash, bridge);
    return Optional.of(bridge);
  }

  @Override
  public synchronized Optional<Bridge> find(String tokenHash) {
    reach();
    return Optional.ofNullable(byToken.get(tokenHash)).filter(one -> one.revokedAt().isEmpty());
  }

  @Override
  public synchronized boolean seen(BridgeId id, Instant at) {
    reach();
    return paired().stream().anyMatch(one -> one.id().equals(id));
  }

  @Override
  public synchronized List<Bridge> paired() {
    reach();
    return byToken.values().stream().filter(one -> one.revokedAt().isEmpty()).toList();
  }

  @Override
  public synchronized boolean revoke(BridgeId id, String by, Instant at) {
    reach();
    for (Map.Entry<String, Bridge> entry : byToken.entrySet()) {
      Bridge one = entry.getValue();
      if (one.id().equals(id) && one.revokedAt().isEmpty()) {
        entry.setValue(
            new Bridge(
                id,
                one.user(),
                one.agent(),
                one.computer(),
                one.pairedAt(),
                one.lastSeenAt(),
                Optional.of(at)));
        return true;
      }
    }
    return false;
  }
}
