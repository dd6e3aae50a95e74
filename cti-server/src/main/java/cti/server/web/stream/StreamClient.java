package cti.server.web.stream;

import cti.server.web.http.SignedIn;

/** A subscriber, as the feed sees it. Methods never block. */
interface StreamClient {
  SignedIn who();

  /** Queues a frame; {@code key} and {@code receivedNanos} as in {@link Outbox.Entry}. */
  void send(String key, byte[] content, long receivedNanos);

  default void send(byte[] content) {
    send("", content, 0);
  }
}
