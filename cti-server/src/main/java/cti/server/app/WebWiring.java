package cti.server.app;

import cti.server.config.WebConfig;
import cti.server.web.WebSettings;
import cti.server.web.http.HttpLimits;
import cti.server.web.http.RateLimits;
import cti.server.web.session.SessionRules;
import cti.server.web.stream.StreamRules;
import java.util.Set;

/** The web side's settings: what the configuration says, and the usual for the rest. */
final class WebWiring {
  private WebWiring() {}

  static WebSettings settings(WebConfig web) {
    WebSettings usual = WebSettings.usual(web.bindAddress().getHostAddress(), web.port());
    SessionRules sessions = SessionRules.USUAL;
    HttpLimits limits = HttpLimits.USUAL;
    StreamRules streams = StreamRules.USUAL;
    return new WebSettings(
        usual.address(),
        usual.port(),
        web.origins(),
        Set.copyOf(web.trustedProxies()),
        usual.storeThreads(),
        usual.commandLimit(),
        new HttpLimits(
            limits.headerBytes(),
            web.biggestFrameBytes(),
            limits.idle(),
            limits.requestTime(),
            limits.connections()),
        new RateLimits(rate(web.rates().session()), rate(web.rates().address())),
        new SessionRules(
            web.session().idle(),
            web.session().absolute(),
            sessions.failuresPerUser(),
            sessions.failuresPerAddress(),
            sessions.window(),
            web.session().secureCookie()),
        new StreamRules(
            streams.pingEvery(), web.biggestFrameBytes(), streams.closeWithin(), streams.outbox()));
  }

  private static RateLimits.Rate rate(WebConfig.Rate rate) {
    return new RateLimits.Rate(rate.perSecond(), rate.burst());
  }
}
