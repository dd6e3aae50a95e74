package cti.server.runtime;

import cti.core.engine.EngineInput;
import cti.core.engine.GatewayAction;
import cti.core.engine.GatewayInput;
import cti.core.engine.Reply;
import cti.core.event.AgentEvent;
import cti.core.event.AgentEvent.AgentAnswerFound;
import cti.core.event.AgentEvent.AgentBusy;
import cti.core.event.AgentEvent.AgentRingMissed;
import cti.core.event.AgentEvent.AgentWorkingAfterCall;
import cti.core.event.CallEvent;
import cti.core.event.CallerEvent;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent;
import cti.core.event.RecordingEvent;
import cti.core.event.SupervisorEvent;
import cti.core.id.CallId;
import cti.core.port.CallTraces;
import cti.core.port.JournalRecord;
import cti.server.event.EventLine;
import cti.server.event.RecordLine;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last steps of each call, as the loop takes them. Bounds: {@link #STEPS_OF_A_CALL} steps a
 * call, {@link #STEPS} over all; where these are reached, the call that was touched least lately is
 * forgotten as a whole. A step holds an input, its events and actions, which is less than a
 * kilobyte: 16 MiB at most. What is large (a snapshot) is kept by name only. Text is made when
 * somebody asks.
 */
public final class CallTraceRing implements CallTraces {
  static final int STEPS_OF_A_CALL = 64;
  static final int STEPS = 16_384;

  private final EventLine events;
  private final RecordLine inputs;
  private final Map<CallId, Ring> rings = new LinkedHashMap<>(16, 0.75f, true);
  private int kept;

  private static final class Ring {
    private final Deque<Taken> steps = new ArrayDeque<>();
    private long forgotten;
  }

  /** A step of one call. */
  private record Taken(
      Instant at,
      Object input,
      List<JournalRecord> records,
      Actions actions,
      Optional<Reply> reply) {}

  /** What a step asked of the gateway; the answers come later, by other threads. */
  static final class Actions {
    static final Actions NONE = new Actions(List.of());

    private final List<GatewayAction> asked;
    private final AtomicReferenceArray<String> answers;

    static Actions of(List<GatewayAction> asked) {
      return asked.isEmpty() ? NONE : new Actions(asked);
    }

    private Actions(List<GatewayAction> asked) {
      this.asked = List.copyOf(asked);
      this.answers = new AtomicReferenceArray<>(asked.size());
    }

    void answered(int index, String answer) {
      answers.set(index, answer);
    }
  }

  /**
   * @param events how events are written
   * @param maskNumbers whether numbers in inputs and actions are masked
   */
  public CallTraceRing(EventLine events, boolean maskNumbers) {
    this.events = events;
    this.inputs = new RecordLine(maskNumbers);
  }

  /**
   * Takes a step.
   *
   * @param about the call that the input names
   * @param records its events
   */
  synchronized void take(
      Instant at,
      EngineInput input,
      Optional<CallId> about,
      List<JournalRecord> records,
      Actions actions,
      Optional<Reply> reply) {
    if (about.isEmpty() && records.isEmpty()) {
      return;
    }
    Set<CallId> calls = new LinkedHashSet<>();
    about.ifPresent(calls::add);
    records.forEach(record -> callOf(record.event()).ifPresent(calls::add));
    boolean one = calls.size() == 1;
    for (CallId call : calls) {
      List<JournalRecord> own =
          one
              ? records
              : records.stream()
                  .filter(record -> callOf(record.event()).equals(Optional.of(call)))
                  .toList();
      add(
          call,
          new Taken(at, one ? slim(input) : name(input), own, one ? actions : Actions.NONE, reply));
    }
  }

  private void add(CallId call, Taken step) {
    Ring ring = rings.computeIfAbsent(call, id -> new Ring());
    ring.steps.addLast(step);
    kept++;
    if (ring.steps.size() > STEPS_OF_A_CALL) {
      ring.steps.removeFirst();
      ring.forgotten++;
      kept--;
    }
    var oldest = rings.entrySet().iterator();
    while (kept > STEPS && oldest.hasNext()) {
      kept -= oldest.next().getValue().steps.size();
      oldest.remove();
    }
  }

  private static Optional<CallId> callOf(DomainEvent event) {
    return switch (event) {
      case CallEvent e -> Optional.of(e.call());
      case RecordingEvent e -> Optional.of(e.call());
      case CallerEvent e -> Optional.of(e.call());
      case SupervisorEvent e -> Optional.of(e.call());
      case AgentBusy e -> Optional.of(e.call());
      case AgentWorkingAfterCall e -> Optional.of(e.call());
      case AgentRingMissed e -> Optional.of(e.call());
      case AgentAnswerFound e -> Optional.of(e.call());
      case AgentEvent _, GatewayEvent _ -> Optional.empty();
    };
  }

  private static Object slim(EngineInput input) {
    return switch (input) {
      case GatewayInput.Snapshot _, GatewayInput.Looked _, GatewayInput.CallFound _ -> name(input);
      default -> input;
    };
  }

  private static String name(EngineInput input) {
    return input.getClass().getSimpleName();
  }

  /** Steps that are kept now. */
  public synchronized int kept() {
    return kept;
  }

  /** Calls of which some are. */
  public synchronized int calls() {
    return rings.size();
  }

  @Override
  public Optional<Trace> of(CallId call) {
    List<Taken> steps;
    long forgotten;
    synchronized (this) {
      Ring ring = rings.get(call);
      if (ring == null) {
        return Optional.empty();
      }
      steps = List.copyOf(ring.steps);
      forgotten = ring.forgotten;
    }
    return Optional.of(new Trace(call, forgotten, steps.stream().map(this::step).toList()));
  }

  private Step step(Taken taken) {
    String input = taken.input() instanceof Record record ? inputs.of(record) : "" + taken.input();
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < taken.actions().asked.size(); i++) {
      asked.add(
          new Asked(
              inputs.of((Record) taken.actions().asked.get(i)),
              Optional.ofNullable(taken.actions().answers.get(i))));
    }
    return new Step(
        taken.at(),
        input,
        taken.records().stream()
            .map(
                record ->
                    new Recorded(record.sequence(), record.event().at(), events.of(record.event())))
            .toList(),
        asked,
        taken.reply().map(reply -> inputs.of((Record) reply)));
  }
}
