package cti.server.routing;

import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.ivr.CallPlan;
import cti.core.port.Routing;
import cti.core.port.RoutingRecords;
import cti.core.port.StoreUnavailableException;
import cti.core.routing.EarlierCalls;
import cti.core.routing.Facts;
import cti.core.routing.QueueState;
import cti.core.routing.RoutingPlan;
import cti.server.flow.House;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force, in memory: read at the start, replaced whole when one is published. Where the
 * database is away at the start the last good copy stands in until it is back, and without one the
 * rules that are shipped.
 */
public final class PublishedRouting implements Routing {
  private static final Logger log = LoggerFactory.getLogger(PublishedRouting.class);
  private static final Duration FARTHEST = Duration.ofDays(366);

  /** Versions in the last good copy: those that calls in progress may have, and that in force. */
  private static final int MOST_COPIED = 30;

  private static final String SHIPPED_BY = "shipped";

  private final RoutingRecords store;
  private final Surroundings around;
  private final Copies copies;
  private final InstantSource clock;
  private volatile VersionBook book;
  private boolean read;

  /**
   * @param clock tells which version is in force
   */
  public PublishedRouting(
      RoutingRecords store, Surroundings around, Copies copies, InstantSource clock) {
    this.store = store;
    this.around = around;
    this.copies = copies;
    this.clock = clock;
    this.book = VersionBook.of(copies.kept());
  }

  /**
   * The rest of the server, each as it is at the moment.
   *
   * @param plan the flow, with the rules that came with it
   * @param shipped the text of those rules: version 1 of a new database
   */
  public record Surroundings(
      Supplier<CallPlan> plan,
      Supplier<House> house,
      Supplier<DirectoryIndex> directory,
      Supplier<Set<String>> prompts,
      Supplier<String> shipped) {}

  /** Copies that are there while the database is away. */
  public interface Copies {
    /** Those that were kept last; none where nothing was. */
    List<Version> kept();

    void keep(List<Version> versions);
  }

  /** Reads them, or says what stands in for them. */
  public void begin() {
    catchUp();
    if (!read) {
      log.warn(
          "routing by {} until the database is back",
          book.versions().isEmpty() ? "the shipped rules" : "version " + now().version());
    }
  }

  /** Reads what could not be read before; blocks where there is something. */
  public synchronized void catchUp() {
    if (read) {
      return;
    }
    try {
      List<Version> versions = store.versions();
      if (versions.isEmpty()) {
        store.add(shipped(), Optional.empty());
        versions = store.versions();
      }
      take(book.with(versions));
      read = true;
      log.info("routing: version {} of {} is in force", now().version(), versions.size());
    } catch (StoreUnavailableException e) {
      log.debug("the rules are still the last known ones: {}", e.getMessage());
    }
  }

