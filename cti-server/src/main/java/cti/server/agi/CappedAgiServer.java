package cti.server.agi;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.fastagi.DefaultAgiServer;
import org.asteriskjava.fastagi.MappingStrategy;
import org.asteriskjava.util.ServerSocketFacade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** asterisk-java's server on our socket and on our threads, no more of them than fit. */
final class CappedAgiServer extends DefaultAgiServer {
  private static final Logger LOG = LoggerFactory.getLogger(CappedAgiServer.class);
  private static final long PAUSE_AFTER_FAILED_ACCEPT_MILLIS = 200;

  private final LimitedServerSocket socket;
  private final ExecutorService threads;
  private final AgiCounters counters;
  private final Semaphore connections;
  private final CountDownLatch stopped = new CountDownLatch(1);

  CappedAgiServer(
      MappingStrategy scripts,
      LimitedServerSocket socket,
      ExecutorService threads,
      AgiCounters counters,
      int mostConnections) {
    super(null, scripts, GatewayChannel::new);
    this.socket = socket;
    this.threads = threads;
    this.counters = counters;
    this.connections = new Semaphore(mostConnections);
    // The socket is bound already; so that what asterisk-java logs of it is true.
    setAddress(socket.address());
    setPort(socket.port());
  }

  @Override
  protected ServerSocketFacade createServerSocket() {
    return socket;
  }

  /** The caller closes the connection where this throws. */
  @Override
  protected void execute(Runnable dialogue) {
    if (!connections.tryAcquire()) {
      counters.refusedConnections.increment();
      throw new RejectedExecutionException("too many connections");
    }
    try {
      threads.execute(
          () -> {
            try {
              dialogue.run();
            } finally {
              connections.release();
            }
          });
    } catch (RejectedExecutionException e) {
      connections.release();
      throw e;
    }
  }

  /** Out of file handles, most likely: wait a little, or the accepting thread spins. */
  @Override
  protected void handleException(String message, Exception e) {
    LOG.error("FastAGI cannot accept a connection: {}", e.getMessage());
    try {
      if (stopped.await(PAUSE_AFTER_FAILED_ACCEPT_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("stopped while waiting to accept again");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void shutdown() {
    stopped.countDown();
    super.shutdown();
    try {
      // Where startup() did not come to take the socket, nobody else closes it.
      socket.close();
    } catch (IOException e) {
      LOG.warn("FastAGI could not close its socket: {}", e.getMessage());
    }
  }
}
