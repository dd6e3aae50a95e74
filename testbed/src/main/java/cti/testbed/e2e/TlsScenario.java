package cti.testbed.e2e;

import static cti.testbed.e2e.BrowserPhones.hearEachOther;
import static cti.testbed.e2e.BrowserPhones.record;

import cti.testbed.e2e.BrowserPhones.Caller;
import cti.testbed.e2e.BrowserPhones.Desk;
import cti.testbed.gateway.Part;
import cti.testbed.gateway.TestbedEnvironment;
import java.io.IOException;
import java.util.List;

/** A talk by pages that come through nginx, with the settings of docs/operating.md. */
final class TlsScenario {
  private final Stage stage;
  private final BrowserPhones phones;
  private final TestbedEnvironment environment;

  TlsScenario(Stage stage, BrowserPhones phones) throws IOException, InterruptedException {
    this.stage = stage;
    this.phones = phones;
    this.environment = stage.house().testbed().environment();
  }

  /**
   * As between machines: nothing but TLS from the browser to the gateway, and cookies for it only.
   */
  void play() throws Exception {
    stage.house().reconfigure(yaml -> withTls(yaml));
    stage.house().testbed().startProxy(stage.house().settings().address().getPort());
    try {
      Desk desk = phones.ready(stage, environment.proxy(), page -> {});
      Expect.equal(
          "the cookie of the session",
          List.of(true),
          desk.sound().context().cookies().stream()
              .filter(cookie -> cookie.httpOnly)
              .map(cookie -> cookie.secure)
              .toList());
      Caller caller = phones.calls(stage);
      desk.answers();
      hearEachOther(desk, caller);
      desk.page().by("softphone-hang-up").click();
      Expect.equal("cleared by", "agent", record(stage, caller).clearedBy());
      desk.leaves();
    } finally {
      stage.house().testbed().stop(Part.PROXY);
      stage.house().reconfigure(yaml -> withoutTls(yaml));
    }
  }

  private String withTls(String yaml) {
    return yaml.replace(
            "    address: ws://127.0.0.1:8088/ws\n",
            "    address: %s\n    trust-certificate: %s\n"
                .formatted(environment.gatewayWebSocket(), environment.gatewayCertificate()))
        .replace("web:\n", "web:\n  session: {secure-cookie: true}\n");
  }

  private String withoutTls(String yaml) {
    return yaml.replaceAll("    trust-certificate: .*\n", "")
        .replace(environment.gatewayWebSocket(), "ws://127.0.0.1:8088/ws")
        .replace("  session: {secure-cookie: true}\n", "");
  }
}
