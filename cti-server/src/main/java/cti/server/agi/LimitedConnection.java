package cti.server.agi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.asteriskjava.util.SocketConnectionFacade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the gateway with a limit on every wait and every size. Where a limit is broken
 * or the peer is gone the socket is closed and the line is null, which asterisk-java takes for a
 * hang-up: the script ends quietly, and what happened is logged and counted here.
 */
final class LimitedConnection implements SocketConnectionFacade {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedConnection.class);

  /** Asterisk's own buffer for a line is 2048 (AGI_BUF_LEN in res_agi.c); values are longer. */
  private static final int LONGEST_LINE = 8192;

  private static final int MOST_REQUEST_LINES = 200;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final AgiSettings settings;
  private final AgiCounters counters;
  private final LongSupplier nanoTime;

  /** When the read under way has to be over; only while one is. */
  private volatile long readDeadline;

  private volatile boolean reading;
  private volatile boolean overdue;
  private final long requestDeadline;
  private final StringBuilder pending = new StringBuilder();
  private final byte[] buffer = new byte[1024];
  private byte[] line = new byte[128];
  private int next;
  private int filled;
  private boolean inRequest = true;
  private int requestLines;

  LimitedConnection(
      Socket socket, AgiSettings settings, AgiCounters counters, LongSupplier nanoTime)
      throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.settings = settings;
    this.counters = counters;
    this.nanoTime = nanoTime;
    this.requestDeadline = nanoTime.getAsLong() + settings.requestLimit().toNanos();
  }

  @Override
  public String readLine() throws IOException {
    long deadline =
        inRequest ? requestDeadline : nanoTime.getAsLong() + settings.readLimit().toNanos();
    int length = 0;
    while (true) {
      if (next == filled && !fill(deadline)) {
        return null;
      }
      byte b = buffer[next++];
      if (b == '\n') {
        break;
      }
      if (length == LONGEST_LINE) {
        return broken("sent a line of more than " + LONGEST_LINE + " bytes");
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, Math.min(length * 4, LONGEST_LINE));
      }
      line[length++] = b;
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    if (inRequest) {
      inRequest = length > 0;
      if (++requestLines > MOST_REQUEST_LINES) {
        return broken("sent more than " + MOST_REQUEST_LINES + " lines of request");
      }
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }

  /** Reads on; false where there is no more to come. */
  private boolean fill(long deadline) throws IOException {
    if (deadline - nanoTime.getAsLong() <= 0) {
      return tooLate();
    }
    readDeadline = deadline;
    reading = true;
    try {
      int read = in.read(buffer);
      next = 0;
      filled = Math.max(read, 0);
      return read > 0;
    } catch (IOException e) {
      if (overdue) {
        return false;
      }
      // Reset by the peer, or closed by our own stop: a hang-up either way.
      LOG.debug("FastAGI connection from {} ended: {}", socket.getInetAddress(), e.getMessage());
      close();
      return false;
    } finally {
      reading = false;
    }
  }

  private boolean tooLate() throws IOException {
    Duration limit = inRequest ? settings.requestLimit() : settings.readLimit();
    broken("said nothing for " + limit.toMillis() + " ms" + (inRequest ? " of request" : ""));
    return false;
  }

  /**
   * Ends the read under way where its time is over. A limit of the socket's own would wake two
   * threads more for each line, to begin and to end it, where a virtual thread reads.
   */
  void endOverdueRead() throws IOException {
    if (reading && nanoTime.getAsLong() - readDeadline >= 0) {
      overdue = true;
      tooLate();
    }
  }

  private String broken(String what) throws IOException {
    counters.silentGateways.increment();
    LOG.warn(
        "FastAGI connection from {} of gateway {} {}; closed",
        socket.getInetAddress().getHostAddress(),
        settings.gateway(),
        what);
    close();
    return null;
  }

  @Override
  public void write(String text) {
    pending.append(text);
  }

  @Override
  public void flush() throws IOException {
    byte[] bytes = pending.toString().getBytes(StandardCharsets.UTF_8);
    pending.setLength(0);
    out.write(bytes);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  @Override
  public boolean isConnected() {
    return !socket.isClosed();
  }

  @Override
  public InetAddress getLocalAddress() {
    return socket.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return socket.getLocalPort();
  }

  @Override
  public InetAddress getRemoteAddress() {
    return socket.getInetAddress();
  }

  @Override
  public int getRemotePort() {
    return socket.getPort();
  }
}
