package cti.server.web.bridge;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.bridge.Bridge;
import cti.core.bridge.Bridge.Computer;
import cti.core.id.AgentId;
import cti.core.id.BridgeId;
import cti.core.port.Bridges;
import cti.core.port.StoreUnavailableException;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.session.SessionRules;
import cti.server.web.session.SignInLimiter;
import cti.server.web.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pairing bridges, seeing them, revoking them. */
public final class BridgesResource {
  private static final Logger log = LoggerFactory.getLogger(BridgesResource.class);
  private static final String PATH = "/api/v1/bridges";

  /** A code is typed within minutes or not at all. */
  static final Duration CODE_LASTS = Duration.ofMinutes(10);

  private static final int CODES_PER_USER = 10;
  private static final int WRONG_PER_ADDRESS = 10;
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final Bridges bridges;
  private final BridgeGate gate;
  private final PhoneReports reports;
  private final Views views;
  private final InstantSource clock;
  private final BridgeSecrets secrets = new BridgeSecrets();
  private final SignInLimiter offers;
  private final SignInLimiter tries;

  public BridgesResource(
      Bridges bridges, BridgeGate gate, PhoneReports reports, Views views, InstantSource clock) {
    this.bridges = bridges;
    this.gate = gate;
    this.reports = reports;
    this.views = views;
    this.clock = clock;
    this.offers = new SignInLimiter(limits(CODES_PER_USER), clock);
    this.tries = new SignInLimiter(limits(WRONG_PER_ADDRESS), clock);
  }

  private static SessionRules limits(int most) {
    return new SessionRules(WINDOW, WINDOW, most, Integer.MAX_VALUE, WINDOW, false);
  }

  /** A code to type at the bridge; good once, until then. */
  record PairingCodeView(String code, Instant expiresAt) {}

  /**
   * A bridge that was paired.
   *
   * @param token for Authorization: Bearer; told this once
   */
  record PairedView(BridgeView bridge, String token) {}

  /** All that one may see, by agent. */
  record BridgesView(List<BridgeView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "POST", PATH + "/codes")
            .answers(PairingCodeView.class)
            .stored(this::offer),
        Route.open("POST", PATH)
            .body(List.of("code", "computer", "system", "version"))
            .answers(PairedView.class)
            .stored(this::pair),
        Route.of(Role.AGENT, "GET", PATH).answers(BridgesView.class).stored(this::list),
        Route.of(Role.AGENT, "DELETE", PATH + "/{id}").stored(this::revoke));
  }

  private Answer offer(Request request) {
    Account account = request.signedIn().account();
    if (BridgeGate.bridge(request.signedIn()).isPresent()) {
      throw new Fault(Problem.forbidden("a bridge, expected a person who signed in"));
    }
    AgentId agent =
        account
            .agent()
            .orElseThrow(
                () ->
                    new Fault(
                        Problem.of(
                            409,
                            "no-agent",
                            "Nobody to pair it with",
                            "user " + account.user() + " is no agent, expected an agent")));
    Optional<Duration> wait = offers.begin("", account.user());
    if (wait.isPresent()) {
      return tooMany("codes", wait.get());
    }
    String code = secrets.code();
    Instant until = clock.instant().plus(CODE_LASTS);
    bridges.offer(BridgeSecrets.hashOfCode(code), account.user(), agent, until);
    log.info("web: user={} was offered a pairing code, agent={}", account.user(), agent);
    return Answer.json(201, new PairingCodeView(code, until));
  }

  private Answer pair(Request request) {
    Body body = request.body();
    String code = body.text("code", 1, 40);
    Computer computer =
        new Computer(
            body.text("computer", 1, 64), body.text("system", 1, 64), body.text("version", 1, 32));
    Optional<Duration> wait = tries.begin(request.address(), "");
    if (wait.isPresent()) {
      return tooMany("wrong codes", wait.get());
    }
    String token = secrets.token();
    Optional<Bridge> paired;
    try {
      paired =
          bridges.pair(
              BridgeSecrets.hashOfCode(code), BridgeSecrets.hash(token), computer, clock.instant());
    } catch (StoreUnavailableException e) {
      tries.undecided(request.address(), "");
      throw e;
    }
    if (paired.isEmpty()) {
      log.info("web: pairing code refused, address={}", request.address());
      return Answer.problem(
          Problem.of(
              403,
              "pairing-code-refused",
              "The code is not taken",
              "the code is wrong, was used, or is older than "
                  + CODE_LASTS.toMinutes()
                  + " minutes; expected a new one from the console"));
    }
    // Only this one is taken back: a code of one's own frees nobody to guess on.
    tries.undecided(request.address(), "");
    Bridge bridge = paired.get();
    log.info(
        "web: bridge={} paired, user={} agent={} computer={} address={}",
        bridge.id(),
        bridge.user(),
        bridge.agent(),
        computer.name(),
        request.address());
    return Answer.json(201, new PairedView(BridgeView.of(bridge, Optional.empty()), token));
  }

  private static Answer tooMany(String what, Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return Answer.problem(
            Problem.of(
                429,
                "too-many-failures",
                "Too many " + what,
                "expected to wait " + seconds + " s before the next try"))
        .with("Retry-After", Long.toString(seconds));
  }

  private Answer list(Request request) {
    Account account = request.signedIn().account();
    boolean all = account.role().maySee(Role.SUPERVISOR);
    return Answer.json(
        new BridgesView(
            bridges.paired().stream()
                .filter(
                    bridge ->
                        isOwn(bridge, account)
                            || all && views.within(account.limits(), bridge.agent()))
                .map(bridge -> BridgeView.of(bridge, reports.of(bridge.id())))
                .toList()));
  }

  private static boolean isOwn(Bridge bridge, Account account) {
    return bridge.user().equals(account.user());
  }

  private Answer revoke(Request request) {
    Account account = request.signedIn().account();
    BridgeId id = request.path("id", BridgeId::new);
    Optional<Bridge> bridge =
        bridges.paired().stream()
            .filter(one -> one.id().equals(id))
            .filter(one -> account.role().mayDo(Role.ADMIN) || isOwn(one, account))
            .findFirst();
    if (bridge.isEmpty() || !bridges.revoke(id, account.user(), clock.instant())) {
      throw new Fault(
          Problem.notFound("no-such-bridge", "bridge " + id + ", expected one of GET " + PATH));
    }
    reports.forget(id);
    gate.end(id);
    log.info("web: bridge={} revoked by user={}", id, account.user());
    return Answer.noContent();
  }
}
