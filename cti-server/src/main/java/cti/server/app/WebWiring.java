package cti.server.app;

import cti.server.config.WebConfig;
import cti.server.web.WebSettings;
import cti.server.web.http.HttpLimits;
import cti.server.web.session.SessionRules;
import cti.server.web.stream.StreamRules;

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
        usual.storeThreads(),
        usual.commandLimit(),
        new HttpLimits(
            limits.headerBytes(),
            web.biggestFrameBytes(),
            limits.idle(),
            limits.requestTime(),
            limits.connections()),
        new SessionRules(
            web.session().idle(),
            web.session().absolute(),
            sessions.failuresPerUser(),
            sessions.failuresPerAddress(),
            sessions.window(),
            sessions.secureCookie()),
        new StreamRules(
            streams.pingEvery(), web.biggestFrameBytes(), streams.closeWithin(), streams.outbox()));
  }
}
