package cti.server.agi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.asteriskjava.util.ServerSocketFacade;
import org.asteriskjava.util.SocketConnectionFacade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening socket; knows the open connections so that a stop can close them. */
final class LimitedServerSocket implements ServerSocketFacade {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedServerSocket.class);
  private static final int BACKLOG = 200;

  private final ServerSocket socket;
  private final AgiSettings settings;
  private final AgiCounters counters;
  private final LongSupplier nanoTime;
  private final Set<LimitedConnection> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread watching;

  private LimitedServerSocket(
      ServerSocket socket, AgiSettings settings, AgiCounters counters, LongSupplier nanoTime) {
    this.socket = socket;
    this.settings = settings;
    this.counters = counters;
    this.nanoTime = nanoTime;
    this.watching = Thread.ofPlatform().name("fastagi-limits").daemon().unstarted(this::watchReads);
  }

  /**
   * @throws IOException with one clear message where the address cannot be had
   */
  static LimitedServerSocket bind(AgiSettings settings, AgiCounters counters, LongSupplier nanoTime)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "FastAGI cannot listen on "
              + settings.address().getHostAddress()
              + " port "
              + settings.port()
              + ": "
              + e.getMessage()
              + "; expected a free port on an address of this machine",
          e);
    }
    LimitedServerSocket limited = new LimitedServerSocket(socket, settings, counters, nanoTime);
    limited.watching.start();
    return limited;
  }

  /** A limit is kept to within a quarter of the shortest, at most a second. */
  private void watchReads() {
    Duration shortest =
        settings.readLimit().compareTo(settings.requestLimit()) < 0
            ? settings.readLimit()
            : settings.requestLimit();
    long everyMillis = Math.clamp(shortest.toMillis() / 4, 1, 1_000);
    try {
      while (!ended.await(everyMillis, TimeUnit.MILLISECONDS)) {
        for (LimitedConnection connection : open) {
          endOverdueRead(connection);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endOverdueRead(LimitedConnection connection) {
    try {
      connection.endOverdueRead();
    } catch (IOException e) {
      LOG.warn("FastAGI could not close a connection that was silent: {}", e.getMessage());
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  InetAddress address() {
    return socket.getInetAddress();
  }

  @Override
  public SocketConnectionFacade accept() throws IOException {
    Socket accepted = socket.accept();
    LimitedConnection connection;
    try {
      accepted.setTcpNoDelay(true);
      connection = new LimitedConnection(accepted, settings, counters, nanoTime);
    } catch (IOException gone) {
      accepted.close();
      throw gone;
    }
    open.removeIf(one -> !one.isConnected());
    open.add(connection);
    if (socket.isClosed()) {
      // Stopped in this very moment: the stop may not have seen this one.
      connection.close();
    }
    return connection;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Ends every dialogue under way. */
  void closeConnections() throws IOException {
    for (LimitedConnection connection : open) {
      connection.close();
    }
  }

  /** Nobody is waited for any more, so that nobody's time is watched. */
  void stopWatching(Duration limit) throws InterruptedException {
    ended.countDown();
    watching.join(limit);
  }

  @Override
  public void setSocketReadTimeout(int socketReadTimeout) {
    throw new UnsupportedOperationException("the limits are those of the settings");
  }
}
