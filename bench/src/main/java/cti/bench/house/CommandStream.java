package cti.bench.house;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** A supervisor's stream that gives commands, some at once; a refusal is a fault. */
public final class CommandStream implements WebSocket.Listener, AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int AT_ONCE = 12;
  private static final long LIMIT_SECONDS = 20;

  private final StringBuilder text = new StringBuilder();
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final AtomicReference<String> refusal = new AtomicReference<>("");
  private final AtomicReference<String> closed = new AtomicReference<>("");
  private WebSocket socket;
  private long given;

  private final Consumer<String> news;

  private CommandStream(Consumer<String> news) {
    this.news = news;
  }

  static CommandStream open(Server server, String token) {
    return open(server, token, frame -> {});
  }

  /**
   * Subscribes to calls.
   *
   * @param news is told each frame
   */
  public static CommandStream listen(Server server, String token, Consumer<String> news) {
    CommandStream stream = open(server, token, news);
    stream.socket.sendText("{\"op\":\"subscribe\",\"topics\":[\"calls\"]}", true).join();
    return stream;
  }

  private static CommandStream open(Server server, String token, Consumer<String> news) {
    CommandStream stream = new CommandStream(news);
    URI address = URI.create("ws://" + server.address().getAuthority() + "/api/v1/stream");
    stream.socket =
        server
            .client()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(address, stream)
            .join();
    return stream;
  }

  /** Gives a command; waits where too many are under way. */
  void give(String command, Map<String, Object> fields) throws IOException, InterruptedException {
    take(1);
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("op", "command");
    frame.put("id", "c" + given++);
    frame.put("command", command);
    frame.putAll(fields);
    socket.sendText(JSON.writeValueAsString(frame), true).join();
  }

  /**
   * Waits until all are answered.
   *
   * @throws IOException where one was refused
   */
  void awaitAll() throws IOException, InterruptedException {
    take(AT_ONCE);
    room.release(AT_ONCE);
    if (!refusal.get().isEmpty()) {
      throw new IOException("a command was refused: " + refusal.get());
    }
  }

  private void take(int places) throws IOException, InterruptedException {
    String code = closed.get();
    if (!code.isEmpty()) {
      throw new IOException("the server closed the stream of commands: " + code);
    }
    if (!room.tryAcquire(places, LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("no reply to a command within " + LIMIT_SECONDS + " s");
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      String frame = text.toString();
      text.setLength(0);
      if (frame.startsWith("{\"type\":\"reply\"")) {
        if (!frame.contains("\"ok\":true")) {
          refusal.compareAndSet("", frame);
        }
        room.release();
      } else {
        news.accept(frame);
      }
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.set(code + " " + reason);
    room.release(AT_ONCE);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    if (socket.isOutputClosed()) {
      return;
    }
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }
}
