package cti.server.web.softphone;

import cti.core.bridge.PhoneReport;
import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.port.AgentPhones;
import cti.core.port.GatewaySoftphones;
import cti.server.web.bridge.PhoneReports;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Reaction;
import cti.server.web.stream.LiveFeed;
import cti.server.web.stream.Streams;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Phones in browsers: who has one, with which password, and whether it can be rung. A password
 * belongs to a session, is good for an hour, and is taken away with the session; it is kept in
 * memory here and in the gateway's own database. Thread-safe.
 */
public final class Softphones {
  private static final Logger log = LoggerFactory.getLogger(Softphones.class);

  /** Of a password. */
  static final Duration LASTS = Duration.ofHours(1);

  /** A browser asks for another one by then; it gets the same one until then. */
  static final Duration RENEW = Duration.ofMinutes(20);

  /** Another window has the phone: this one must not take it back by itself. */
  private static final int TAKEN = 4409;

  /** A caller of the demo who has hung up, or never came. */
  private static final Duration CALLER_LEFT = Duration.ofMinutes(2);

  private static final int MOST_CALLERS = 8;
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Browsers that are still there after a restart of ours have asked anew by then. */
  private static final Duration SWEEP_AFTER = Duration.ofSeconds(60);

  private final Optional<SipLineSettings> settings;
  private final Optional<SipLines> lines;
  private final SoftphoneAccounts accounts;
  private final Around around;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Softphone> phones = new ConcurrentHashMap<>();
  private final ScheduledExecutorService turns =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("cti-softphones").daemon().factory());
  private volatile Instant sweepAt;

  /**
   * What phones need from outside.
   *
   * @param reports where it is told whether they can be rung
   * @param owners whose own phones extensions are
   */
  public record Around(
      LiveFeed feed,
      PhoneReports reports,
      AgentPhones owners,
      Streams.SessionWatch sessions,
      InstantSource clock) {}

  /**
   * @param settings empty where the gateway's WebSocket was not named: then nobody gets a phone
   */
  public Softphones(Optional<SipLineSettings> settings, GatewaySoftphones gateway, Around around) {
    this.settings = settings;
    this.lines = settings.map(SipLines::new);
    this.accounts = new SoftphoneAccounts(gateway);
    this.around = around;
    this.sweepAt = around.clock().instant().plus(SWEEP_AFTER);
  }

  /** Looks after phones from now on. */
  public void start() {
    if (settings.isPresent()) {
      turns.scheduleWithFixedDelay(
          this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Ends every passage; passwords go with the next start. */
  public void stop() {
    turns.shutdownNow();
    phones
        .values()
        .forEach(
            phone ->
                phone
                    .passage()
                    .ifPresent(one -> one.close(SipPassage.GOING_AWAY, "the server stops")));
    lines.ifPresent(SipLines::close);
  }

  SipLineSettings settings() {
    return settings.orElseThrow(
        () ->
            new Fault(
                Problem.of(
                    409,
                    "no-softphones",
                    "There are no phones in browsers here",
                    "gateway.softphone.address is not set, expected the gateway's WebSocket")));
  }

  /** What the phone's browser may ask for a way to the gateway. */
  List<IceServerView> iceServers(Softphone phone) {
    return settings().iceServersFor(phone.account(), around.clock().instant());
  }

  boolean available() {
    return settings.isPresent();
  }

  /** Whether anybody may call the hotline on the page /try. */
  public boolean callers() {
    return settings.filter(SipLineSettings::callers).isPresent();
  }

  /**
   * The phone of an agent's session, made where there is none; written to the gateway each time, so
   * that a gateway that lost it has it again. Refused where the number is somebody else's.
   */
  CompletionStage<Softphone> grant(String session, AgentId agent, Extension extension) {
    settings();
    List<AgentId> owners = around.owners().at(extension);
    if (!owners.isEmpty() && !owners.contains(agent)) {
      throw new Fault(taken(extension, "it is the own phone of another agent"));
    }
    return around
        .feed()
        .ask(live -> live.agentAt(extension))
        .thenCompose(
            there -> {
              if (there.filter(status -> !status.agent().equals(agent)).isPresent()) {
                throw new Fault(taken(extension, "another agent is logged on there"));
              }
              return accountOf(session, agent, extension);
            });
  }

  private static Problem taken(Extension extension, String why) {
    return Problem.of(
        409,
        "extension-taken",
        "The number is somebody else's",
        "extension " + extension + ": " + why + ", expected another number");
  }

  private CompletionStage<Softphone> accountOf(String session, AgentId agent, Extension extension) {
    Instant now = around.clock().instant();
    for (Softphone other : List.copyOf(phones.values())) {
      boolean same = other.number().equals(extension.value()) && other.agent().isPresent();
      if (same && !other.agent().equals(Optional.of(agent)) && other.passage().isPresent()) {
        throw new Fault(taken(extension, "another agent has it in a browser"));
      }
      // The newest window has the phone; a session that chose another number leaves this one.
      if (same != other.key().equals(session)) {
        drop(other, same, now);
      }
    }
    Softphone phone =
        phones.computeIfAbsent(
            session,
            key ->
                new Softphone(
                    key,
                    Optional.of(agent),
                    extension.value(),
                    SoftphoneAccounts.AGENTS + extension,
                    secret(),
                    now));
    if (phone.olderThan(RENEW, now)) {
      phone.renew(secret(), now);
    }
    return accounts
        .write(phone)
        .thenApply(
            done -> {
              log.info("web: agent={} has the phone {} in a browser", agent, extension);
              return phone;
            });
  }

  /**
   * A caller of the demo, who shows that number.
   *
   * @param ticket of a line that the page has already: it has the same one again, also of a server
   *     that started meanwhile, so that a talk goes on
   */
  CompletionStage<Softphone> caller(String number, Optional<String> ticket) {
    if (!callers()) {
      throw new Fault(noCallers());
    }
    Instant now = around.clock().instant();
    Optional<Softphone> known = ticket.flatMap(this::of).filter(one -> one.agent().isEmpty());
    if (known.isPresent()) {
      return accounts.write(known.get()).thenApply(done -> known.get());
    }
    long there = phones.values().stream().filter(phone -> phone.agent().isEmpty()).count();
    if (there >= MOST_CALLERS) {
      throw new Fault(
          Problem.of(
              429,
              "too-many-callers",
              "So many call already",
              MOST_CALLERS + " callers, expected fewer; try again shortly"));
    }
    String key = ticket.orElseGet(this::secret);
    String account = SoftphoneAccounts.CALLERS + fingerprint(key);
    Softphone phone = new Softphone(key, Optional.empty(), number, account, secret(), now);
    phones.put(key, phone);
    return accounts.write(phone).thenApply(done -> phone);
  }

  /** A name that whoever reads the gateway's log cannot make the ticket of. */
  private static String fingerprint(String ticket) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform has it (java.base, MessageDigest).
      throw new IllegalStateException(impossible);
    }
  }

  static Problem noCallers() {
    return Problem.notFound(
        "no-try",
        "the page /try calls the hotline without signing in: it is there in ./cti demo with a real"
            + " gateway alone, not with --synthetic and not in production");
  }

  private String secret() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  Optional<Softphone> of(String key) {
    return Optional.ofNullable(phones.get(key));
  }

  /** Agents' phones, by number, with how they do. */
  Map<AgentId, PhoneReport> reports() {
    Instant now = around.clock().instant();
    return phones.values().stream()
        .filter(phone -> phone.agent().isPresent())
        .flatMap(phone -> phone.report(now).map(report -> Map.entry(phone, report)).stream())
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().agent().orElseThrow(),
                Map.Entry::getValue,
                (one, other) -> one.unregistered() ? other : one));
  }

  /** Takes the browser's own word; false where the session has no phone. */
  public boolean told(String session, PhoneReport report) {
    Softphone phone = phones.get(session);
    if (phone == null || !phone.number().equals(report.extension().value())) {
      return false;
    }
    phone.told(report);
    phone.report(around.clock().instant()).ifPresent(whole -> tell(phone, whole));
    return true;
  }

  private void tell(Softphone phone, PhoneReport report) {
    phone
        .agent()
        .ifPresent(agent -> around.reports().take("browser " + phone.key(), agent, report));
  }

  /** The way of a phone to the gateway. */
  CompletionStage<Reaction> passage(Softphone phone) {
    return lines
        .orElseThrow()
        .connect()
        .handle(
            (channel, failure) -> {
              if (failure != null) {
                throw new Fault(
                    Problem.of(
                        503,
                        "gateway-away",
                        "The gateway's WebSocket cannot be reached",
                        settings().address() + ": " + failure.getMessage()));
              }
              return new Reaction.Passage(
                  new SipPassage(phone.account(), channel, new Watching(phone)));
            });
  }

  private final class Watching implements SipPassage.Watch {
    private final Softphone phone;

    Watching(Softphone phone) {
      this.phone = phone;
    }

    @Override
    public void opened(SipPassage passage) {
      phone
          .opened(passage, around.clock().instant())
          .ifPresent(before -> before.close(TAKEN, "taken by another window"));
    }

    @Override
    public void closed(SipPassage passage) {
      phone.closed(passage, around.clock().instant());
    }

    @Override
    public boolean lasts() {
      return phones.get(phone.key()) == phone
          && (phone.agent().isEmpty() || around.sessions().lasts(phone.key()));
    }
  }

  /** A session ended, and with it its phone. */
  public void sessionEnded(String session) {
    Softphone phone = phones.get(session);
    if (phone != null) {
      drop(phone, false, around.clock().instant());
    }
  }

  /**
   * Takes a phone away.
   *
   * @param replaced another one has its number and its account
   */
  private void drop(Softphone phone, boolean replaced, Instant now) {
    if (!phones.remove(phone.key(), phone)) {
      return;
    }
    phone
        .passage()
        .ifPresent(
            one ->
                one.close(
                    replaced ? TAKEN : SipPassage.NO_LONGER,
                    replaced ? "taken by another window" : "no longer"));
    if (!replaced) {
      tell(phone, phone.unregistered("the phone in the browser was switched off", now));
      forgotten(accounts.remove(phone.account()), phone);
    }
    around.reports().forget("browser " + phone.key());
    log.info(
        "web: the phone {} in a browser is {}",
        phone.number(),
        replaced ? "taken over by another window" : "taken away");
  }

  private static void forgotten(CompletionStage<Void> removal, Softphone phone) {
    removal.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            log.warn(
                "web: account {} stays on the gateway until the next sweep: {}",
                phone.account(),
                failure.getMessage());
          }
        });
  }

  private void look() {
    try {
      Instant now = around.clock().instant();
      for (Softphone phone : List.copyOf(phones.values())) {
        boolean over =
            phone.agent().isPresent()
                ? !around.sessions().lasts(phone.key()) || phone.olderThan(LASTS, now)
                : phone.leftFor(CALLER_LEFT, now) || phone.olderThan(LASTS, now);
        if (over) {
          drop(phone, false, now);
        } else {
          phone.report(now).ifPresent(report -> tell(phone, report));
        }
      }
      if (now.isAfter(sweepAt)) {
        sweepAt = now.plus(SWEEP_AFTER);
        sweep();
      }
    } catch (RuntimeException e) {
      log.warn("web: phones in browsers are looked at again: {}", e.toString());
    }
  }

  private void sweep() {
    Set<String> kept = phones.values().stream().map(Softphone::account).collect(Collectors.toSet());
    accounts
        .sweep(kept)
        .thenAccept(stale -> stale.forEach(this::gone))
        .exceptionally(
            away -> {
              log.debug("web: the gateway is swept later: {}", away.getMessage());
              return null;
            });
  }

  /** A browser that had a phone before this server started did not come back for it. */
  private void gone(String account) {
    if (!account.startsWith(SoftphoneAccounts.AGENTS)) {
      return;
    }
    Extension extension = new Extension(account.substring(SoftphoneAccounts.AGENTS.length()));
    around
        .feed()
        .ask(live -> live.agentAt(extension))
        .thenAccept(
            there ->
                there.ifPresent(
                    status -> {
                      String teller = "browser " + account;
                      PhoneReport report =
                          new PhoneReport(
                              around.clock().instant(),
                              extension,
                              Optional.of(false),
                              Optional.of("the page with the phone did not come back"),
                              Optional.empty(),
                              Optional.empty(),
                              Optional.empty(),
                              List.of());
                      around.reports().take(teller, status.agent(), report);
                      around.reports().forget(teller);
                    }));
  }

  /** For tests: what is done every few seconds. */
  void lookNow() {
    look();
  }

  /** Ends the phone of a session at its own wish. */
  CompletionStage<Void> giveBack(String session) {
    sessionEnded(session);
    return CompletableFuture.completedFuture(null);
  }
}
