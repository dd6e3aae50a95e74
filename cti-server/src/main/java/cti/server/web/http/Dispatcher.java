package cti.server.web.http;

import cti.core.account.Role;
import cti.core.port.StoreUnavailableException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads a request to its route: route, session, rate, password chosen, role, origin, CSRF token,
 * media type, parameters, handler, in this order; turns whatever fails into a problem answer.
 */
public final class Dispatcher {
  public static final String CSRF_HEADER = "X-CSRF-Token";
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private final Router router;
  private final StaticFiles files;
  private final SessionGate sessions;
  private final StoreThreads stores;
  private final OriginRule origins;
  private final RateLimiter rates;

  public Dispatcher(
      Router router,
      StaticFiles files,
      SessionGate sessions,
      StoreThreads stores,
      OriginRule origins,
      RateLimiter rates) {
    this.router = router;
    this.files = files;
    this.sessions = sessions;
    this.stores = stores;
    this.origins = origins;
    this.rates = rates;
  }

  /** Never blocks and never fails: a fault is an answer too. */
  CompletionStage<Reaction> handle(FullHttpRequest request, String address) {
    try {
      return begin(request, address)
          .exceptionally(failure -> answerFor(failure, request.method() + " " + request.uri()));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(
          answerFor(e, request.method() + " " + request.uri()));
    }
  }

  /**
   * How much of a body is taken, asked when the headers are there: more than usual only for an
   * upload, by somebody who may.
   *
   * @return the most bytes; fails as a {@link Fault} where nothing of it is wanted
   */
  CompletionStage<Integer> admitted(HttpRequest request, int usual) {
    String rawPath = request.uri().split("[?#]", 2)[0];
    String method = request.method().name();
    Route route;
    try {
      route = router.find(method, rawPath).route();
    } catch (Fault unknown) {
      // It is told when the request is whole.
      return CompletableFuture.completedFuture(usual);
    }
    if (!(route.handling() instanceof Route.Handling.Uploaded uploaded)) {
      return CompletableFuture.completedFuture(usual);
    }
    HttpHeaders headers = request.headers().copy();
    return sessions
        .find(headers)
        .thenApply(
            who -> {
              checkAccess(route, who, headers, method);
              return uploaded.mostBytes();
            });
  }

  /** What is answered to a request that fails before it is whole. */
  static Answer answerOf(Throwable failure) {
    return answerFor(failure, "an upload");
  }

  private CompletionStage<Reaction> begin(FullHttpRequest request, String address) {
    String uri = request.uri();
    if (!uri.startsWith("/")) {
      throw new Fault(
          Problem.badRequest(
              "request target " + Body.quoted(uri) + ", expected a path that begins with /"));
    }
    String rawPath = uri.split("[?#]", 2)[0];
    String method = request.method().name();
    if (method.equals("GET") || method.equals("HEAD")) {
      Optional<Answer> file =
          files.find(
              rawPath,
              request.headers().get(HttpHeaderNames.IF_NONE_MATCH),
              request.headers().get(HttpHeaderNames.ACCEPT_ENCODING));
      if (file.isPresent()) {
        return CompletableFuture.completedFuture(file.get());
      }
    }
    Router.Found found = router.find(method, rawPath);
    Map<String, List<String>> parameters;
    try {
      parameters = new QueryStringDecoder(uri, StandardCharsets.UTF_8).parameters();
    } catch (IllegalArgumentException e) {
      throw new Fault(
          Problem.badRequest("the query of " + Body.quoted(uri) + " has a broken percent escape"));
    }
    byte[] content = new byte[request.content().readableBytes()];
    request.content().getBytes(request.content().readerIndex(), content);
    HttpHeaders headers = request.headers().copy();
    return sessions
        .find(headers)
        .thenCompose(
            who -> {
              Route route = found.route();
              Optional<Duration> wait = rates.take(who, address);
              if (wait.isPresent()) {
                return CompletableFuture.completedFuture(tooMany(wait.get(), who, address));
              }
              checkAccess(route, who, headers, method);
              checkMediaType(route, headers, content);
              Request typed =
                  new Request(
                      method.equals("HEAD"),
                      found.parameters(),
                      new Query(parameters, route.query()),
                      headers,
                      content,
                      route.body(),
                      address,
                      who);
              return perform(route, typed);
            });
  }

