package cti.bench.directory;

import cti.bench.house.House;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Has the server take everything from the database anew, again and again. */
final class Reloads implements AutoCloseable {
  private final House house;
  private final AtomicLong done = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("reloads").unstarted(this::run);
  private volatile boolean stopping;

  private Reloads(House house) {
    this.house = house;
  }

  static Reloads begin(House house) {
    Reloads reloads = new Reloads(house);
    reloads.thread.start();
    return reloads;
  }

  private void run() {
    try {
      while (!stopping) {
        house.reloadCatalog();
        done.incrementAndGet();
      }
    } catch (IOException e) {
      System.err.println("bench: a reload failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long done() {
    return done.get();
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