  private Version shipped() {
    String yaml = around.shipped().get();
    Instant now = clock.instant();
    return new Version(
        1,
        yaml,
        RuleText.checksum(yaml),
        SHIPPED_BY,
        "as shipped",
        now,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void take(VersionBook next) {
    book = next;
    List<Version> all = next.versions();
    copies.keep(all.subList(Math.max(0, all.size() - MOST_COPIED), all.size()));
  }

  @Override
  public RoutingPlan now() {
    return inForce(clock.instant());
  }

  private RoutingPlan inForce(Instant at) {
    // Without any version the rules that came with the flow stand in.
    return book.inForce(at).orElseGet(() -> around.plan().get().routing());
  }

  @Override
  public Optional<RoutingPlan> of(int version) {
    return book.plan(version);
  }

  /** The plan for a call that begins now. */
  public CallPlan plan() {
    return around.plan().get().withRouting(now());
  }

  @Override
  public Optional<StaffMember> person(StaffId id) {
    return around.directory().get().byId(id);
  }

  @Override
  public List<Version> versions() {
    return book.versions().reversed();
  }

  @Override
  public Optional<Version> version(int number) {
    return book.version(number);
  }

  @Override
  public List<Draft> drafts() {
    return store.drafts();
  }

  @Override
  public Optional<Draft> draft(String name) {
    return store.draft(name);
  }

  @Override
  public Saved saveDraft(String name, String yaml, int revision, String by) {
    Draft draft = store.save(name, yaml, revision, book.last(), by);
    boolean ours = draft.revision() == revision + 1 && draft.yaml().equals(yaml);
    return ours ? new Saved.Done(draft, check(yaml)) : new Saved.Changed(draft);
  }

  @Override
  public boolean dropDraft(String name, String by) {
    boolean dropped = store.drop(name);
    if (dropped) {
      log.info("routing: draft {} dropped by user={}", name, by);
    }
    return dropped;
  }

  @Override
  public Checked check(String yaml) {
    return read(yaml).checked();
  }

  public RuleText.Read read(String yaml) {
    return RuleText.read(yaml, around.house().get(), around.plan().get(), around.prompts().get());
  }

  @Override
  public synchronized Published publish(
      String draft, String comment, Optional<Instant> at, String by) {
    Optional<Draft> found = store.draft(draft);
    if (found.isEmpty()) {
      return new Published.NoSuchDraft(draft);
    }
    refresh();
    if (found.get().basedOn() != book.last()) {
      return new Published.Outdated(found.get().basedOn(), book.last());
    }
    Instant now = clock.instant();
    if (at.filter(when -> when.isAfter(now.plus(FARTHEST))).isPresent()) {
      return new Published.Refused(
          "it would come into force at " + at.get() + ", expected within a year");
    }
    return add(
        found.get().yaml(),
        comment,
        at.filter(when -> when.isAfter(now)).orElse(now),
        Optional.empty(),
        Optional.of(draft),
        by);
  }

  @Override
  public synchronized Published rollBack(int version, String comment, String by) {
    refresh();
    Optional<Version> found = book.version(version);
    if (found.isEmpty()) {
      return new Published.NoSuchVersion(version);
    }
    return add(
        found.get().yaml(), comment, clock.instant(), Optional.of(version), Optional.empty(), by);
  }

  private Published add(
      String yaml,
      String comment,
      Instant activeFrom,
      Optional<Integer> restores,
      Optional<String> draft,
      String by) {
    Checked checked = check(yaml);
    if (!checked.faults().isEmpty()) {
      return new Published.Faulty(checked.faults());
    }
    int last = book.last();
    Version version =
        new Version(
            book.next(),
            yaml,
            RuleText.checksum(yaml),
            by,
            comment,
            clock.instant(),
            activeFrom,
            last == 0 ? Optional.empty() : Optional.of(last),
            restores,
            Optional.empty());
    if (!store.add(version, draft)) {
      refresh();
      return new Published.Outdated(last, book.last());
    }
    take(book.with(version));
    log.info(
        "routing: version {} published by user={}, in force from {}, checksum {}",
        version.number(),
        by,
        version.activeFrom(),
        version.checksum());
    return new Published.Done(version, checked.warnings());
  }

  @Override
  public synchronized Published withdraw(int version, String by) {
    refresh();
    Optional<Version> found = book.version(version);
    Instant now = clock.instant();
    if (found.isEmpty()) {
      return new Published.NoSuchVersion(version);
    }
    if (!found.get().activeFrom().isAfter(now)) {
      return new Published.Refused(
          "version "
              + version
              + " came into force at "
              + found.get().activeFrom()
              + ", expected one that is still to come; an earlier one is taken up by a rollback");
    }
    if (!store.withdraw(version, now, by)) {
      return new Published.Refused("version " + version + " was taken back already");
    }
    refresh();
    log.info("routing: version {} taken back by user={}", version, by);
    return new Published.Done(book.version(version).orElseThrow(), List.of());
  }

  /** Another server may have published. */
  private void refresh() {
    take(book.with(store.versions()));
    read = true;
  }

  @Override
  public Explained explain(Question question) {
    Instant at = question.at().orElseGet(clock::instant);
    RoutingPlan plan = inForce(at);
    if (question.yaml().isPresent()) {
      RuleText.Read read = read(question.yaml().get());
      if (read.plan().isEmpty()) {
        return new Explained.Faulty(read.checked().faults());
      }
      plan = read.plan().get();
    }
    Map<DeskId, QueueState> queues = new HashMap<>();
    for (QueueGiven given : question.queues()) {
      queues.put(
          given.desk(),
          new QueueState(
              given.waiting(), given.ready(), 0, Duration.ofSeconds(given.longestWaitSeconds())));
    }
    Facts facts =
        new Facts(at, desk -> Optional.ofNullable(queues.get(desk)), EarlierCalls.UNKNOWN);
    String dialled =
        question.dialled().isEmpty()
            ? plan.rules().hotline().stream().sorted().findFirst().orElse("")
            : question.dialled();
    return new ThoughtCall(around.plan().get().withRouting(plan), around.directory().get(), facts)
        .explain(question.from(), dialled, question.keys());
  }
}
