package cti.server.web.bridge;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.bridge.Bridge;
import cti.core.id.AgentId;
import cti.core.id.BridgeId;
import cti.core.port.Accounts;
import cti.core.port.Bridges;
import cti.core.port.StoreUnavailableException;
import cti.server.web.http.Fault;
import cti.server.web.http.SessionGate;
import cti.server.web.http.SignedIn;
import cti.server.web.http.StoreThreads;
import cti.server.web.stream.Streams;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in paired bridges by their tokens, and everybody else by the gate behind it. A bridge is its
 * agent, with the rights of an agent whatever the account may do; it is so until it is revoked, or
 * its account is no longer that agent. Thread-safe.
 */
public final class BridgeGate implements SessionGate, Streams.SessionWatch {
  private static final Logger log = LoggerFactory.getLogger(BridgeGate.class);
  private static final String KEY = "bridge ";
  private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

  /** It lasts until it is revoked; a session has an end, so it says the last day there is. */
  private static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

  private final SessionGate sessions;
  private final Streams.SessionWatch sessionWatch;
  private final Bridges bridges;
  private final Accounts accounts;
  private final StoreThreads threads;
  private final InstantSource clock;
  private final Map<String, Live> byToken = new ConcurrentHashMap<>();
  private final Map<String, Live> byKey = new ConcurrentHashMap<>();
  private volatile Consumer<String> ended = key -> {};

  private static final class Live {
    final String tokenHash;
    final Bridge bridge;
    volatile Account account;
    volatile Instant touchedAt;

    Live(String tokenHash, Bridge bridge, Account account, Instant touchedAt) {
      this.tokenHash = tokenHash;
      this.bridge = bridge;
      this.account = account;
      this.touchedAt = touchedAt;
    }
  }

  /** The stores that it asks, and the threads on which it does. */
  public record Stores(Bridges bridges, Accounts accounts, StoreThreads threads) {}

  public <S extends SessionGate & Streams.SessionWatch> BridgeGate(
      S sessions, Stores stores, InstantSource clock) {
    this.sessions = sessions;
    this.sessionWatch = sessions;
    this.bridges = stores.bridges();
    this.accounts = stores.accounts();
    this.threads = stores.threads();
    this.clock = clock;
  }

  /** Who is told of a bridge that was revoked, by its session key. */
  public void onEnded(Consumer<String> listener) {
    ended = listener;
  }

  /** The bridge that a request comes from; empty for a person. */
  static Optional<BridgeId> bridge(SignedIn who) {
    return who.sessionKey().startsWith(KEY)
        ? Optional.of(new BridgeId(who.sessionKey().substring(KEY.length())))
        : Optional.empty();
  }

  @Override
  public CompletionStage<Optional<SignedIn>> find(HttpHeaders headers) {
    Optional<String> token =
        Optional.ofNullable(headers.get(HttpHeaderNames.AUTHORIZATION))
            .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
            .map(header -> header.substring(7).strip())
            .filter(BridgeSecrets::isToken);
    if (token.isEmpty()) {
      return sessions.find(headers);
    }
    String hash = BridgeSecrets.hash(token.get());
    Live live = byToken.get(hash);
    return live != null
        ? CompletableFuture.completedFuture(Optional.of(inUse(live)))
        : threads.run(() -> look(hash).map(this::inUse));
  }

  private Optional<Live> look(String hash) {
    Optional<Bridge> bridge = bridges.find(hash);
    if (bridge.isEmpty()) {
      return Optional.empty();
    }
    return agentOf(bridge.get())
        .map(
            agent -> {
              Live live = new Live(hash, bridge.get(), agent, Instant.EPOCH);
              byToken.put(hash, live);
              byKey.put(key(live.bridge.id()), live);
              return live;
            });
  }

  /** The account of a bridge with the rights of an agent; empty where it is that agent no more. */
  private Optional<Account> agentOf(Bridge bridge) {
    Optional<AgentId> agent = Optional.of(bridge.agent());
    return accounts
        .find(bridge.user())
        .filter(account -> account.role().mayDo(Role.AGENT) && account.agent().equals(agent))
        .map(
            account ->
                new Account(
                    account.user(),
                    account.name(),
                    Role.AGENT,
                    agent,
                    account.mustChangePassword()));
  }

  private SignedIn inUse(Live live) {
    Instant now = clock.instant();
    if (live.touchedAt.isBefore(now.minus(TOUCH_EVERY))) {
      live.touchedAt = now;
      inBackground(live, now);
    }
    return new SignedIn(live.account, key(live.bridge.id()), "", NO_END, false);
  }

  private static String key(BridgeId id) {
    return KEY + id;
  }

  /** Another node may have revoked it, or changed or removed the account. */
  private void inBackground(Live live, Instant now) {
    threads
        .run(
            () -> {
              check(live, now);
              return null;
            })
        .whenComplete(
            (nothing, failure) -> {
              if (failure instanceof StoreUnavailableException || failure instanceof Fault) {
                log.warn("web: bridge not noted in the store: {}", failure.getMessage());
              } else if (failure != null) {
                log.warn("web: bridge not noted in the store", failure);
              }
            });
  }

  private void check(Live live, Instant now) {
    Optional<Account> agent =
        bridges.seen(live.bridge.id(), now) ? agentOf(live.bridge) : Optional.empty();
    if (agent.isPresent()) {
      live.account = agent.get();
    } else {
      end(live.bridge.id());
    }
  }

  /**
   * An account was changed or removed: those of its bridges that are in use go on as it now is, or
   * end. Blocks on the stores; while they are away the next check within a minute of use does it.
   */
  public void accountChanged(String user) {
    for (Live live : List.copyOf(byKey.values())) {
      if (live.bridge.user().equals(user)) {
        try {
          check(live, clock.instant());
        } catch (StoreUnavailableException e) {
          log.warn("web: bridge={} not checked yet: {}", live.bridge.id(), e.getMessage());
        }
      }
    }
  }

  /** Its token was revoked: its streams end. */
  void end(BridgeId id) {
    Live live = byKey.remove(key(id));
    if (live != null) {
      byToken.remove(live.tokenHash);
    }
    ended.accept(key(id));
  }

  @Override
  public boolean lasts(String key) {
    return key.startsWith(KEY) ? byKey.containsKey(key) : sessionWatch.lasts(key);
  }

  @Override
  public void used(String key) {
    if (!key.startsWith(KEY)) {
      sessionWatch.used(key);
      return;
    }
    Live live = byKey.get(key);
    if (live != null) {
      inUse(live);
    }
  }
}
