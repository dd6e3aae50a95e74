package cti.server.runtime;

import cti.core.engine.Command;
import cti.core.engine.Effect;
import cti.core.engine.Engine;
import cti.core.engine.EngineInput;
import cti.core.engine.GatewayAction;
import cti.core.engine.GatewayInput;
import cti.core.engine.Outcome;
import cti.core.engine.Reply;
import cti.core.event.DomainEvent;
import cti.core.id.CallId;
import cti.core.port.GatewayCommands;
import cti.core.port.JournalRecord;
import cti.core.port.Mailbox;
import cti.core.port.PushSink;
import cti.server.event.EventLine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns an engine: takes inputs in order, lets the engine decide, applies and
 * journals the events, hands them to the screens once they are written, and the effects to the
 * gateway once they are on disk. It never waits for I/O.
 */
public final class GatewayLoop implements Mailbox {
  private static final Logger log = LoggerFactory.getLogger(GatewayLoop.class);
  private static final Duration LONGEST_IDLE = Duration.ofMillis(200);
  private static final Duration LOOK_ANEW_EVERY = Duration.ofMinutes(1);

  private final FoldedEngine memory;
  private final Engine engine;
  private final Journal journal;
  private final GatewayCommands commands;
  private final PushSink screens;
  private final InstantSource clock;
  private final EventLine lines;
  private final BlockingQueue<Envelope> mailbox;
  private final LoopTimers timers = new LoopTimers();
  private final AtomicLong handled = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private CallTraceRing traces;
  private Runnable lookAnew = () -> {};
  private boolean missing;
  private Instant lookedAnew = Instant.EPOCH;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean quiet = true;

  private record Envelope(EngineInput input, long receivedNanos, CompletableFuture<Reply> answer) {}

  /**
   * Makes a loop; {@link #start} lets it run.
   *
   * @param memory the engine with the journal already applied; from now on the loop's own
   * @param lines how events are written to the log, one line each
   * @param capacity the most inputs that may wait
   */
  public GatewayLoop(
      FoldedEngine memory,
      Journal journal,
      GatewayCommands commands,
      PushSink screens,
      InstantSource clock,
      EventLine lines,
      int capacity) {
    this.memory = memory;
    this.engine = memory.engine();
    this.journal = journal;
    this.commands = commands;
    this.screens = screens;
    this.clock = clock;
    this.lines = lines;
    this.mailbox = new ArrayBlockingQueue<>(capacity);
    this.thread =
        Thread.ofPlatform()
            .name("gateway-loop")
            .daemon()
            .unstarted(
                () -> {
                  run();
                  memory.tellMemory();
                });
  }

  /**
   * What is done after an input that the engine could not handle, at most once a minute: something
   * that happened is missing in its picture, and a new one of the gateway puts that right; before
   * the start.
   */
  public void lookAnewBy(Runnable taking) {
    lookAnew = taking;
  }

  /** Keeps the steps of calls there; before the start. */
  public void traceInto(CallTraceRing ring) {
    traces = ring;
  }

  public void start() {
    engine.afterReplay(clock.instant()).forEach(this::carryOut);
    quiet = engine.state().calls().isEmpty();
    memory.ownedBy(thread);
    thread.start();
  }

  @Override
  public boolean offer(EngineInput input) {
    return offer(input, 0);
  }

  @Override
  public boolean offer(EngineInput input, long receivedNanos) {
    boolean taken = !stopping && mailbox.offer(new Envelope(input, receivedNanos, null));
    if (!taken) {
      refused.incrementAndGet();
    }
    return taken;
  }

