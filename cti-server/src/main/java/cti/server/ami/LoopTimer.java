package cti.server.ami;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** At most one task that is to come, on the event loop and for use on it alone. */
final class LoopTimer {
  private final EventLoop loop;
  private Future<?> pending;

  LoopTimer(EventLoop loop) {
    this.loop = loop;
  }

  /** Runs the task after the wait, in place of the task before. */
  void set(Duration wait, Runnable task) {
    cancel();
    pending = loop.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  void cancel() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }
}
