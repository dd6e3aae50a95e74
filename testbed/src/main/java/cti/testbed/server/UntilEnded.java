package cti.testbed.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a program end in good order when it is asked to (Ctrl-C, SIGTERM): the Java process stays
 * until everything that it started has ended.
 */
public final class UntilEnded implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final CountDownLatch ended = new CountDownLatch(1);

  private UntilEnded() {}

  /**
   * From now on a request to end runs {@code asked} and waits, at most a minute, for {@link
   * #close}.
   */
  public static UntilEnded onRequest(Runnable asked) {
    UntilEnded until = new UntilEnded();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (until.ended.getCount() > 0) {
                    asked.run();
                    until.await();
                  }
                },
                "end"));
    return until;
  }

  private void await() {
    try {
      if (!ended.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("cti: not everything has ended within " + LIMIT.toSeconds() + " s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything has ended. */
  @Override
  public void close() {
    ended.countDown();
  }
}
