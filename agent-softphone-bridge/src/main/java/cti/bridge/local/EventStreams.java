package cti.bridge.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Server-sent events (WHATWG HTML, 9.2) to programs that listen. One that reads too slowly is cut
 * off, and reads the state when it is back.
 */
final class EventStreams implements AutoCloseable {
  private static final Logger log = System.getLogger(EventStreams.class.getName());
  private static final int WAITING = 64;
  private static final int AT_ONCE = 8;
  private static final long SIGN_OF_LIFE_SECONDS = 15;
  private static final String END = "";

  private final Set<BlockingQueue<String>> open = ConcurrentHashMap.newKeySet();

  boolean hasRoom() {
    return open.size() < AT_ONCE;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Tells everybody who listens. */
  void tell(String event, String json) {
    String text = "event: " + event + "\ndata: " + json + "\n\n";
    for (BlockingQueue<String> queue : open) {
      if (!queue.offer(text)) {
        open.remove(queue);
        queue.clear();
        queue.add(END);
      }
    }
  }

  /**
   * Serves one listener until it goes; the calling thread stays with it.
   *
   * @param first asked once what changes from then on is told
   */
  void serve(HttpExchange exchange, Supplier<String> first) throws IOException {
    BlockingQueue<String> queue = new ArrayBlockingQueue<>(WAITING);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    open.add(queue);
    try (OutputStream out = exchange.getResponseBody()) {
      String next = "event: state\ndata: " + first.get() + "\n\n";
      while (!END.equals(next)) {
        out.write(next.getBytes(StandardCharsets.UTF_8));
        out.flush();
        String came = queue.poll(SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS);
        next = came == null ? ": still here\n\n" : came;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      log.log(Level.DEBUG, "local: a listener went: {0}", gone.getMessage());
    } finally {
      open.remove(queue);
    }
  }

  @Override
  public void close() {
    for (BlockingQueue<String> queue : open) {
      queue.clear();
      queue.add(END);
    }
  }
}
