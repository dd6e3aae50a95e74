package cti.server.agi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.asteriskjava.util.ServerSocketFacade;
import org.asteriskjava.util.SocketConnectionFacade;

/** The listening socket; knows the open connections so that a stop can close them. */
final class LimitedServerSocket implements ServerSocketFacade {
  private static final int BACKLOG = 200;

  private final ServerSocket socket;
  private final AgiSettings settings;
  private final AgiCounters counters;
  private final LongSupplier nanoTime;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private LimitedServerSocket(
      ServerSocket socket, AgiSettings settings, AgiCounters counters, LongSupplier nanoTime) {
    this.socket = socket;
    this.settings = settings;
    this.counters = counters;
    this.nanoTime = nanoTime;
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
    return new LimitedServerSocket(socket, settings, counters, nanoTime);
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
    open.removeIf(Socket::isClosed);
    open.add(accepted);
    if (socket.isClosed()) {
      // Stopped in this very moment: the stop may not have seen this one.
      accepted.close();
    }
    accepted.setTcpNoDelay(true);
    return new LimitedConnection(accepted, settings, counters, nanoTime);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Ends every dialogue under way. */
  void closeConnections() throws IOException {
    for (Socket connection : open) {
      connection.close();
    }
  }

  @Override
  public void setSocketReadTimeout(int socketReadTimeout) {
    throw new UnsupportedOperationException("the limits are those of the settings");
  }
}
