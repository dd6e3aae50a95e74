package cti.server.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import cti.core.port.WebhookException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other systems as they are: right, wrong, slow, endless, away. */
class HttpWebhooksTest {
  private static final Duration LIMIT = Duration.ofMillis(400);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer other;
  private HttpWebhooks webhooks;

  @BeforeEach
  void start() throws IOException {
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.setExecutor(threads);
    other.start();
    webhooks = webhooks(other.getAddress().getPort());
  }

  private static HttpWebhooks webhooks(int port) {
    return new HttpWebhooks(Map.of("crm", URI.create("http://127.0.0.1:" + port + "/cti")), LIMIT);
  }

  @AfterEach
  void stop() {
    over.countDown();
    webhooks.close();
    other.stop(0);
    threads.shutdownNow();
  }

  private void answers(HttpHandler handler) {
    other.createContext("/cti", handler);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String fault() {
    return assertThrows(WebhookException.class, () -> webhooks.ask("crm", Map.of())).getMessage();
  }

  @Test
  void asksWithTheFactsAndTakesTheWord() {
    AtomicReference<String> asked = new AtomicReference<>();
    answers(
        exchange -> {
          asked.set(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, 200, "{\"word\":\"gold\",\"more\":1}");
        });
    assertEquals("gold", webhooks.ask("crm", Map.of("node", "ask", "callingNumber", "139")));
    assertEquals("POST application/json {\"callingNumber\":\"139\",\"node\":\"ask\"}", asked.get());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {\"word\":\"gold\"} | answered 500, expected 200",
        "302 | {\"word\":\"gold\"} | answered 302, expected 200",
        "200 | gold | answered no JSON: ",
        "200 | {} | answered without a word, expected ",
        "200 | {\"word\":7} | answered without a word, expected ",
        "200 | {\"word\":\"two words\"} | answered without a word, expected ",
        "200 | [\"gold\"] | answered without a word, expected ",
      })
  void anotherAnswerIsAFault(int status, String body, String fault) {
    answers(exchange -> answer(exchange, status, body));
    String found = fault();
    assertTrue(found.startsWith(fault), found);
  }

  @Test
  void whoSaysNothingIsGivenUpInTime() {
    answers(exchange -> await());
    assertEquals("did not answer within 400 ms", fault());
  }

  @Test
  void whoStopsInTheMiddleOfTheAnswerIsGivenUpInTime() {
    answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("{\"word\":".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          await();
        });
    assertEquals("did not answer within 400 ms", fault());
  }

  @Test
  void anEndlessAnswerIsNotRead() {
    answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] much = new byte[4096];
          try {
            while (over.getCount() > 0) {
              exchange.getResponseBody().write(much);
            }
          } catch (IOException closed) {
            exchange.close();
          }
        });
    String found = fault();
    assertTrue(found.startsWith("cannot be asked: "), found);
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoIsAwayIsAFault() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    try (HttpWebhooks away = webhooks(free)) {
      String found =
          assertThrows(WebhookException.class, () -> away.ask("crm", Map.of())).getMessage();
      assertTrue(found.startsWith("cannot be asked: "), found);
    }
  }

  @Test
  void onlyWhatIsConfiguredIsAsked() {
    assertEquals(
        "no webhook sms, expected one of [crm]",
        assertThrows(WebhookException.class, () -> webhooks.ask("sms", Map.of())).getMessage());
  }
}
