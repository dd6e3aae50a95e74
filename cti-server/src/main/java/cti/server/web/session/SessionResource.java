package cti.server.web.session;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.port.Accounts;
import cti.core.port.Accounts.SignIn;
import cti.core.port.SignInTrail;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.SignedIn;
import cti.server.web.http.Words;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in and out. */
public final class SessionResource {
  private static final Logger log = LoggerFactory.getLogger(SessionResource.class);
  private static final String PATH = "/api/v1/session";

  private final Sessions sessions;
  private final Accounts accounts;
  private final InstantSource clock;
  private final SignInLimiter limiter;
  private final SignInAudit audit;

  SessionResource(
      Sessions sessions,
      Accounts accounts,
      InstantSource clock,
      SignInLimiter limiter,
      SignInAudit audit) {
    this.sessions = sessions;
    this.accounts = accounts;
    this.clock = clock;
    this.limiter = limiter;
    this.audit = audit;
  }

  /** Routes of sessions and of one's own password; wrong passwords of both count together. */
  public static List<Route> routes(
      Sessions sessions, Accounts accounts, SignInTrail trail, InstantSource clock) {
    SignInLimiter limiter = new SignInLimiter(sessions.rules(), clock);
    SignInAudit audit = new SignInAudit(trail, clock);
    return Stream.of(
            new SessionResource(sessions, accounts, clock, limiter, audit).routes(),
            new PasswordResource(sessions, clock, limiter, audit).routes())
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> routes() {
    return List.of(
        Route.open("POST", PATH)
            .body(List.of("user", "password", "token"))
            .answers(SessionView.class)
            .stored(this::signIn),
        Route.of(Role.AGENT, "GET", PATH)
            .alsoBeforePasswordChange()
            .answers(SessionView.class)
            .live(this::show),
        Route.of(Role.AGENT, "DELETE", PATH).alsoBeforePasswordChange().stored(this::signOut));
  }

  private Answer signIn(Request request) {
    Body body = request.body();
    String user = body.text("user", 1, 64);
    String password = body.secret("password", 256);
    boolean withToken = body.flag("token");
    Optional<Duration> wait = limiter.begin(request.address(), user);
    if (wait.isPresent()) {
      audit.refused(user, request.address(), Optional.of(clock.instant().plus(wait.get())));
      return tooManyFailures(wait.get(), request);
    }
    Account account;
    Sessions.Begun begun;
    try {
      switch (accounts.signIn(user, password)) {
        case SignIn.Welcome(Account welcome) -> account = welcome;
        case SignIn.Locked(Instant until) -> {
          audit.refused(user, request.address(), Optional.of(until));
          return tooManyFailures(Duration.between(clock.instant(), until), request);
        }
        case SignIn.Refused(Optional<Instant> lockedUntil) -> {
          audit.refused(user, request.address(), lockedUntil);
          log.info("web: sign-in failed, address={}", request.address());
          return Answer.problem(
              Problem.of(
                  401,
                  "wrong-user-or-password",
                  "User or password is wrong",
                  "expected a user with their password; which of the two is wrong is not told"));
        }
      }
      audit.signedIn(account.user(), request.address());
      begun = sessions.begin(account);
    } catch (RuntimeException e) {
      limiter.undecided(request.address(), user);
      throw e;
    }
    limiter.succeeded(request.address(), user);
    log.info("web: user={} signed in, address={}", account.user(), request.address());
    Optional<String> token = withToken ? Optional.of(begun.token()) : Optional.empty();
    return Answer.json(201, view(begun.who(), token))
        .with("Location", PATH)
        .with(
            HttpHeaderNames.SET_COOKIE.toString(),
            cookie(begun.token(), sessions.rules().longest().toSeconds()));
  }

  static Answer tooManyFailures(Duration wait, Request request) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    log.warn("web: password refused, too many failures, address={}", request.address());
    return Answer.problem(
            Problem.of(
                429,
                "too-many-failures",
                "Too many wrong passwords",
                "expected to wait " + seconds + " s before the next try"))
        .with("Retry-After", Long.toString(seconds));
  }

  private CompletionStage<Answer> show(Request request) {
    return CompletableFuture.completedFuture(
        Answer.json(view(request.signedIn(), Optional.empty())));
  }

  private Answer signOut(Request request) {
    SignedIn who = request.signedIn();
    sessions.end(who.sessionKey());
    audit.signedOut(who.account().user(), request.address());
    log.info("web: user={} signed out", who.account().user());
    return Answer.noContent().with(HttpHeaderNames.SET_COOKIE.toString(), cookie("", 0));
  }

  private String cookie(String value, long maxAge) {
    DefaultCookie cookie = new DefaultCookie(Sessions.COOKIE, value);
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.Strict);
    cookie.setPath("/");
    cookie.setMaxAge(maxAge);
    cookie.setSecure(sessions.rules().secureCookie());
    return ServerCookieEncoder.STRICT.encode(cookie);
  }

  private SessionView view(SignedIn who, Optional<String> token) {
    Account account = who.account();
    return new SessionView(
        account.user(),
        account.name(),
        roles(account.role()),
        account.agent().map(AgentId::value),
        account.mustChangePassword(),
        who.csrfToken(),
        who.expiresAt(),
        sessions.rules().idle().toSeconds(),
        token);
  }

  /** A role and every one whose work it may do. */
  public static List<String> roles(Role role) {
    return Arrays.stream(Role.values())
        .filter(one -> one == role || (one != Role.AUDITOR && role.mayDo(one)))
        .map(Words::of)
        .toList();
  }
}
