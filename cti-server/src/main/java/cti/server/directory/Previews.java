package cti.server.directory;

import cti.core.desk.Site;
import cti.core.directory.DepartmentPath;
import cti.core.directory.DirectoryChange;
import cti.core.directory.GoneRule;
import cti.core.directory.NumberNormalizer;
import cti.core.directory.StaffChange;
import cti.core.directory.StaffField;
import cti.core.id.SiteId;
import cti.core.port.DirectoryPreviews;
import cti.core.port.DirectoryRecords;
import cti.core.port.DirectoryRecords.Applied;
import cti.core.port.StoreUnavailableException;
import cti.server.directory.sheet.SheetException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes previews and applies them, one after the other on a thread of its own. What an earlier
 * preview changed is seen by the next; one that was made before is refused.
 */
public final class Previews implements DirectoryPreviews, AutoCloseable {
  /** Previews that are kept at a time, finished ones among them. */
  static final int MOST = 8;

  private static final Logger log = LoggerFactory.getLogger(Previews.class);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Set<State> UNDER_WAY = Set.of(State.READING, State.APPLYING);

  private final DirectoryRecords records;
  private final Writer writer;
  private final NumberNormalizer normalizer;
  private final Makings makings;
  private final InstantSource clock;
  private final Duration limit;
  private final Map<String, PreviewJob> jobs = new LinkedHashMap<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("directory-previews").daemon().factory());

  /** Writes a change and puts it into use. */
  @FunctionalInterface
  public interface Writer {
    Applied write(DirectoryChange change, IntConsumer written);
  }

  /**
   * @param keptBySource the fields that a source such as ldap keeps
   * @param limit how long one may take to make
   */
  public Previews(
      DirectoryRecords records,
      Writer writer,
      NumberNormalizer normalizer,
      Function<String, Set<StaffField>> keptBySource,
      InstantSource clock,
      Duration limit) {
    this.records = records;
    this.writer = writer;
    this.normalizer = normalizer;
    this.makings = new Makings(records, normalizer, keptBySource);
    this.clock = clock;
    this.limit = limit;
  }

  @Override
  public Begun file(byte[] content, Format format, GoneRule gone, String by) {
    return begin(
        Kind.FILE,
        new Origin(format.name().toLowerCase(Locale.ROOT), by, clock.instant()),
        makings.file(content, format, gone));
  }

  @Override
  public Begun moveDepartment(DepartmentPath from, DepartmentPath to, String by) {
    return begin(
        Kind.DEPARTMENT,
        new Origin(from + " -> " + to, by, clock.instant()),
        makings.department(from, to));
  }

  @Override
  public Begun dialPlan(SiteId site, Site next, String by) {
    return begin(
        Kind.DIAL_PLAN, new Origin(site.value(), by, clock.instant()), makings.dialPlan(next));
  }

  private Begun begin(Kind kind, Origin origin, Making making) {
    return begin(kind, origin, making, job -> {});
  }

  /** What another directory has. */
  Begun source(PeopleSource source, String by, Consumer<PreviewJob> ready) {
    return begin(
        Kind.LDAP,
        new Origin(source.name(), by, clock.instant()),
        new SourceMaking(records, normalizer, source),
        ready);
  }

  /**
   * @param ready is told on the thread of the previews when it is made
   */
  private Begun begin(Kind kind, Origin origin, Making making, Consumer<PreviewJob> ready) {
    PreviewJob job = new PreviewJob(UUID.randomUUID().toString(), kind, origin, limit);
    synchronized (jobs) {
      makeRoom();
      if (jobs.size() >= MOST) {
        return new Begun.Busy(MOST);
      }
      jobs.put(job.id(), job);
    }
    log.info("directory: preview {} of {} {} by {}", job.id(), kind, origin.what(), origin.by());
    thread.execute(
        () -> {
          make(job, making);
          ready.accept(job);
        });
    return new Begun.Started(job.view());
  }

  /** Old ones go, then the oldest that nothing happens to. */
  private void makeRoom() {
    jobs.values()
        .removeIf(
            job ->
                !UNDER_WAY.contains(job.state()) && job.at().plus(KEPT).isBefore(clock.instant()));
    if (jobs.size() >= MOST) {
      jobs.values().stream()
          .filter(job -> !UNDER_WAY.contains(job.state()))
          .min(
              Comparator.comparing((PreviewJob job) -> job.state() == State.READY)
                  .thenComparing(PreviewJob::at))
          .ifPresent(oldest -> jobs.remove(oldest.id()));
    }
  }

  private void make(PreviewJob job, Making making) {
    try {
      job.check();
      job.ready(making.make(job));
      log.info("directory: preview {} is {}: {}", job.id(), job.state(), job.view().counts());
    } catch (SheetException e) {
      log.info("directory: preview {} failed: {}", job.id(), e.getMessage());
      job.failed(e.getMessage());
    } catch (StoreUnavailableException e) {
      log.warn("directory: preview {} failed: {}", job.id(), e.getMessage());
      job.failed("the database cannot be reached; nothing was changed");
    } catch (RuntimeException e) {
      log.error("directory: preview {} failed", job.id(), e);
      job.failed("the server failed; the fault is in its log");
    }
  }

  @Override
  public List<Preview> all() {
    synchronized (jobs) {
      List<Preview> all = new ArrayList<>(jobs.values().stream().map(PreviewJob::view).toList());
      return all.reversed();
    }
  }

  @Override
  public Optional<Preview> find(String id) {
    return job(id).map(PreviewJob::view);
  }

  private Optional<PreviewJob> job(String id) {
    synchronized (jobs) {
      return Optional.ofNullable(jobs.get(id));
    }
  }

  @Override
  public Optional<Part<StaffChange>> changes(
      String id, Optional<StaffChange.Kind> kind, int from, int most) {
    return job(id)
        .map(
            job ->
                part(
                    job.made().map(Made::changes).orElse(List.of()).stream()
                        .filter(change -> kind.isEmpty() || change.kind() == kind.get())
                        .toList(),
                    from,
                    most));
  }

  @Override
  public Optional<Part<RowFault>> faults(String id, int from, int most) {
    return job(id).map(job -> part(job.made().map(Made::faults).orElse(List.of()), from, most));
  }

  private static <T> Part<T> part(List<T> all, int from, int most) {
    return new Part<>(
        all.subList(Math.min(from, all.size()), Math.min(from + most, all.size())), all.size());
  }

  @Override
  public Taken apply(String id, String token, String by) {
    Optional<PreviewJob> job = job(id);
    if (job.isEmpty()) {
      return new Taken.NoSuchPreview();
    }
    if (!job.get().begins(token)) {
      return refusal(job.get());
    }
    thread.execute(() -> write(job.get(), by));
    return new Taken.Done(job.get().view());
  }

  private static Taken refusal(PreviewJob job) {
    return switch (job.state()) {
      case READY ->
          new Taken.Refused(
              "wrong-token", "the token is not that of the preview, expected the one it shows");
      case READING, FAULTY, APPLYING, APPLIED, FAILED ->
          new Taken.Refused(
              "not-ready", "the preview is " + job.state() + ", expected one that is READY");
    };
  }

  /** On the thread of the previews, also for those that apply themselves. */
  void write(PreviewJob job, String by) {
    Made made = job.made().orElseThrow();
    DirectoryChange change =
        new DirectoryChange(
            action(job.kind()),
            made.source(),
            made.changes(),
            made.site(),
            OptionalLong.of(made.revision()),
            by);
    try {
      switch (writer.write(change, job::done)) {
        case Applied.Done done -> {
          job.applied();
          log.info("directory: preview {} applied by {}: {}", job.id(), by, made.counts());
        }
        case Applied.Moved moved ->
            job.failed(
                "the directory was changed after the preview was made; nothing was written:"
                    + " make another one");
        case Applied.Busy busy ->
            job.failed("another change is being written; nothing was written");
        case Applied.Conflict conflict ->
            job.failed(conflict.staff() + " was changed meanwhile; nothing was written");
      }
    } catch (StoreUnavailableException e) {
      log.warn("directory: preview {} was not applied: {}", job.id(), e.getMessage());
      job.failed("the database cannot be reached; nothing was written");
    } catch (RuntimeException e) {
      log.error("directory: preview {} was not applied", job.id(), e);
      job.failed("the server failed; nothing was written; the fault is in its log");
    }
  }

  private static String action(Kind kind) {
    return switch (kind) {
      case FILE -> "import";
      case DEPARTMENT -> "move-department";
      case DIAL_PLAN -> "dial-plan";
      case LDAP -> "ldap";
    };
  }

  @Override
  public Taken discard(String id) {
    synchronized (jobs) {
      PreviewJob job = jobs.get(id);
      if (job == null) {
        return new Taken.NoSuchPreview();
      }
      if (job.state() == State.APPLYING) {
        return new Taken.Refused("is-applied", "the preview is being applied, expected a wait");
      }
      job.discard();
      jobs.remove(id);
      return new Taken.Done(job.view());
    }
  }

  /** Lets what is being written come to its end. */
  @Override
  public void close() {
    synchronized (jobs) {
      jobs.values().forEach(PreviewJob::discard);
    }
    thread.shutdown();
    try {
      if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a change of the directory is not written after 60 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
