package cti.bridge.server;

import cti.bridge.pairing.Pairing;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to cti-server, over TLS where its address begins with https. */
public final class ServerHttp implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client;

  private ServerHttp(HttpClient client) {
    this.client = client;
  }

  /**
   * Makes a client.
   *
   * @param trust certificates, as PEM, that are trusted instead of the system's
   * @throws IOException where they cannot be read, with one clear message
   */
  public static ServerHttp trusting(Optional<Path> trust) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT);
    if (trust.isPresent()) {
      builder.sslContext(context(trust.get()));
    }
    return new ServerHttp(builder.build());
  }

  private static SSLContext context(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + number++, one);
      }
      if (number == 0) {
        throw new IOException("trust: " + pem + " holds no certificate, expected PEM");
      }
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("trust: " + pem + " cannot be used: " + e.getMessage(), e);
    }
  }

  HttpClient client() {
    return client;
  }

  /** An answer with its status; {@code body} is an empty object where none came. */
  public record Answer(int status, JsonNode body) {
    /** What the server said is wrong, in one line. */
    public String problem() {
      String detail = body.path("detail").asString("");
      return status + (detail.isEmpty() ? "" : " " + detail);
    }
  }

  /**
   * Redeems a pairing code.
   *
   * @throws IOException where the server cannot be reached
   */
  public Answer pair(URI server, String code, String computer, String system, String version)
      throws IOException, InterruptedException {
    var body = JSON.createObjectNode();
    body.put("code", code);
    body.put("computer", computer);
    body.put("system", system);
    body.put("version", version);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/api/v1/bridges"))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    try {
      return answer(client.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new IOException(why(server, e), e);
    }
  }

  /** Asks the server as the bridge; fails with an IOException where it cannot be reached. */
  public CompletableFuture<Answer> ask(
      Pairing pairing, String method, String path, Optional<JsonNode> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(pairing.server() + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + pairing.token())
            .method(
                method,
                body.map(json -> BodyPublishers.ofString(JSON.writeValueAsString(json)))
                    .orElseGet(BodyPublishers::noBody));
    body.ifPresent(json -> request.header("Content-Type", "application/json"));
    return client.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(ServerHttp::answer);
  }

  private static Answer answer(HttpResponse<String> response) {
    JsonNode body;
    try {
      body = response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    } catch (JacksonException notJson) {
      // A proxy in front of a server that is down answers with a page.
      body = JSON.createObjectNode();
    }
    return new Answer(response.statusCode(), body);
  }

  /** Why a server could not be reached, in one line. */
  static String why(URI server, Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return "the certificate of "
            + server
            + " is not trusted or its TLS fails ("
            + cause.getMessage()
            + "); expected one that the system knows, or one named under trust in bridge.yaml";
      }
    }
    return server + " cannot be reached: " + said(fault);
  }

  private static String said(Throwable fault) {
    Throwable last = fault;
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnresolvedAddressException nameless -> {
          return "its name is not known";
        }
        case HttpTimeoutException late -> {
          return "it does not answer in time";
        }
        case ConnectException refused -> {
          if (refused.getMessage() == null
              && !(deepest(refused) instanceof UnresolvedAddressException)) {
            return "nobody answers there";
          }
        }
        default -> {
          // What lies below says more.
        }
      }
      last = cause;
    }
    return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
  }

  private static Throwable deepest(Throwable fault) {
    Throwable last = fault;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
