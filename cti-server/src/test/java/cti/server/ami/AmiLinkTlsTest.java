package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.ami.ScriptedAmiServer.Conversation;
import cti.server.config.Secret;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The link over TLS, with a self-signed certificate made by the JDK's keytool for the test. */
@Timeout(30)
class AmiLinkTlsTest {
  private static final String STORE_PASSWORD = "for-this-test-only";

  @TempDir static Path folder;
  private static Path trusted;
  private static Path stranger;
  private static SSLContext gatewayTls;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private AmiLink link;

  @BeforeAll
  static void makeCertificates() throws Exception {
    trusted = certificate("gateway");
    stranger = certificate("stranger");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("gateway.p12"))) {
      keys.load(in, STORE_PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, STORE_PASSWORD.toCharArray());
    gatewayTls = SSLContext.getInstance("TLS");
    gatewayTls.init(managers.getKeyManagers(), null, null);
  }

  /** Makes a key pair in NAME.p12 and its certificate, for the host localhost, in NAME.pem. */
  private static Path certificate(String name) throws IOException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    Path pem = folder.resolve(name + ".pem");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost",
        "-validity",
        "2",
        "-keystore",
        store.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-keystore",
        store.toString(),
        "-file",
        pem.toString());
    return pem;
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    ProcessBuilder builder = new ProcessBuilder(tool.toString());
    builder.command().addAll(List.of(arguments));
    builder.command().addAll(List.of("-storepass", STORE_PASSWORD));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("keytool.log").toFile());
    Process process = builder.start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "keytool ends");
    assertEquals(0, process.exitValue(), () -> keytoolLog());
  }

  private static String keytoolLog() {
    try {
      return Files.readString(folder.resolve("keytool.log"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @AfterEach
  void stop() throws Exception {
    link.stop().get(10, TimeUnit.SECONDS);
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  private static ScriptedAmiServer gateway(ScriptedAmiServer.Script script) throws IOException {
    ServerSocket socket =
        gatewayTls
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    return new ScriptedAmiServer(socket, script);
  }

  private CompletableFuture<AmiBanner> start(
      ScriptedAmiServer server, String host, Path trust, boolean checkHostname) {
    AmiEndpoint.Tls tls = new AmiEndpoint.Tls(Optional.of(trust), checkHostname);
    Duration limit = Duration.ofSeconds(10);
    AmiTimings timings =
        new AmiTimings(limit, limit, limit, limit, 3, limit, Duration.ofMinutes(1), limit);
    link =
        new AmiLink(
            new AmiLinkConfig(
                new AmiEndpoint(host, server.port(), Optional.of(tls)),
                new AmiLogin(ScriptedAmiServer.USER, new Secret(ScriptedAmiServer.SECRET), "test"),
                timings,
                AmiBounds.DEFAULT),
            group,
            () -> 0.0,
            Clock.systemUTC(),
            System::nanoTime,
            new AmiLinkListener() {
              @Override
              public void linkUp(AmiBanner banner, AmiMessage fullyBooted) {}

              @Override
              public void event(AmiMessage event) {}

              @Override
              public void linkLost(LinkLoss reason) {}
            });
    return link.start();
  }

  @Test
  void logsInOverTlsByName() throws Exception {
    try (ScriptedAmiServer server =
        gateway(
            conversation -> {
              conversation.acceptAndBoot();
              conversation.success(conversation.action("QueuePause"));
              conversation.idle();
            })) {
      assertEquals(
          "11.0.0", start(server, "localhost", trusted, true).get(10, TimeUnit.SECONDS).version());
      assertTrue(link.send(AmiAction.of("QueuePause")).get(10, TimeUnit.SECONDS).success());
      link.stop().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aCertificateForAnotherHostIsRefusedUnlessTheCheckIsOff() throws Exception {
    try (ScriptedAmiServer server = gateway(Conversation::silent)) {
      LinkLoss.TlsFailed refused = refused(start(server, "127.0.0.1", trusted, true));
      assertTrue(refused.message().contains("127.0.0.1"), refused::message);
    }
    link.stop().get(10, TimeUnit.SECONDS);
    try (ScriptedAmiServer server =
        gateway(
            conversation -> {
              conversation.acceptAndBoot();
              conversation.idle();
            })) {
      start(server, "127.0.0.1", trusted, false).get(10, TimeUnit.SECONDS);
      link.stop().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aStrangersCertificateIsRefused() throws Exception {
    try (ScriptedAmiServer server = gateway(Conversation::silent)) {
      assertTrue(refused(start(server, "localhost", stranger, true)).permanent());
    }
  }

  private static LinkLoss.TlsFailed refused(CompletableFuture<AmiBanner> started) {
    Throwable cause =
        assertThrows(ExecutionException.class, () -> started.get(10, TimeUnit.SECONDS)).getCause();
    return assertInstanceOf(
        LinkLoss.TlsFailed.class, assertInstanceOf(AmiStartException.class, cause).reason());
  }

  @Test
  void aTrustFileThatIsNoneIsRefusedWithItsName() throws Exception {
    Path missing = folder.resolve("missing.pem");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new AmiEndpoint.Tls(Optional.of(missing), true))
            .getMessage();
    assertTrue(message.contains("missing.pem"), message);
    Path wrong = Files.writeString(folder.resolve("wrong.pem"), "no certificate");
    try (ScriptedAmiServer server =
        gateway(
            conversation -> {
              conversation.acceptAndBoot();
              conversation.idle();
            })) {
      String unusable =
          assertThrows(
                  IllegalArgumentException.class, () -> start(server, "localhost", wrong, true))
              .getMessage();
      assertTrue(unusable.contains("wrong.pem"), unusable);
      start(server, "localhost", trusted, true).get(10, TimeUnit.SECONDS);
      link.stop().get(10, TimeUnit.SECONDS);
    }
  }
}
