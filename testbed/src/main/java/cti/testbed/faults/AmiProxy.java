package cti.testbed.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network between cti-server and the gateway's manager interface: it can be cut, so that both
 * ends see a broken connection, or go silent, so that neither end sees anything.
 */
final class AmiProxy implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int BLOCK = 8_192;

  private final InetSocketAddress gateway;
  private final ServerSocket door;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Socket> sockets = new HashSet<>();
  private State state = State.OPEN;

  private enum State {
    OPEN,
    /** Connections break, new ones too. */
    CUT,
    /** Nothing goes through, nothing breaks. */
    SILENT,
    CLOSED
  }

  private AmiProxy(InetSocketAddress gateway, ServerSocket door) {
    this.gateway = gateway;
    this.door = door;
  }

  /** Opens a way to the manager interface at this address, on a free port of 127.0.0.1. */
  static AmiProxy to(String host, int port) throws IOException {
    AmiProxy proxy =
        new AmiProxy(
            new InetSocketAddress(host, port),
            new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("ami-proxy").start(proxy::accept);
    return proxy;
  }

  int port() {
    return door.getLocalPort();
  }

  /** Breaks every connection, and each new one, until {@link #mend}. */
  void cut() {
    set(State.CUT);
    breakAll();
  }

  /** Lets nothing through, in either direction, and breaks nothing, until {@link #mend}. */
  void silence() {
    set(State.SILENT);
  }

  /** Lets everything through again; what was on its way goes on. */
  void mend() {
    set(State.OPEN);
  }

  private void set(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().name("ami-proxy").start(() -> serve(client));
      } catch (IOException closed) {
        // The door was shut by close(); any other fault shows as a link that does not come up.
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket()) {
      keep(client);
      if (!mayPass()) {
        return;
      }
      server.connect(gateway, CONNECT_MILLIS);
      keep(server);
      Thread back = Thread.ofVirtual().name("ami-proxy").start(() -> pump(server, client));
      pump(client, server);
      back.join();
    } catch (IOException broken) {
      // As a network does: both ends see a closed connection, by the end of this block.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      forget(client);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] block = new byte[BLOCK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int length = in.read(block);
      while (length >= 0 && mayPass()) {
        out.write(block, 0, length);
        out.flush();
        length = in.read(block);
      }
    } catch (IOException broken) {
      // The other direction ends with this one.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
      forget(from);
    }
  }

  /** Waits while the line is silent; false where it is cut. */
  private boolean mayPass() throws InterruptedException {
    lock.lock();
    try {
      while (state == State.SILENT) {
        if (!changed.await(10, TimeUnit.MINUTES)) {
          throw new IllegalStateException("the line was silent for ten minutes");
        }
      }
      return state == State.OPEN;
    } finally {
      lock.unlock();
    }
  }

  private void keep(Socket socket) {
    lock.lock();
    try {
      sockets.add(socket);
    } finally {
      lock.unlock();
    }
  }

  private void forget(Socket socket) {
    lock.lock();
    try {
      sockets.remove(socket);
    } finally {
      lock.unlock();
    }
  }

  private void breakAll() {
    lock.lock();
    try {
      sockets.forEach(AmiProxy::close);
    } finally {
      lock.unlock();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // It is closed all the same.
    }
  }

  @Override
  public void close() throws IOException {
    set(State.CLOSED);
    door.close();
    breakAll();
  }
}
