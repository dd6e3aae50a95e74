package cti.testbed.e2e;

import cti.testbed.gateway.Testbed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A link to the gateway that is cut again whenever it comes back, until this is closed: whoever
 * logs in to the manager interface is thrown out.
 */
final class CutLink implements AutoCloseable {
  private final Testbed testbed;
  private final Duration every;
  private final CountDownLatch enough = new CountDownLatch(1);
  private final Thread thread;
  private volatile Exception fault;

  private CutLink(Testbed testbed, Duration every) {
    this.testbed = testbed;
    this.every = every;
    this.thread = Thread.ofPlatform().name("link-cutter").start(this::cutAgain);
  }

  /** Cuts it now and from now on. */
  static CutLink of(Testbed testbed, Duration every) throws IOException, InterruptedException {
    cut(testbed);
    return new CutLink(testbed, every);
  }

  /** Ends every session of the manager interface once, as a network does that breaks. */
  static void cut(Testbed testbed) throws IOException, InterruptedException {
    for (String session : sessions(testbed)) {
      testbed.gatewayConsole("manager kick session " + session);
    }
  }

  /** The sessions of cti-server at the manager interface, by their file descriptors. */
  static List<String> sessions(Testbed testbed) throws IOException, InterruptedException {
    // Username  IP address  Start  Elapsed  FileDes  HttpCnt  ReadPerms  WritePerms
    return testbed
        .gatewayConsole("manager show connected")
        .lines()
        .map(line -> line.strip().split(" +"))
        .filter(column -> column.length == 8 && column[0].equals("cti"))
        .map(column -> column[4])
        .toList();
  }

  private void cutAgain() {
    try {
      while (!enough.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        cut(testbed);
      }
    } catch (IOException | RuntimeException e) {
      fault = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    enough.countDown();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (fault != null) {
      throw new IOException("the link could not be kept away", fault);
    }
  }
}
