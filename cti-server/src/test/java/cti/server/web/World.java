package cti.server.web;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.engine.AgentCommand;
import cti.core.engine.AgentCommand.BecomeNotReady;
import cti.core.engine.AgentCommand.BecomeReady;
import cti.core.engine.AgentCommand.ExtendWrapUp;
import cti.core.engine.AgentCommand.LogOff;
import cti.core.engine.AgentCommand.LogOn;
import cti.core.engine.CallCommand;
import cti.core.engine.CallbackCommand;
import cti.core.engine.Command;
import cti.core.engine.EngineInput;
import cti.core.engine.LiveState;
import cti.core.engine.Reply;
import cti.core.engine.SupervisorCommand;
import cti.core.event.AgentEvent;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent;
import cti.core.event.SupervisorEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.ListeningId;
import cti.core.port.JournalReader;
import cti.core.port.JournalRecord;
import cti.core.port.Mailbox;
import cti.core.port.PushSink;
import cti.core.supervision.ActBy;
import cti.core.supervision.ListeningMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A small world for the web side: desks, agents, staff, and a journal whose records a test makes
 * happen. It stands where the engine stands; it keeps no rules but the plainest.
 */
final class World extends Office implements Mailbox, JournalReader {
  static final GatewayId GATEWAY = new GatewayId("gw1");

  private final InstantSource clock;
  private final List<JournalRecord> journal = new ArrayList<>();
  private final LiveState state = new LiveState();

  /** The last record that the disk has; reads give none after it. */
  volatile long durable = Long.MAX_VALUE;

  final AtomicInteger reads = new AtomicInteger();
  private PushSink sink = (records, nanos) -> {};

