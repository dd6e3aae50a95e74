package cti.bridge.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What comes on one WebSocket, in order. Messages are taken on the thread that they come on, for a
 * screen waits for them; the thread that looks after the link is told that one came. The next one
 * is asked for then, so that what waits is bounded.
 */
final class StreamSession implements WebSocket.Listener {
  private static final Logger log = System.getLogger(StreamSession.class.getName());

  /** More than the server ever sends at once (docs/api/stream.md, slow clients). */
  private static final int LONGEST = 16 << 20;

  private final BlockingQueue<Sign> signs = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private final Taker taker;

  /** Takes whole messages, one after the other. */
  @FunctionalInterface
  interface Taker {
    void take(StreamSession from, String text, long nanos);
  }

  StreamSession(Taker taker) {
    this.taker = taker;
  }

  /** What came. */
  sealed interface Sign {
    /** A message was taken. */
    record Taken() implements Sign {}

    /** A message was not understood. */
    record NotTaken(RuntimeException why) implements Sign {}

    /** The server looks whether we are there, and the socket has answered; or it answers us. */
    record Pinged() implements Sign {}

    record Closed(int code, String reason) implements Sign {}

    record Broken(Throwable why) implements Sign {}
  }

  BlockingQueue<Sign> signs() {
    return signs;
  }

  /**
   * As many may wait here. Never none: a connection that broke is only seen by who asks for more.
   */
  private static final int AHEAD = 16;

  @Override
  public void onOpen(WebSocket socket) {
    socket.request(AHEAD);
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    long nanos = System.nanoTime();
    part.append(data);
    if (part.length() > LONGEST) {
      signs.add(
          new Sign.Broken(
              new IllegalStateException("a message of more than " + LONGEST + " signs")));
      socket.abort();
      return null;
    }
    if (last) {
      String text = part.toString();
      part.setLength(0);
      if (part.capacity() > 1 << 16) {
        part.trimToSize();
      }
      signs.add(taken(text, nanos));
    } else {
      socket.request(1);
    }
    return null;
  }

  private Sign taken(String text, long nanos) {
    try {
      taker.take(this, text, nanos);
      return new Sign.Taken();
    } catch (RuntimeException e) {
      return new Sign.NotTaken(e);
    }
  }

  @Override
  public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    signs.add(new Sign.Pinged());
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    signs.add(new Sign.Pinged());
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    signs.add(new Sign.Closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    log.log(Level.DEBUG, "server: the stream broke", error);
    signs.add(new Sign.Broken(error));
  }
}
