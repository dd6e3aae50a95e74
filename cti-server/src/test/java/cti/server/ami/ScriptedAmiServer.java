package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * A gateway's manager interface on a real loopback socket that does what a test says: the first
 * connection runs the first script, the second the second, and so on; the last one is repeated.
 * What fails in a script fails {@link #close()}.
 */
final class ScriptedAmiServer implements AutoCloseable {
  static final String ASTERISK = "22.6.0";
  static final String USER = "cti";
  static final String SECRET = "right-secret";
  static final String BANNER = "Asterisk Call Manager/11.0.0\r\n";
  static final String FULLY_BOOTED =
      "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 6\r\nLastReload: 6\r\n"
          + "Status: Fully Booted\r\n\r\n";

  /** What one connection does; its socket is closed when it returns. */
  interface Script {
    void run(Conversation gateway) throws IOException;
  }

  private final ServerSocket listening;
  private final List<Script> scripts;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile boolean closing;

  ScriptedAmiServer(Script... scripts) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), scripts);
  }

  ScriptedAmiServer(ServerSocket listening, Script... scripts) {
    this.listening = listening;
    this.scripts = List.of(scripts);
    threads.add(Thread.ofVirtual().start(this::accept));
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Connections so far. */
  int accepted() {
    return accepted.get();
  }

  private void accept() {
    while (!closing) {
      try {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        Script script = scripts.get(Math.min(accepted.getAndIncrement(), scripts.size() - 1));
        threads.add(Thread.ofVirtual().start(() -> run(script, socket)));
      } catch (IOException closed) {
        if (!closing) {
          failures.add(closed);
        }
        return;
      }
    }
  }

  private void run(Script script, Socket socket) {
    try (socket) {
      script.run(new Conversation(socket));
    } catch (SocketException | SSLException | PeerClosed gone) {
      // The link closed: what it does then is looked at from its own side.
    } catch (IOException | RuntimeException | AssertionError failure) {
      if (!closing) {
        failures.add(failure);
      }
    }
  }

  @Override
  public void close() throws IOException {
    closing = true;
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        throw new AssertionError("interrupted while a script ran", interrupted);
      }
    }
    if (!failures.isEmpty()) {
      AssertionError failed = new AssertionError("a script of the gateway failed");
      failures.forEach(failed::addSuppressed);
      throw failed;
    }
  }

  /** The link closed the connection while the script waited for an action. */
  private static final class PeerClosed extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** One connection, from the gateway's side. */
  static final class Conversation {
    private final Socket socket;
    private final BufferedReader in;

    private Conversation(Socket socket) throws IOException {
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }

    /** Waits for the next action, pings included. */
    AmiMessage anyAction() throws IOException {
      StringBuilder text = new StringBuilder();
      for (String line = in.readLine(); line == null || !line.isEmpty(); line = in.readLine()) {
        if (line == null) {
          throw new PeerClosed();
        }
        text.append(line).append('\n');
      }
      return AmiMessage.parse(text.toString(), 0);
    }

    /** Waits for the next action of that name, answering pings on the way. */
    AmiMessage action(String name) throws IOException {
      AmiMessage action = anyAction();
      while (!name.equals(action.get("Action")) && askedByEveryLink(action)) {
        action = anyAction();
      }
      assertEquals(name, action.get("Action"));
      return action;
    }

    /** Answers what is asked at any time, whatever the test is about. */
    private boolean askedByEveryLink(AmiMessage action) throws IOException {
      switch (action.get("Action")) {
        case "Ping" -> pong(action);
        case "CoreSettings" ->
            respond(action, "Response: Success\r\nAsteriskVersion: " + ASTERISK + "\r\n");
        default -> {
          return false;
        }
      }
      return true;
    }

    void pong(AmiMessage ping) throws IOException {
      respond(ping, "Response: Success\r\nPing: Pong\r\nTimestamp: 1763700000.000001\r\n");
    }

    /** Sends an answer with the action's ActionID as second line, as Asterisk does. */
    void respond(AmiMessage action, String lines) throws IOException {
      int second = lines.indexOf("\r\n") + 2;
      send(
          lines.substring(0, second)
              + "ActionID: "
              + action.actionId()
              + "\r\n"
              + lines.substring(second)
              + "\r\n");
    }

    void success(AmiMessage action) throws IOException {
      respond(action, "Response: Success\r\nMessage: done\r\n");
    }

    /** Banner, challenge and a login whose key must be right; no FullyBooted. */
    void acceptLogin() throws IOException {
      send(BANNER);
      challenge();
      AmiMessage login = action("Login");
      assertEquals(USER, login.get("Username"));
      assertEquals("MD5", login.get("AuthType"));
      // md5sum of "123456789" + "right-secret", made with coreutils.
      assertEquals(KEY_OF_123456789, login.get("Key"));
      respond(login, "Response: Success\r\nMessage: Authentication accepted\r\n");
    }

    void challenge() throws IOException {
      AmiMessage challenge = action("Challenge");
      assertEquals("MD5", challenge.get("AuthType"));
      respond(challenge, "Response: Success\r\nChallenge: 123456789\r\n");
    }

    void acceptAndBoot() throws IOException {
      acceptLogin();
      send(FULLY_BOOTED);
    }

    /** Answers pings, and Logoff, until the link closes. */
    void idle() throws IOException {
      AmiMessage action = anyAction();
      while (!action.get("Action").equals("Logoff")) {
        assertEquals("Ping", action.get("Action"));
        pong(action);
        action = anyAction();
      }
      respond(action, "Response: Goodbye\r\nMessage: Thanks for all the fish.\r\n");
    }

    /** Reads and answers nothing, until the link closes. */
    void silent() throws IOException {
      for (List<AmiMessage> unanswered = new ArrayList<>(); ; ) {
        unanswered.add(anyAction());
      }
    }
  }

  static final String KEY_OF_123456789 = "63db45f61fa406f624f5a6dfe57ebb0b";
}
