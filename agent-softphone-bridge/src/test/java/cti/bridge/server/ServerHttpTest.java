package cti.bridge.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import cti.bridge.pairing.Pairing;
import cti.bridge.pairing.PairingFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Over TLS, to a server whose certificate no system knows. */
class ServerHttpTest {
  private static final String PASSWORD = "changeit";
  @TempDir Path folder;

  /** With a certificate of its own for localhost, which is in ca.pem. */
  private SSLContext tls() throws Exception {
    Path keys = folder.resolve("keys.p12");
    keytool(
        "-genkeypair",
        "-keystore",
        keys.toString(),
        "-storepass",
        PASSWORD,
        "-alias",
        "one",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1");
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        keys.toString(),
        "-storepass",
        PASSWORD,
        "-alias",
        "one",
        "-file",
        folder.resolve("ca.pem").toString());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    return context;
  }

  /** A server that pairs everybody. */
  private HttpsServer server() throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    server.createContext(
        "/api/v1/bridges",
        exchange -> {
          byte[] body = "{\"token\":\"t\"}".getBytes();
          exchange.sendResponseHeaders(201, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void keytool(String... words) throws IOException, InterruptedException {
    List<String> line = new java.util.ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(words));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
  }

  private static ServerHttp.Answer pair(ServerHttp http, URI address) throws Exception {
    return http.pair(address, "AAAA-BBBB", "pc-1", "Linux", "0");
  }

  @Test
  void aCertificateThatNobodyKnowsIsSaidToBeSoAndOneThatIsNamedIsTrusted() throws Exception {
    HttpsServer server = server();
    URI address = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    try (ServerHttp system = ServerHttp.trusting(Optional.empty());
        ServerHttp named = ServerHttp.trusting(Optional.of(folder.resolve("ca.pem")))) {
      IOException fault = assertThrows(IOException.class, () -> pair(system, address));
      assertTrue(
          fault.getMessage().startsWith("the certificate of " + address + " is not trusted"),
          fault.getMessage());
      assertEquals("t", pair(named, address).body().path("token").asString());
    } finally {
      server.stop(0);
    }
  }

  /** A bridge that was paired before the certificate was changed: said once, and tried again. */
  @Test
  void aLinkSaysThatTheCertificateIsNotTrusted() throws Exception {
    HttpsServer server = server();
    URI address = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    PairingFile file = new PairingFile(folder.resolve("home"));
    file.write(new Pairing(address, "1", "1001", "t"));
    AtomicInteger said = new AtomicInteger();
    ServerListener listener =
        new ServerListener() {
          @Override
          public void pop(JsonNode pop, long nanos) {
            throw new IllegalStateException("nothing comes");
          }

          @Override
          public void call(JsonNode call, long nanos) {
            throw new IllegalStateException("nothing comes");
          }

          @Override
          public void changed() {
            said.incrementAndGet();
          }
        };
    try (ServerHttp system = ServerHttp.trusting(Optional.empty());
        ServerLink link = new ServerLink(file, system, listener)) {
      link.start();
      await().until(() -> link.status().state() == ServerStatus.State.AWAY);
      String detail = link.status().detail();
      assertTrue(detail.startsWith("the certificate of " + address + " is not trusted"), detail);
      assertTrue(detail.endsWith("named under trust in bridge.yaml"), detail);
      int first = said.get();
      await().during(Duration.ofSeconds(2)).until(() -> said.get() == first);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theStreamGoesOverTlsToAServerWhoseCertificateIsNamed() throws Exception {
    ServerSocket bound =
        tls().getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    List<String> pops = new CopyOnWriteArrayList<>();
    ServerListener listener =
        new ServerListener() {
          @Override
          public void pop(JsonNode pop, long nanos) {
            pops.add(pop.path("id").asString());
          }

          @Override
          public void call(JsonNode call, long nanos) {
            throw new IllegalStateException("no call comes");
          }

          @Override
          public void changed() {
            // Looked at below.
          }
        };
    PairingFile file = new PairingFile(folder.resolve("home"));
    try (FakeServer server = new FakeServer(bound);
        ServerHttp named = ServerHttp.trusting(Optional.of(folder.resolve("ca.pem")));
        ServerLink link = new ServerLink(file, named, listener)) {
      file.write(new Pairing(server.address(), "1", "1001", "t"));
      link.start();
      assertEquals("subscribe", server.next().path("op").asString());
      server.send("{'type':'live','epoch':'e','seq':1,'resumed':false,'replayed':0}");
      server.send("{'type':'pop','seq':2,'pop':{'id':'p1','call':'c1','agent':'1001'}}");
      await().until(() -> pops.equals(List.of("p1")));
      assertEquals(ServerStatus.State.LIVE, link.status().state());
      assertEquals(List.of("Bearer t"), server.authorizations);
    }
  }

  @Test
  void aServerThatIsDownIsSaidToBeSoInOneLine() throws Exception {
    try (ServerHttp http = ServerHttp.trusting(Optional.empty())) {
      IOException fault =
          assertThrows(IOException.class, () -> pair(http, URI.create("http://127.0.0.1:1")));
      assertEquals(
          "http://127.0.0.1:1 cannot be reached: nobody answers there", fault.getMessage());
    }
  }

  @Test
  void whatIsNoCertificateIsSaidToBeNone() throws IOException {
    Path file = Files.writeString(folder.resolve("no.pem"), "hello");
    IOException fault =
        assertThrows(IOException.class, () -> ServerHttp.trusting(Optional.of(file)));
    assertTrue(fault.getMessage().contains("no.pem"), fault.getMessage());
    assertThrows(
        IOException.class, () -> ServerHttp.trusting(Optional.of(folder.resolve("nowhere.pem"))));
  }
}
