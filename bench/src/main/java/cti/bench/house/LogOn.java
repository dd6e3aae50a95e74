package cti.bench.house;

import cti.core.agent.Agent;
import cti.core.id.DeskId;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;

/** A supervisor logs agents on and makes them ready, over one stream. */
final class LogOn implements WebSocket.Listener {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int AT_ONCE = 12;
  private static final long LIMIT_SECONDS = 20;

  private final StringBuilder text = new StringBuilder();
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicReference<String> refusal = new AtomicReference<>("");

  static void all(Server server, String token, List<Agent> agents)
      throws IOException, InterruptedException {
    LogOn listener = new LogOn();
    URI address = URI.create("ws://" + server.address().getAuthority() + "/api/v1/stream");
    WebSocket socket =
        server
            .client()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(address, listener)
            .join();
    for (Agent agent : agents) {
      String number = agent.id().value();
      listener.command(
          socket,
          Map.of(
              "op",
              "command",
              "id",
              "on" + number,
              "command",
              "logOn",
              "agent",
              number,
              "extension",
              number,
              "desks",
              agent.seats().keySet().stream().map(DeskId::value).toList()));
    }
    listener.drained();
    for (Agent agent : agents) {
      String number = agent.id().value();
      listener.command(
          socket,
          Map.of("op", "command", "id", "re" + number, "command", "ready", "agent", number));
    }
    listener.drained();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    if (listener.accepted.get() != 2 * agents.size()) {
      throw new IOException(
          "%d of %d commands were accepted; a refusal: %s"
              .formatted(listener.accepted.get(), 2 * agents.size(), listener.refusal.get()));
    }
  }

  private void command(WebSocket socket, Map<String, Object> frame)
      throws IOException, InterruptedException {
    take(1);
    socket.sendText(JSON.writeValueAsString(frame), true).join();
  }

  private void drained() throws IOException, InterruptedException {
    take(AT_ONCE);
    room.release(AT_ONCE);
  }

  private void take(int places) throws IOException, InterruptedException {
    if (!room.tryAcquire(places, LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("no reply to a log-on within " + LIMIT_SECONDS + " s");
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      String frame = text.toString();
      text.setLength(0);
      if (frame.startsWith("{\"type\":\"reply\"")) {
        if (frame.contains("\"ok\":true")) {
          accepted.incrementAndGet();
        } else {
          refusal.set(frame);
        }
        room.release();
      }
    }
    socket.request(1);
    return CompletableFuture.completedFuture(null);
  }
}
