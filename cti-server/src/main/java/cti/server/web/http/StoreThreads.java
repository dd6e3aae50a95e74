package cti.server.web.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Virtual threads for work that waits on a store. At most {@code atOnce} run; at most {@code
 * waiting} more wait for their turn, none longer than {@code longestWait}; the rest is refused.
 */
public final class StoreThreads implements AutoCloseable {
  private final Semaphore admitted;
  private final Semaphore running;
  private final Duration longestWait;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("cti-web-store-", 1).factory());

  public StoreThreads(int atOnce, int waiting, Duration longestWait) {
    this.admitted = new Semaphore(atOnce + waiting);
    this.running = new Semaphore(atOnce, true);
    this.longestWait = longestWait;
  }

  /** Runs work; the result fails with a {@link Fault} {@code busy} where there is no room. */
  public <T> CompletableFuture<T> run(Callable<T> work) {
    if (!admitted.tryAcquire()) {
      return CompletableFuture.failedFuture(new Fault(Problem.busy()));
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      threads.execute(
          () -> {
            try {
              perform(work, result);
            } finally {
              admitted.release();
            }
          });
    } catch (RejectedExecutionException e) {
      admitted.release();
      result.completeExceptionally(new Fault(Problem.busy()));
    }
    return result;
  }

  private <T> void perform(Callable<T> work, CompletableFuture<T> result) {
    boolean ours = false;
    try {
      ours = running.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
      if (ours) {
        result.complete(work.call());
      } else {
        result.completeExceptionally(new Fault(Problem.busy()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      result.completeExceptionally(new Fault(Problem.busy()));
    } catch (Exception e) {
      result.completeExceptionally(e);
    } catch (Error e) {
      result.completeExceptionally(e);
      throw e;
    } finally {
      if (ours) {
        running.release();
      }
    }
  }

  /** Lets work that runs come to its end for 2 s, then interrupts it. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
