package cti.testbed.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A big screen behind its link. */
public final class ScreenClient implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;
  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocket socket;

  private ScreenClient(URI address) {
    this.address = address;
  }

  public static ScreenClient open(URI address, String token) {
    ScreenClient screen = new ScreenClient(address);
    URI stream = URI.create("ws://" + address.getAuthority() + "/api/v1/big-screens/stream");
    screen.socket =
        screen
            .client
            .newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .buildAsync(stream, screen.new Frames())
            .join();
    screen.socket.sendText("{\"token\":\"" + token + "\"}", true).join();
    return screen;
  }

  /** Passes over frames until one fits. */
  public JsonNode await(String what, Duration limit, Predicate<JsonNode> wanted)
      throws InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    JsonNode last = null;
    while (true) {
      JsonNode frame = frames.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (frame == null) {
        throw Unexpected.instead("the screen shows " + what, String.valueOf(last));
      }
      if (wanted.test(frame)) {
        return frame;
      }
      last = frame;
    }
  }

  public int closeCode(Duration limit) throws InterruptedException {
    try {
      return closed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException open) {
      throw Unexpected.instead("the screen's stream is closed", open);
    }
  }

  /** What a request answers that has a token as if it were a session's. */
  public int statusOf(String path, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + token)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private final class Frames implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        frames.add(Json.tree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable fault) {
      closed.completeExceptionally(fault);
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    client.close();
  }
}
