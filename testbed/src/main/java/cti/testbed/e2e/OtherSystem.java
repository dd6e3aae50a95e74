package cti.testbed.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A system that flows ask by webhook; how it answers is told by who calls. */
final class OtherSystem implements AutoCloseable {
  /** Calls from these numbers are answered so; every other one with the word silver. */
  static final String GOLD = "13900009931";

  static final String BROKEN = "13900009932";
  static final String SILENT = "13900009933";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  OtherSystem() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/cti", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/cti";
  }

  /** What it was asked, as it came. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String facts = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(facts);
    if (facts.contains(SILENT)) {
      awaitTheEnd();
      exchange.close();
      return;
    }
    String word = facts.contains(GOLD) ? "gold" : "silver";
    byte[] body = ("{\"word\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(facts.contains(BROKEN) ? 500 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void awaitTheEnd() {
    try {
      over.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
