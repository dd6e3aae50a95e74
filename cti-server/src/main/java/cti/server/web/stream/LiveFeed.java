package cti.server.web.stream;

import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.StaffId;
import cti.core.port.Incidents;
import cti.core.port.JournalReader;
import cti.core.port.JournalRecord;
import cti.core.port.MissedCases;
import cti.core.port.PushSink;
import cti.server.web.http.Fault;
import cti.server.web.http.Json;
import cti.server.web.http.Problem;
import cti.server.web.http.SignedIn;
import cti.server.web.http.StoreThreads;
import cti.server.web.view.IncidentView;
import cti.server.web.view.NoteView;
import cti.server.web.view.Views;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The push side: takes the journal's records from the loop, keeps its own picture of what is so
 * now, and hands frames to the outboxes of whoever subscribed. All of it on one thread of its own.
 *
 * <p>The queue in front of that thread holds at most 8,192 batches. Where it is full the loop does
 * not wait: the batch is left out and read from the journal's disk afterwards.
 */
public final class LiveFeed implements PushSink {
  private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
  private static final int QUEUE = 8_192;
  private static final int RING = 4_096;
  private static final Duration INCIDENTS_WITHIN = Duration.ofSeconds(5);
  private static final long LOOK_EVERY_MILLIS = 250;

  /** So many batches are looked at before what they bring is handed over. */
  private static final int BATCHES_TOGETHER = 64;

  /** So many clients are told what was gathered before the feed looks for news again. */
  private static final int CLIENTS_AT_A_TIME = 512;

  private final String epoch;
  private final InstantSource clock;
  private final JournalReader journal;
  private final EarlierIncidents incidents;
  private final LivePicture picture;
  private final FrameRing ring = new FrameRing(RING);
  private final Subscribers subscribers = new Subscribers();
  private final BlockingQueue<Work> queue;
  private final Thread thread;

  private final MissedCaseWatch missed;
  private final Snapshots snapshots;

  /** The newest record that the loop handed over, taken or left out. */
  private volatile long newest;

  private volatile boolean stopping;

  /** What is asked of stores, and on which threads. */
  public record Asked(Incidents incidents, MissedCases missedCases, StoreThreads threads) {}

  /** What the feed's thread does. */
  private sealed interface Work {
    record Take(List<JournalRecord> records, long receivedNanos) implements Work {}

    record Run(Runnable task) implements Work {}
  }

  /**
   * Makes a feed that is not started yet.
   *
   * @param epoch names this run of the server; a client of another run gets a snapshot
   */
  public LiveFeed(
      String epoch, InstantSource clock, JournalReader journal, Asked asked, Views views) {
    this(epoch, clock, journal, asked, views, QUEUE);
  }

  LiveFeed(
      String epoch,
      InstantSource clock,
      JournalReader journal,
      Asked asked,
      Views views,
      int queue) {
    this.epoch = epoch;
    this.clock = clock;
    this.journal = journal;
    this.incidents =
        new EarlierIncidents(
            asked.incidents(),
            asked.threads(),
            (call, came) -> run(() -> incidentsCame(call, came)) || stopping);
    this.picture = new LivePicture(views, this::loadIncidents);
    this.missed = new MissedCaseWatch(asked.missedCases(), asked.threads(), views, this::casesCame);
    this.snapshots = new Snapshots(picture, missed, epoch);
    this.queue = new ArrayBlockingQueue<>(queue);
    this.thread = Thread.ofPlatform().name("cti-web-feed").unstarted(this::work);
  }

  /** Folds a record of earlier runs; only before {@link #start}, in order. */
  public void restore(JournalRecord record) {
    if (thread.getState() != Thread.State.NEW) {
      throw new IllegalStateException("the feed has started, expected restore before start");
    }
    if (record.sequence() <= picture.seq()) {
      return;
    }
    try {
      picture.apply(record, System.nanoTime());
    } catch (RuntimeException e) {
      log.error("web: the feed survived a fault at record {}", record.sequence(), e);
    }
  }

  /** Takes up what a checkpoint kept; only before {@link #start}, before any record. */
  public void restore(long sequence, LivePicture.Memory memory) {
    picture.restore(sequence, memory);
    newest = sequence;
  }

  /** A picture and the last record in it. */
  public record Kept(long sequence, LivePicture.Memory picture) {}