  World(InstantSource clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  void pushTo(PushSink next) {
    sink = next;
  }

  /** Puts events on the journal and hands them to the push side, as the loop does. */
  synchronized void happen(DomainEvent... events) {
    happenAfterBytes(0, events);
  }

  synchronized void happenAfterBytes(long receivedNanos, DomainEvent... events) {
    sink.published(append(events), receivedNanos);
  }

  /** Puts events on the journal that the push side is not told of. */
  synchronized List<JournalRecord> append(DomainEvent... events) {
    List<JournalRecord> records = new ArrayList<>();
    for (DomainEvent event : events) {
      state.apply(event);
      JournalRecord record = new JournalRecord(journal.size() + 1, event);
      journal.add(record);
      records.add(record);
    }
    return records;
  }

  synchronized long sequence() {
    return journal.size();
  }

  synchronized List<JournalRecord> journal() {
    return List.copyOf(journal);
  }

  @Override
  public void read(long sequence, Consumer<JournalRecord> each) {
    journal().stream()
        .filter(record -> record.sequence() > sequence && record.sequence() <= durable)
        .forEach(each);
    reads.incrementAndGet();
  }

  // Gateway and agents.

  void gatewayLive() {
    happen(new GatewayEvent.GatewayLive(GATEWAY, clock.instant(), "Asterisk 22"));
  }

  void gatewayLost() {
    happen(new GatewayEvent.GatewayLost(GATEWAY, clock.instant(), "connection reset"));
  }

  void logOn(AgentId agent, String extension, DeskId... desks) {
    happen(
        new AgentEvent.AgentLoggedOn(
            agent, clock.instant(), new Extension(extension), Set.of(desks)),
        new AgentEvent.AgentReady(agent, clock.instant()));
  }

  @Override
  public boolean offer(EngineInput input) {
    return false;
  }

  /** What was asked for in calls. */
  final List<CallCommand> callCommands = new CopyOnWriteArrayList<>();

  /** What was asked for of callbacks. */
  final List<CallbackCommand> callbackCommands = new CopyOnWriteArrayList<>();

  /** What supervisors asked for in the calls of others. */
  final List<SupervisorCommand> supervisorCommands = new CopyOnWriteArrayList<>();

  /** A phone rings for a supervisor who wants to listen to the agent's talk. */
  SupervisorEvent.ListeningAsked asked(SupervisorCommand.Listen command, boolean told) {
    return new SupervisorEvent.ListeningAsked(
        new ListeningId("cti-ear-" + supervisorCommands.size()),
        state
            .agent(command.agent())
            .flatMap(AgentStatus::call)
            .orElse(new CallId("call-of-" + command.agent())),
        clock.instant(),
        command.agent(),
        state.agent(command.agent()).flatMap(status -> status.desks().stream().findFirst()),
        command.extension(),
        command.mode(),
        told,
        command.by().user(),
        command.by().name());
  }

  /** The same to the first agent's, by a supervisor of the tests. */
  void supervisorListens(boolean told) {
    happen(
        asked(
            new SupervisorCommand.Listen(
                AGENT_1,
                new Extension("8090"),
                ListeningMode.LISTEN,
                new ActBy("supervisor", "班长0001", Optional.empty())),
            told));
  }

  /** Whether commands are left without a reply. */
  volatile boolean silent;

  @Override
  public synchronized CompletionStage<Reply> ask(Command command) {
    if (silent) {
      return new CompletableFuture<>();
    }
    Reply reply =
        switch (command) {
          case AgentCommand ofAgent -> decide(ofAgent);
          case CallCommand inCall -> {
            callCommands.add(inCall);
            yield new Reply.Accepted();
          }
          case CallbackCommand ofCallback -> {
            callbackCommands.add(ofCallback);
            yield new Reply.Accepted();
          }
          case SupervisorCommand supervising -> {
            supervisorCommands.add(supervising);
            if (supervising instanceof SupervisorCommand.Listen e) {
              happen(asked(e, true));
            }
            yield new Reply.Accepted();
          }
        };
    return CompletableFuture.completedFuture(reply);
  }

  private Reply decide(AgentCommand command) {
    if (agents().stream().noneMatch(agent -> agent.id().equals(command.agent()))) {
      return new Reply.Refusal("no-such-agent", "agent " + command.agent() + " is not known");
    }
    Instant now = clock.instant();
    AgentStatus status =
        state.agent(command.agent()).orElse(AgentStatus.loggedOff(command.agent(), now));
    return switch (command) {
      case LogOn e -> {
        Optional<AgentId> there = state.agentAt(e.extension());
        if (there.isPresent() && !there.get().equals(e.agent())) {
          yield new Reply.Refusal(
              "extension-taken", "extension " + e.extension() + " is used by " + there.get());
        }
        happen(new AgentEvent.AgentLoggedOn(e.agent(), now, e.extension(), e.desks()));
        yield new Reply.Accepted();
      }
      case LogOff e -> {
        happen(new AgentEvent.AgentLoggedOff(e.agent(), now, e.reason()));
        yield new Reply.Accepted();
      }
      case ExtendWrapUp e ->
          status
              .call()
              .map(
                  call ->
                      state(
                          status,
                          new AgentEvent.AgentWrapUpExtended(
                              e.agent(), now, call, status.wrapUpUntil().orElse(now), 1)))
              .orElseGet(
                  () -> new Reply.Refusal("not-in-wrap-up", "agent " + e.agent() + " is in none"));
      case BecomeReady e -> state(status, new AgentEvent.AgentReady(e.agent(), now));
      case BecomeNotReady e ->
          state(status, new AgentEvent.AgentNotReady(e.agent(), now, e.reason()));
      case AgentCommand.OfRecording e ->
          new Reply.Refusal("no-talk", "agent " + e.agent() + " is in no talk");
    };
  }

  private Reply state(AgentStatus status, AgentEvent event) {
    if (status.state() == AgentState.LOGGED_OFF) {
      return new Reply.Refusal(
          "not-logged-on", "agent " + status.agent() + " is logged off, expected logged on");
    }
    happen(event);
    return new Reply.Accepted();
  }

  // Calls.

  TestCall call(String id) {
    return new TestCall(this, new CallId(id));
  }
}