  private static Reaction tooMany(Duration wait, Optional<SignedIn> who, String address) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    String whose =
        who.map(session -> "user=" + session.account().user()).orElse("address=" + address);
    log.debug("web: too many requests, {}", whose);
    return Answer.problem(
            Problem.of(
                429,
                "too-many-requests",
                "Too many requests",
                "more than this "
                    + (who.isPresent() ? "session" : "address")
                    + " may ask, expected to wait "
                    + seconds
                    + " s; nothing was changed"))
        .with("Retry-After", Long.toString(seconds));
  }

  private CompletionStage<Reaction> perform(Route route, Request request) {
    return switch (route.handling()) {
      case Route.Handling.Live live -> live.handler().handle(request).thenApply(answer -> answer);
      case Route.Handling.Stored stored ->
          stores.run(() -> stored.handler().handle(request)).thenApply(answer -> answer);
      case Route.Handling.Uploaded uploaded ->
          stores.run(() -> uploaded.handler().handle(request)).thenApply(answer -> answer);
      case Route.Handling.Filed filed -> stores.run(() -> filed.handler().handle(request));
      case Route.Handling.ToStream() -> {
        expectUpgrade(request);
        Optional<SignedIn> who =
            route.least().isPresent() ? Optional.of(request.signedIn()) : Optional.empty();
        yield CompletableFuture.completedFuture(new Reaction.Upgrade(who));
      }
      case Route.Handling.ToSocket socket -> {
        expectUpgrade(request);
        yield socket.handler().handle(request);
      }
    };
  }

  private static void expectUpgrade(Request request) {
    if (!request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
      throw new Fault(
          Problem.of(
              426,
              "upgrade-needed",
              "This path speaks WebSocket only",
              "no header Upgrade: websocket (RFC 6455, 4.1)"));
    }
  }

  private void checkAccess(
      Route route, Optional<SignedIn> who, HttpHeaders headers, String method) {
    if (route.least().isPresent()) {
      if (who.isEmpty()) {
        throw new Fault(Problem.signInNeeded());
      }
      if (who.get().account().mustChangePassword() && !route.beforePasswordChange()) {
        throw new Fault(Problem.passwordChangeRequired());
      }
      Role role = who.get().account().role();
      if (!route.isFor(role)) {
        String least = Words.of(route.least().get());
        throw new Fault(
            Problem.forbidden(
                "role "
                    + Words.of(role)
                    + ", expected "
                    + least
                    + (role == Role.AUDITOR ? "; auditors change nothing" : " or higher")));
      }
    }
    boolean changes = !method.equals("GET") && !method.equals("HEAD");
    boolean stream = route.handling().upgrades();
    if ((changes || stream) && !origins.allows(headers)) {
      throw new Fault(
          Problem.forbidden(
              "origin "
                  + Body.quoted(headers.get(HttpHeaderNames.ORIGIN))
                  + ", expected the server's own or one named in the settings"));
    }
    boolean byCookie = who.isPresent() && who.get().byCookie();
    if (stream && byCookie && !headers.contains(HttpHeaderNames.ORIGIN)) {
      throw new Fault(Problem.forbidden("no Origin header, expected one with a session by cookie"));
    }
    if (changes && byCookie && route.least().isPresent() && !csrfTokenFits(who.get(), headers)) {
      throw new Fault(
          Problem.of(
              403,
              "csrf-token-missing",
              "Not allowed",
              "header "
                  + CSRF_HEADER
                  + " is missing or wrong, expected the csrfToken of GET /api/v1/session"));
    }
  }

  private static boolean csrfTokenFits(SignedIn who, HttpHeaders headers) {
    byte[] given = headers.get(CSRF_HEADER, "").getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, who.csrfToken().getBytes(StandardCharsets.UTF_8));
  }

  private static void checkMediaType(Route route, HttpHeaders headers, byte[] content) {
    if (route.handling() instanceof Route.Handling.Uploaded uploaded) {
      checkMediaType(headers, uploaded.mediaTypes());
      return;
    }
    if (route.body().isEmpty()) {
      if (content.length > 0) {
        throw new Fault(
            Problem.badRequest("a body of " + content.length + " bytes, expected none"));
      }
      return;
    }
    checkMediaType(headers, List.of(Answer.JSON));
  }

  private static void checkMediaType(HttpHeaders headers, List<String> taken) {
    String given = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    String type = given.split(";", 2)[0].strip();
    if (taken.stream().noneMatch(type::equalsIgnoreCase)) {
      throw new Fault(
          Problem.of(
              415,
              "unsupported-media-type",
              "The body is of a kind that is not taken",
              "Content-Type " + Body.quoted(given) + ", expected " + String.join(" or ", taken)));
    }
  }

  private static Answer answerFor(Throwable failure, String what) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case Fault fault -> faultAnswer(fault.problem());
      case StoreUnavailableException e -> {
        log.warn("web: {} answered 503 database-away: {}", what, e.getMessage());
        yield Answer.problem(Problem.databaseAway()).with("Retry-After", "5");
      }
      default -> {
        log.error("web: {} failed", what, cause);
        yield Answer.problem(
            Problem.of(500, "internal", "The server failed", "the fault is in the server's log"));
      }
    };
  }

  private static Answer faultAnswer(Problem problem) {
    Answer answer = Answer.problem(problem);
    return switch (problem.status()) {
      case 401 -> answer.with("WWW-Authenticate", "Bearer");
      case 405 ->
          answer.with("Allow", problem.expected().stream().collect(Collectors.joining(", ")));
      case 426 -> answer.with("Upgrade", "websocket");
      case 503 -> answer.with("Retry-After", "1");
      default -> answer;
    };
  }
}
