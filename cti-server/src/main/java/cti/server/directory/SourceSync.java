package cti.server.directory;

import cti.core.port.DirectoryPreviews.Begun;
import cti.core.port.DirectoryPreviews.Counts;
import cti.core.port.DirectoryPreviews.State;
import cti.core.port.DirectorySync;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at another directory now and then, and applies what changed there. A look by which too many
 * people would be gone waits for an administrator, as a preview like any other.
 */
public final class SourceSync implements DirectorySync, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceSync.class);

  private final PeopleSource source;
  private final Previews previews;
  private final Duration every;
  private final int mostGonePercent;
  private final ScheduledExecutorService turns =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("directory-sync").daemon().factory());
  private volatile Optional<String> last = Optional.empty();

  /**
   * @param every from the beginning of one look to that of the next
   * @param mostGonePercent of the source's people
   */
  public SourceSync(PeopleSource source, Previews previews, Duration every, int mostGonePercent) {
    this.source = source;
    this.previews = previews;
    this.every = every;
    this.mostGonePercent = mostGonePercent;
  }

  /** Looks at once and then now and then. */
  public void start() {
    turns.scheduleAtFixedRate(this::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      Optional<State> before = last.flatMap(previews::find).map(preview -> preview.state());
      if (before.equals(Optional.of(State.READING)) || before.equals(Optional.of(State.APPLYING))) {
        log.info("directory: the look at {} before this one is still under way", source.name());
        return;
      }
      // What waits is told anew by this look, or is settled.
      last.ifPresent(previews::discard);
      if (previews.source(source, source.name(), this::ready)
          instanceof Begun.Started(var preview)) {
        last = Optional.of(preview.id());
      } else {
        log.warn("directory: no look at {}, too many previews are there", source.name());
      }
    } catch (RuntimeException e) {
      log.error("directory: the look at {} failed", source.name(), e);
    }
  }

  /** On the thread of the previews. */
  private void ready(PreviewJob job) {
    if (job.state() == State.FAILED) {
      log.warn("directory: {} cannot be looked at: {}", source.name(), job.view().message());
      return;
    }
    if (job.state() != State.READY) {
      return;
    }
    Counts counts = job.view().counts();
    if (counts.faults() > 0) {
      log.warn(
          "directory: {} entries of {} have faults, their people stay as they are",
          counts.faults(),
          source.name());
    }
    if (counts.added() + counts.changed() + counts.gone() == 0) {
      job.applied();
      return;
    }
    int people = counts.gone() + counts.changed() + counts.unchanged();
    if (counts.gone() * 100L > (long) mostGonePercent * people) {
      job.waits(
          counts.gone()
              + " of "
              + people
              + " people would be gone, more than "
              + mostGonePercent
              + " %: waits for an administrator");
      log.warn("directory: {}: {}", source.name(), job.view().message());
      return;
    }
    if (job.begins(job.view().token().orElseThrow())) {
      previews.write(job, source.name());
    }
  }

  @Override
  public Begun look(String by) {
    return previews.source(source, by, job -> {});
  }

  @Override
  public Sight sight() {
    return new Sight(source.name(), every, mostGonePercent, last);
  }

  @Override
  public void close() {
    turns.shutdownNow();
    try {
      turns.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
