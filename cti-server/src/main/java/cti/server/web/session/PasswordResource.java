package cti.server.web.session;

import cti.core.account.Account;
import cti.core.account.PasswordWeakness;
import cti.core.account.Role;
import cti.core.port.Accounts.PasswordChange;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.SignedIn;
import cti.server.web.http.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One's own password. */
final class PasswordResource {
  private static final Logger log = LoggerFactory.getLogger(PasswordResource.class);

  private final Sessions sessions;
  private final InstantSource clock;
  private final SignInLimiter limiter;
  private final SignInAudit audit;

  PasswordResource(
      Sessions sessions, InstantSource clock, SignInLimiter limiter, SignInAudit audit) {
    this.sessions = sessions;
    this.clock = clock;
    this.limiter = limiter;
    this.audit = audit;
  }

  List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "PUT", "/api/v1/me/password")
            .alsoBeforePasswordChange()
            .body(List.of("current", "next"))
            .stored(this::change));
  }

  private Answer change(Request request) {
    Body body = request.body();
    String current = body.secret("current", 256);
    String next = body.secret("next", 256);
    SignedIn who = request.signedIn();
    String user = who.account().user();
    Optional<Duration> wait = limiter.begin(request.address(), user);
    if (wait.isPresent()) {
      audit.refused(user, request.address(), Optional.of(clock.instant().plus(wait.get())));
      return SessionResource.tooManyFailures(wait.get(), request);
    }
    PasswordChange change;
    try {
      change = sessions.changePassword(who, current, next);
    } catch (RuntimeException e) {
      limiter.undecided(request.address(), user);
      throw e;
    }
    return switch (change) {
      case PasswordChange.Changed(Account account) -> {
        limiter.succeeded(request.address(), user);
        log.info(
            "web: user={} changed their password, their other sessions ended, address={}",
            account.user(),
            request.address());
        yield Answer.noContent();
      }
      case PasswordChange.WrongPassword() -> {
        audit.refused(user, request.address(), Optional.empty());
        log.info("web: user={} gave a wrong password, address={}", user, request.address());
        yield Answer.problem(
            Problem.of(
                403,
                "wrong-password",
                "The password is wrong",
                "current is not your password, expected the one that you signed in with"));
      }
      case PasswordChange.Locked(Instant until) -> {
        audit.refused(user, request.address(), Optional.of(until));
        yield SessionResource.tooManyFailures(Duration.between(clock.instant(), until), request);
      }
      case PasswordChange.Weak(PasswordWeakness reason) -> {
        limiter.undecided(request.address(), user);
        yield Answer.problem(
            Problem.of(
                422,
                "password-" + Words.of(reason),
                "The new password cannot be taken",
                weakness(reason, next)));
      }
    };
  }

  private static String weakness(PasswordWeakness reason, String next) {
    return switch (reason) {
      case TOO_SHORT, TOO_LONG ->
          "next has %d characters, expected %d to %d"
              .formatted(next.length(), PasswordWeakness.LEAST, PasswordWeakness.MOST);
      case UNCHANGED -> "next is the same as current, expected another password";
      case USED_BEFORE ->
          "next is one of the last "
              + PasswordWeakness.REMEMBERED
              + " passwords, expected one that you did not have";
      case IS_USER_NAME -> "next is the name of the user, expected a password";
    };
  }
}