  @Override
  public CompletionStage<Reply> ask(Command command) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    if (stopping) {
      answer.complete(new Reply.Refusal("stopping", "cti-server is stopping, expected a retry"));
    } else if (!journal.failure().isEmpty()) {
      answer.complete(
          new Reply.Refusal("journal-away", "the journal cannot be written: " + journal.failure()));
    } else if (!mailbox.offer(new Envelope(command, 0, answer))) {
      refused.incrementAndGet();
      answer.complete(
          new Reply.Refusal("overloaded", mailbox.size() + " inputs wait, expected a retry"));
    }
    return answer;
  }

  public int waiting() {
    return mailbox.size();
  }

  public long handled() {
    return handled.get();
  }

  /** No call is under way. */
  public boolean quiet() {
    return quiet;
  }

  /** Inputs that were turned away because the mailbox was full. */
  public long refused() {
    return refused.get();
  }

  private void run() {
    while (true) {
      try {
        memory.tellMemory();
        if (!journal.awaitRoom(LONGEST_IDLE)) {
          // Inputs wait in the mailbox, and behind it in the gateway, until the disk is back.
          if (stopping) {
            return;
          }
          continue;
        }
        Envelope next = mailbox.poll(timers.idle(LONGEST_IDLE).toNanos(), TimeUnit.NANOSECONDS);
        if (next != null) {
          handle(next);
        } else if (stopping) {
          return;
        }
        dueTimers();
        lookAnewWhereDue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void dueTimers() throws InterruptedException {
    while (timers.due() && journal.awaitRoom(Duration.ZERO)) {
      timers.take().ifPresent(timer -> handle(new Envelope(timer, 0, null)));
    }
  }

  private void lookAnewWhereDue() {
    Instant now = clock.instant();
    if (missing && !now.isBefore(lookedAnew.plus(LOOK_ANEW_EVERY))) {
      missing = false;
      lookedAnew = now;
      log.warn("a new picture of the gateway is asked for, since an input was not handled");
      lookAnew.run();
    }
  }

  private void handle(Envelope envelope) {
    Outcome outcome;
    Instant now = clock.instant();
    Optional<CallId> about = traces == null ? Optional.empty() : engine.about(envelope.input());
    try {
      outcome = engine.handle(envelope.input(), now);
      outcome.events().forEach(engine::apply);
    } catch (RuntimeException e) {
      log.error("the engine could not handle {}", envelope.input(), e);
      missing = true;
      if (envelope.answer() != null) {
        envelope.answer().complete(new Reply.Refusal("internal", "the engine failed; see the log"));
      }
      return;
    }
    handled.incrementAndGet();
    quiet = engine.state().calls().isEmpty();
    List<GatewayAction> actions = new ArrayList<>();
    for (Effect effect : outcome.effects()) {
      switch (effect) {
        case Effect.Act act -> actions.add(act.action());
        case Effect.Arm arm -> arm(arm);
        case Effect.Warn warn -> log.warn("{}", warn.message());
      }
    }
    CallTraceRing.Actions asked = CallTraceRing.Actions.of(actions);
    if (outcome.events().isEmpty() && actions.isEmpty()) {
      trace(now, envelope.input(), about, List.of(), asked, outcome.reply());
      answer(envelope, outcome);
      return;
    }
    // Nobody sees what a kill could still make undone; nobody is answered and no gateway does what
    // a
    // loss of power could. Actions without events go the same way, so that they keep their order.
    List<JournalRecord> records =
        journal.append(
            outcome.events(),
            written -> show(written, envelope.receivedNanos()),
            durable -> {
              answer(envelope, outcome);
              for (int i = 0; i < actions.size(); i++) {
                act(actions.get(i), asked, i);
              }
            },
            () -> write(outcome.events()));
    if (!records.isEmpty()) {
      memory.folded(records.getLast().sequence());
    }
    trace(now, envelope.input(), about, records, asked, outcome.reply());
  }

  private void trace(
      Instant now,
      EngineInput input,
      Optional<CallId> about,
      List<JournalRecord> records,
      CallTraceRing.Actions asked,
      Optional<Reply> reply) {
    if (traces != null) {
      traces.take(now, input, about, records, asked, reply);
    }
  }

  private void arm(Effect.Arm arm) {
    timers.arm(Duration.between(clock.instant(), arm.due()), arm.timer());
  }

  /** A fault of whoever watches stops no call. */
  private void show(List<JournalRecord> records, long receivedNanos) {
    if (records.isEmpty()) {
      return;
    }
    try {
      screens.published(records, receivedNanos);
    } catch (RuntimeException e) {
      log.error("records from {} on could not be shown", records.getFirst().sequence(), e);
    }
  }

  /** To the log, by the journal's thread when screens and gateway know: lines cost time. */
  private void write(List<DomainEvent> events) {
    try {
      if (log.isInfoEnabled()) {
        events.forEach(event -> log.info("{}", lines.of(event)));
      }
    } catch (RuntimeException e) {
      log.error("events beginning with {} could not be written to the log", events.getFirst(), e);
    }
  }

  private static void answer(Envelope envelope, Outcome outcome) {
    if (envelope.answer() != null) {
      envelope
          .answer()
          .complete(
              outcome
                  .reply()
                  .orElseGet(() -> new Reply.Refusal("internal", "the engine gave no reply")));
    }
  }

  /** Timers that are armed; those that are void count until they are due. */
  public int timers() {
    return timers.armed();
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Act act -> act(act.action(), CallTraceRing.Actions.of(List.of(act.action())), 0);
      case Effect.Arm arm -> arm(arm);
      case Effect.Warn warn -> log.warn("{}", warn.message());
    }
  }

  private void act(GatewayAction action, CallTraceRing.Actions asked, int index) {
    CompletionStage<Optional<GatewayCommands.Failure>> performed;
    try {
      performed = commands.perform(action);
    } catch (RuntimeException e) {
      log.error("{} could not be asked for", action, e);
      performed =
          CompletableFuture.completedFuture(
              Optional.of(GatewayCommands.Failure.refused(e.toString())));
    }
    performed.thenAccept(
        failure -> {
          asked.answered(index, failure.map(GatewayCommands.Failure::message).orElse("done"));
          failure.ifPresent(why -> failed(action, why));
        });
  }

  private void failed(GatewayAction action, GatewayCommands.Failure why) {
    boolean told =
        offer(
            new GatewayInput.ActionFailed(
                action.gateway(), clock.instant(), action, why.message(), why.answered()));
    if (!told) {
      log.error("{} failed and the engine could not be told: {}", action, why.message());
    }
  }

  /** Handles what waits, then ends. */
  public void close() throws InterruptedException {
    stopping = true;
    thread.join(Duration.ofSeconds(10));
    for (Envelope left = mailbox.poll(); left != null; left = mailbox.poll()) {
      if (left.answer() != null) {
        left.answer().complete(new Reply.Refusal("stopping", "cti-server is stopping"));
      }
    }
  }
}
