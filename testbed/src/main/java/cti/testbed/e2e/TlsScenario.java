package cti.testbed.e2e;

import static cti.testbed.e2e.BrowserPhones.hearEachOther;
import static cti.testbed.e2e.BrowserPhones.record;

import cti.testbed.e2e.BrowserPhones.Caller;
import cti.testbed.e2e.BrowserPhones.Desk;
import cti.testbed.gateway.Part;
import cti.testbed.gateway.TestbedEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A talk by pages that come through nginx, with the settings of docs/operating.md. */
final class TlsScenario {
  /** As docs/operating.md has it. */
  private static final String BEHIND_A_PROXY =
      "  trusted-proxies: [127.0.0.1]\n  session: {secure-cookie: true}\n";

  /** Of this machine, and not the proxy's. */
  private static final String CLIENT = "127.0.0.9";

  private static final String FORGED = "203.0.113.9";

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
    stage.house().reconfigure(this::withTls);
    try {
      stage.house().testbed().startProxy(stage.house().settings().address().getPort());
      expectClientNamed();
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
      stage.house().reconfigure(this::withoutTls);
    }
  }

  /** Somebody at another address says to be somebody else, and does not know the password. */
  private void expectClientNamed() throws Exception {
    String body = "{\"user\": \"nobody-behind-tls\", \"password\": \"not known to anybody\"}";
    HttpRequest request =
        HttpRequest.newBuilder(environment.proxy().resolve("/api/v1/session"))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", FORGED)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .localAddress(InetAddress.ofLiteral(CLIENT))
            .sslContext(trusting(environment.proxyCertificate()))
            .build()) {
      HttpResponse<String> refused = client.send(request, HttpResponse.BodyHandlers.ofString());
      Expect.equal("answer to " + body + ": " + refused.body(), 401, refused.statusCode());
    }
    String line =
        stage
            .house()
            .admin()
            .tree("/api/v1/audit?subject=sign-in&account=nobody-behind-tls")
            .toString();
    Expect.that("the line names the client", line.contains(CLIENT), line);
    Expect.that("and nobody else", !line.contains(FORGED), line);
  }

  private static SSLContext trusting(Path certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "proxy", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private String withTls(String yaml) {
    String tls =
        yaml.replace(
                "    address: ws://127.0.0.1:8088/ws\n",
                "    address: %s\n    trust-certificate: %s\n"
                    .formatted(environment.gatewayWebSocket(), environment.gatewayCertificate()))
            .replace("web:\n", "web:\n" + BEHIND_A_PROXY);
    Expect.that(
        "TLS to the gateway and from the proxy",
        tls.contains(environment.gatewayWebSocket()) && tls.contains(BEHIND_A_PROXY),
        tls);
    return tls;
  }

  private String withoutTls(String yaml) {
    return yaml.replaceAll("    trust-certificate: .*\n", "")
        .replace(environment.gatewayWebSocket(), "ws://127.0.0.1:8088/ws")
        .replace(BEHIND_A_PROXY, "");
  }
}
