package cti.server.web.bridge;

import cti.core.account.Role;
import cti.core.bridge.PhoneReport;
import cti.core.bridge.PhoneReport.Audio;
import cti.core.bridge.PhoneReport.Pops;
import cti.core.bridge.PhoneReport.Quality;
import cti.core.id.BridgeId;
import cti.core.id.Extension;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a bridge tells of the phone beside it, and a page of the phone in it. */
public final class OwnPhoneResource {
  private static final int LONGEST_PROBLEM = 200;
  private static final int MOST_FEATURES = 16;
  private static final int LONGEST_FEATURE = 20;

  private final PhoneReports reports;
  private final BrowserPhones browsers;
  private final InstantSource clock;

  /** Takes what a browser tells of the phone that is in it. */
  @FunctionalInterface
  public interface BrowserPhones {
    /** Whether the session has that phone. */
    boolean told(String session, PhoneReport report);
  }

  public OwnPhoneResource(PhoneReports reports, BrowserPhones browsers, InstantSource clock) {
    this.reports = reports;
    this.browsers = browsers;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "PUT", "/api/v1/me/phone")
            .body(
                List.of(
                    "extension",
                    "registered",
                    "problem",
                    "audio",
                    "quality",
                    "pops",
                    "unavailable"))
            .live(this::put));
  }

  private CompletionStage<Answer> put(Request request) {
    Body body = request.body();
    PhoneReport report =
        new PhoneReport(
            clock.instant(),
            Request.id("extension", body.text("extension", 1, 20), Extension::new),
            body.has("registered") ? Optional.of(body.flag("registered")) : Optional.empty(),
            body.optionalText("problem", 0, LONGEST_PROBLEM).filter(text -> !text.isEmpty()),
            body.inner("audio", List.of("source", "player", "problem"))
                .map(
                    one ->
                        new Audio(
                            one.text("source", 0, 64),
                            one.text("player", 0, 64),
                            one.optionalText("problem", 0, LONGEST_PROBLEM)
                                .filter(text -> !text.isEmpty()))),
            body.inner("quality", List.of("lossPermille", "jitterMicros", "roundTripMicros"))
                .map(
                    one ->
                        new Quality(
                            one.number("lossPermille", 0),
                            one.number("jitterMicros", 0),
                            one.number("roundTripMicros", 0))),
            body.inner("pops", List.of("count", "p50Micros", "p99Micros"))
                .map(
                    one ->
                        new Pops(
                            one.number("count", 0),
                            one.number("p50Micros", 0),
                            one.number("p99Micros", 0))),
            body.texts("unavailable", MOST_FEATURES, LONGEST_FEATURE));
    Optional<BridgeId> bridge = BridgeGate.bridge(request.signedIn());
    if (bridge.isPresent()) {
      reports.take(bridge.get(), request.signedIn().account().agent().orElseThrow(), report);
    } else if (!browsers.told(request.signedIn().sessionKey(), report)) {
      throw new Fault(
          Problem.of(
              409,
              "no-bridge",
              "Only bridges and phones in browsers know",
              "a session without the phone "
                  + report.extension()
                  + ", expected a bridge that was paired, or POST /api/v1/softphone before"));
    }
    return CompletableFuture.completedFuture(Answer.noContent());
  }
}