  /**
   * What screens know now, to be kept; told by the feed's thread, or at once where it has ended.
   */
  public CompletableFuture<Kept> memory() {
    if (!thread.isAlive()) {
      return CompletableFuture.completedFuture(new Kept(picture.seq(), picture.memory()));
    }
    return ask(live -> new Kept(live.seq(), live.memory()));
  }

  public void start() {
    thread.start();
  }

  /** Ends the feed's thread; what was not handed out yet is dropped. */
  public void stop() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void published(List<JournalRecord> records, long receivedNanos) {
    if (!queue.offer(new Work.Take(List.copyOf(records), receivedNanos))) {
      log.debug("web: the feed's queue is full, a batch is left for the journal");
    }
    if (!records.isEmpty()) {
      newest = records.getLast().sequence();
    }
  }

  /**
   * Asks the picture on the feed's thread; fails with a {@link Fault} busy where there is no room.
   */
  public <T> CompletableFuture<T> ask(Function<LivePicture, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    boolean taken =
        run(
            () -> {
              try {
                answer.complete(question.apply(picture));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    if (!taken) {
      answer.completeExceptionally(new Fault(Problem.busy()));
    }
    return answer;
  }

  /**
   * Tells whoever supervises and watches the gateway something that is on no record.
   *
   * @param kind of the notice
   * @param reason for people; may be empty
   */
  public void tellSupervisors(String kind, String reason) {
    boolean taken =
        run(() -> hand(Notices.ofServer(picture.seq(), clock.instant(), kind, reason), 0));
    if (!taken && !stopping) {
      log.warn("web: the feed's queue is full, supervisors are not told {}", kind);
    }
  }

  /**
   * Tells people what somebody has to say, or says no longer.
   *
   * @param desks only whoever sees one of these; empty for everybody
   */
  public void note(NoteView note, Set<DeskId> desks, boolean withdrawn) {
    if (!run(() -> hand(Notices.note(picture.seq(), note, desks, withdrawn), 0)) && !stopping) {
      log.warn("web: the feed's queue is full, note {} is told when pages ask", note.id());
    }
  }

  /** Tells an agent what a supervisor did to them. */
  void tellAgent(Notices.SetBy set) {
    if (!run(() -> hand(Notices.setBy(picture.seq(), clock.instant(), set), 0)) && !stopping) {
      log.warn("web: the feed's queue is full, agent {} is not told {}", set.agent(), set.kind());
    }
  }

  private boolean run(Runnable task) {
    return !stopping && queue.offer(new Work.Run(task));
  }

  /** Names and seats of the catalog, for any thread. */
  Views views() {
    return picture.views();
  }

  /** Asks about what somebody sees. */
  public <T> CompletableFuture<T> ask(SignedIn who, BiFunction<LivePicture, Scope, T> question) {
    return ask(live -> question.apply(live, Scope.of(who, live)));
  }

  /** Where a client was when it lost its stream. */
  record ResumePoint(String epoch, long seq) {}

  /**
   * Subscribes, or changes what is subscribed to; false where the feed has no room.
   *
   * @param gather whether changes come gathered
   */
  boolean subscribe(
      StreamClient client, Set<Topic> topics, boolean gather, Optional<ResumePoint> resume) {
    return run(() -> begin(client, topics, gather, resume));
  }

  boolean unsubscribe(StreamClient client) {
    return run(() -> subscribers.remove(client));
  }

  /** Answers a ping behind everything that was published before it; false as in subscribe. */
  boolean pong(StreamClient client) {
    return run(
        () -> {
          subscribers.deliverAll(client, System.nanoTime());
          client.send(Parcel.message(Json.bytes(new ServerFrame.Pong(clock.instant()))));
        });
  }

  private void begin(
      StreamClient client, Set<Topic> topics, boolean gather, Optional<ResumePoint> resume) {
    if (topics.contains(Topic.MISSED_CASES)) {
      missed.want();
    }
    Interest interest = new Interest(topics, Scope.of(client.who(), picture), gather);
    Listeners group = subscribers.put(client, interest, picture.seq(), System.nanoTime());
    Optional<ResumePoint> here = resume.filter(point -> point.epoch().equals(epoch));
    Optional<List<Frame>> missed = here.flatMap(point -> ring.after(point.seq(), picture.seq()));
    if (missed.isPresent()) {
      int replayed = group.replay(client, here.get().seq(), missed.get());
      client.send(Parcel.message(Json.bytes(live(true, replayed))));
    } else {
      show(client, group);
    }
  }

  private void show(StreamClient client, Listeners group) {
    client.send(
        Parcel.messages(
            List.of(
                new Parcel.Part("", snapshots.json(group.interest(), clock.instant())),
                new Parcel.Part("", Json.bytes(live(false, 0)))),
            0));
  }

  private ServerFrame live(boolean resumed, int replayed) {
    return new ServerFrame.Live(epoch, picture.seq(), clock.instant(), resumed, replayed);
  }

  private void work() {
    long look = System.nanoTime();
    picture.pops().askAgain(look);
    int together = 0;
    while (!stopping) {
      try {
        Work work = queue.poll(patience(), TimeUnit.NANOSECONDS);
        switch (work) {
          case Work.Take(List<JournalRecord> records, long receivedNanos) ->
              take(records, receivedNanos);
          case Work.Run(Runnable task) -> task.run();
          case null -> {
            // Nothing to do but look whether something is overdue.
          }
        }
        together++;
        if (queue.isEmpty() || together >= BATCHES_TOGETHER) {
          together = 0;
          handOver();
        }
        if (picture.seq() < newest && queue.isEmpty()) {
          log.warn("web: the feed's queue was full; it reads what it missed from the journal");
          catchUp();
        }
        if (System.nanoTime() - look > TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS)) {
          look = System.nanoTime();
          giveUpOverdueIncidents(look);
          missed.look(look);
          // Names in a snapshot come from the catalog, which changes without a record.
          snapshots.forget();
        }
      } catch (InterruptedException e) {
        if (stopping) {
          return;
        }
      } catch (RuntimeException e) {
        log.error("web: the feed survived a fault at record {}", picture.seq(), e);
      }
    }
  }

  private long patience() {
    long longest = TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS);
    return subscribers.untilDue(System.nanoTime(), longest);
  }

  private void handOver() {
    subscribers.deliver();
    subscribers.deliverDue(System.nanoTime(), CLIENTS_AT_A_TIME);
  }

  private void take(List<JournalRecord> records, long receivedNanos) {
    for (JournalRecord record : records) {
      if (record.sequence() > picture.seq() + 1) {
        catchUp();
      }
      if (record.sequence() > picture.seq() + 1) {
        // What was left out is not on disk yet: read later, with this one, and never passed over.
        return;
      }
      fold(record, receivedNanos);
    }
  }

  private void catchUp() {
    journal.read(picture.seq(), record -> fold(record, 0));
  }

  private void fold(JournalRecord record, long receivedNanos) {
    if (record.sequence() <= picture.seq()) {
      return;
    }
    for (Frame frame : picture.apply(record, System.nanoTime())) {
      hand(frame, receivedNanos);
    }
    LivePicture.scopeChanged(record.event())
        .ifPresent(
            agent ->
                subscribers.rescope(
                    agent,
                    who -> Scope.of(who, picture),
                    picture.seq(),
                    System.nanoTime(),
                    this::show));
  }

  private void casesCame(MissedCaseWatch.News news) {
    if (!run(() -> missed.take(picture.seq(), news).forEach(frame -> hand(frame, 0)))) {
      log.warn("web: missed cases changed, but the feed has no room");
    }
  }

  /** Missed cases that changed on record; from any thread, never blocks. */
  public void missedCasesChanged(Set<MissedCaseId> cases) {
    missed.changed(cases);
  }

  private void hand(Frame frame, long receivedNanos) {
    snapshots.forget();
    ring.add(frame);
    subscribers.hand(frame, receivedNanos, System.nanoTime());
  }

  private void loadIncidents(CallId call, List<StaffId> matches, String number) {
    if (thread.getState() != Thread.State.NEW) {
      incidents.ask(call, matches, number);
    }
  }

  private void incidentsCame(CallId call, Optional<List<IncidentView>> came) {
    picture.pops().loaded(picture.seq(), call, came).forEach(frame -> hand(frame, 0));
  }

  private void giveUpOverdueIncidents(long nowNanos) {
    for (CallId call : picture.pops().overdue(nowNanos, INCIDENTS_WITHIN)) {
      log.warn("web: call={} earlier incidents did not come within {}", call, INCIDENTS_WITHIN);
      incidentsCame(call, Optional.empty());
    }
  }

  /** The newest record that there is, folded or about to be. */
  public long newest() {
    return newest;
  }

  public String epoch() {
    return epoch;
  }

  /** Batches and questions that wait for the feed's thread. */
  public int waiting() {
    return queue.size();
  }
}
