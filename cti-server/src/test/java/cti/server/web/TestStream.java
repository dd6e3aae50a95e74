package cti.server.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A client of the stream that keeps every frame in order. */
final class TestStream implements AutoCloseable, WebSocket.Listener {
  private static final long LIMIT_SECONDS = 10;

  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private WebSocket socket;

  static TestStream open(HttpClient http, int port, WebFixture.User user, Optional<String> origin) {
    TestStream stream = new TestStream();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (user.byCookie()) {
      builder.header("Cookie", "cti_session=" + user.token());
    } else {
      builder.header("Authorization", "Bearer " + user.token());
    }
    origin.ifPresent(from -> builder.header("Origin", from));
    stream.socket =
        builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/v1/stream"), stream).join();
    return stream;
  }

  /** A stream that is open to everybody. */
  static TestStream openTo(HttpClient http, int port, String path) {
    TestStream stream = new TestStream();
    stream.socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), stream)
            .join();
    return stream;
  }

  TestStream send(String frame) {
    socket.sendText(frame, true).join();
    return this;
  }

  void sendBytes(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  void sendPart(String text, boolean last) {
    socket.sendText(text, last).join();
  }

  TestStream subscribe(String... topics) {
    return send("{\"op\":\"subscribe\",\"topics\":[\"" + String.join("\",\"", topics) + "\"]}");
  }

  /** Subscribes to everything and reads until the picture is live; the snapshot. */
  JsonNode begin() {
    subscribe("calls", "agents", "pops", "gateway");
    JsonNode snapshot = next("snapshot");
    next("live");
    return snapshot;
  }

  JsonNode next() {
    try {
      JsonNode frame = frames.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no frame within " + LIMIT_SECONDS + " s; closed=" + closed);
      }
      return frame;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next frame, which must be of this type. */
  JsonNode next(String type) {
    JsonNode frame = next();
    if (!frame.get("type").asString().equals(type)) {
      throw new AssertionError("expected a frame of type " + type + ", got " + frame);
    }
    return frame;
  }

  /** Passes over frames until one fits. */
  JsonNode until(Predicate<JsonNode> fits) {
    while (true) {
      JsonNode frame = next();
      if (fits.test(frame)) {
        return frame;
      }
    }
  }

  JsonNode untilType(String type) {
    return until(frame -> frame.get("type").asString().equals(type));
  }

  /** Every frame up to the answer to a ping: all that was on its way. */
  List<JsonNode> untilPong() {
    send("{\"op\":\"ping\"}");
    List<JsonNode> seen = new ArrayList<>();
    JsonNode frame = next();
    while (!frame.get("type").asString().equals("pong")) {
      seen.add(frame);
      frame = next();
    }
    return seen;
  }

  int closeCode() {
    try {
      return closed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the stream was not closed", e);
    }
  }

  boolean isClosed() {
    return closed.isDone();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      frames.add(WebFixture.JSON.readTree(part.toString()));
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
    closed.complete(statusCode);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  /** Breaks the connection without a word. */
  void cut() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
