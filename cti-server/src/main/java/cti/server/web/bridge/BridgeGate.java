package cti.server.web.bridge;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.bridge.Bridge;
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
 * agent, with the rights of an agent whatever the account may do; it is so until it is revoked.
 * Thread-safe.
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
    final Account account;
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
    return accounts
        .find(bridge.get().user())
        .map(
            account -> {
              Live live =
                  new Live(hash, bridge.get(), asAgent(account, bridge.get()), Instant.EPOCH);
              byToken.put(hash, live);
              byKey.put(key(live.bridge.id()), live);
              return live;
            });
  }

  private static Account asAgent(Account account, Bridge bridge) {
    return new Account(
        account.user(),
        account.name(),
        Role.AGENT,
        Optional.of(bridge.agent()),
        account.mustChangePassword());
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

  /** Another node may have revoked it, or somebody removed the account. */
  private void inBackground(Live live, Instant now) {
    threads
        .run(
            () -> {
              if (!bridges.seen(live.bridge.id(), now)
                  || accounts.find(live.bridge.user()).isEmpty()) {
                end(live.bridge.id());
              }
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
