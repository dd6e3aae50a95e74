package cti.bridge.phone.baresip;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Speaks as ctrl_tcp of baresip 1.0.0 does, one connection at a time. */
final class FakeBaresip implements AutoCloseable {
  static final String REGISTERED =
      "\n"
          + "--- User Agents (1) ---\n"
          + "> sip:8031@127.0.0.2  \u001b[32mOK \u001b[;m 127.0.0.2 Expires 54s\n";
  static final String NO_CALLS = "\n--- Active calls (0) ---\n\n";

  final Map<String, String> answers = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private volatile Socket socket;
  private volatile CountDownLatch connected = new CountDownLatch(1);

  FakeBaresip() throws IOException {
    this(0);
  }

  FakeBaresip(int port) throws IOException {
    server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
    answers.put("reginfo", REGISTERED);
    answers.put("listcalls", NO_CALLS);
    Thread.ofPlatform().daemon().start(this::serve);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  private void serve() {
    try {
      while (!server.isClosed()) {
        Socket open = server.accept();
        socket = open;
        connected.countDown();
        answer(open);
      }
    } catch (IOException closed) {
      // The test ends it.
    }
  }

  private void answer(Socket open) {
    try {
      BufferedInputStream in = new BufferedInputStream(open.getInputStream());
      for (String text = Netstrings.read(in); text != null; text = Netstrings.read(in)) {
        JsonNode command = BaresipMessage.JSON.readTree(text);
        String name = command.path("command").asString();
        String params = command.path("params").asString("");
        asked.add((name + " " + params).strip());
        var response = BaresipMessage.JSON.createObjectNode();
        response.put("response", true);
        String said = answers.getOrDefault(name, "");
        response.put("ok", !said.contains("command not found"));
        response.put("data", said);
        response.put("token", command.path("token").asString());
        send(BaresipMessage.JSON.writeValueAsString(response));
      }
    } catch (IOException gone) {
      // The next connection is served.
    }
  }

  void send(String text) {
    try {
      synchronized (this) {
        socket.getOutputStream().write(Netstrings.frame(text));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void sendRaw(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes());
  }

  void event(String type, String call, String... more) {
    var event = BaresipMessage.JSON.createObjectNode();
    event.put("event", true);
    event.put("type", type);
    event.put("accountaor", "sip:8031@127.0.0.2");
    if (!call.isEmpty()) {
      event.put("id", call);
      event.put("direction", "incoming");
      event.put("peeruri", "sip:13900000019@127.0.0.2");
    }
    for (int i = 0; i < more.length; i += 2) {
      event.put(more[i], more[i + 1]);
    }
    send(BaresipMessage.JSON.writeValueAsString(event));
  }

  void awaitConnection() throws InterruptedException {
    if (!connected.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody connected");
    }
  }

  /** Ends the connection and forgets it. */
  void cut() throws IOException {
    connected = new CountDownLatch(1);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (socket != null) {
      socket.close();
    }
  }
}
