package cti.core.ivr;

import cti.core.desk.Desk;
import cti.core.id.DeskId;
import cti.core.routing.Caller;
import cti.core.routing.TargetStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a flow that {@link FlowValidator} found no fault with, as a pure state machine: a state and
 * an event make the next state and what to do. Whoever carries out the actions needs no knowledge
 * of flows. Immutable, as far as its world is; one serves all calls of a moment.
 */
public final class FlowInterpreter {
  private final Flow flow;
  private final FlowWorld world;
  private final Index index;

  public FlowInterpreter(Flow flow, FlowWorld world, List<Desk> desks) {
    this(flow, world, Index.of(flow, desks));
  }

  FlowInterpreter(Flow flow, FlowWorld world, Index index) {
    this.flow = flow;
    this.world = world;
    this.index = index;
  }

  /** What a flow and its desks are found by: made once a plan, not once a call. */
  record Index(Map<String, Node> nodes, Map<DeskId, Desk> desks) {
    static Index of(Flow flow, List<Desk> desks) {
      Map<String, Node> nodes = new HashMap<>();
      flow.nodes().forEach(node -> nodes.put(node.id(), node));
      Map<DeskId, Desk> byId = new HashMap<>();
      desks.forEach(desk -> byId.put(desk.id(), desk));
      return new Index(nodes, byId);
    }
  }

  /**
   * What came of one event. The last action waits for the next event, or ends the flow.
   *
   * @param taken the ways that led here, in order; for those who count what was tested
   */
  public record Step(FlowState state, List<FlowAction> actions, List<Taken> taken) {
    public Step {
      actions = List.copyOf(actions);
      taken = List.copyOf(taken);
    }

    /** The action that waits or ends. */
    public FlowAction last() {
      return actions.getLast();
    }
  }

  /**
   * A way out of a node that a call took.
   *
   * @param way as {@link Flow#waysOut} names it
   */
  public record Taken(String node, String way) {}

  Flow flow() {
    return flow;
  }

  FlowWorld world() {
    return world;
  }

  Optional<Node> node(String id) {
    return Optional.ofNullable(index.nodes().get(id));
  }

  Optional<Desk> desk(DeskId id) {
    return Optional.ofNullable(index.desks().get(id));
  }

  /** Whether a node is for what may be left, or a prompt before such a node. */
  boolean leads(String id, TargetStep.Offer.Kind kind) {
    Optional<Node> node = node(id);
    if (node.isPresent() && node.get() instanceof Node.Prompt prompt) {
      node = Optional.ofNullable(prompt.exits().get(Exit.NEXT)).flatMap(this::node);
    }
    return node.filter(
            found ->
                switch (kind) {
                  case CALLBACK -> found instanceof Node.Callback;
                  case VOICEMAIL -> found instanceof Node.Voicemail;
                })
        .isPresent();
  }

  /** Whether there is something for the caller when the talk is over. */
  boolean goesOn(Node node) {
    return Optional.ofNullable(node.exits().get(Exit.ANSWERED))
        .flatMap(this::node)
        .filter(next -> !(next instanceof Node.Hangup))
        .isPresent();
  }

  /** A new call. */
  public Step start(Caller caller) {
    FlowWalk walk = new FlowWalk(this, FlowState.at(caller, flow.start(), flow.language()));
    walk.act(new FlowAction.Answer());
    return walk.enter(flow.start());
  }

  /**
   * A call that comes back from a queue, or from a number that was dialled.
   *
   * @param text of {@link FlowAction.EnterQueue} or {@link FlowAction.Dial}
   * @param status how it ended, in the dialplan's words; empty where the gateway did not say
   */
  public Step resume(String text, String status, Caller caller) {
    Optional<Position> at =
        Position.parse(text)
            .filter(parsed -> parsed.flow().equals(flow.id()))
            .filter(parsed -> waits(index.nodes().get(parsed.node())));
    if (at.isEmpty()) {
      return new Step(
          FlowState.at(caller, flow.start(), flow.language()),
          List.of(
              new FlowAction.FallBack(
                  flow.start(), "the call's position is not one of flow " + flow.id())),
          List.of());
    }
    return new FlowWalk(this, stateAt(at.get(), caller)).backWith(status);
  }

  /**
   * A call that the rules lead to what may be left for a desk: it goes where the key of its queue
   * node leads that does the same, and where there is none, where it would after the longest wait.
   *
   * @param text of {@link FlowAction.EnterQueue}
   */
  public Step offered(String text, TargetStep.Offer offer, Caller caller) {
    Optional<Position> at =
        Position.parse(text)
            .filter(parsed -> parsed.flow().equals(flow.id()))
            .filter(parsed -> index.nodes().get(parsed.node()) instanceof Node.Queue);
    if (at.isEmpty()) {
      return resume(text, QueueReturn.TIMEOUT.name(), caller);
    }
    return new FlowWalk(this, stateAt(at.get(), caller)).offered(offer);
  }

  private static boolean waits(Node node) {
    return node instanceof Node.Queue || node instanceof Node.Transfer;
  }

  private FlowState stateAt(Position at, Caller caller) {
    FlowState state =
        FlowState.at(caller, at.node(), at.more().language().orElse(flow.language()))
            .withGreeting()
            .withChoice(at.choice())
            .withKeys(at.more().keys());
    if (at.desk().isPresent()) {
      state = state.withDesk(at.desk().get(), "", "");
    }
    for (Map.Entry<String, String> digits : at.more().digits().entrySet()) {
      state = state.withDigits(digits.getKey(), digits.getValue());
    }
    if (at.more().staff().isPresent()) {
      Caller known = world.identified(caller, at.more().staff().get()).orElse(caller);
      state = state.withCaller(known, at.more().staff().get());
    }
    return state;
  }

  /**
   * A call that goes on.
   *
   * @throws IllegalStateException for an event that the last action cannot lead to
   */
  public Step next(FlowState state, FlowEvent event) {
    FlowWalk walk = new FlowWalk(this, state);
    Node node =
        node(state.node()).orElseThrow(() -> new IllegalStateException("no node " + state.node()));
    return switch (event) {
      case FlowEvent.CallerGone _ -> walk.leave(Exit.HANGUP);
      case FlowEvent.Failed _ -> walk.leave(Exit.ERROR);
      case FlowEvent.Played _, FlowEvent.Done _, FlowEvent.Recorded _ -> walk.leave(Exit.NEXT);
      case FlowEvent.Refused _ -> walk.leave(Exit.REFUSED);
      case FlowEvent.NothingSaid _ -> walk.leave(Exit.NO_INPUT);
      case FlowEvent.Word word -> walk.answeredWith(word.word());
      case FlowEvent.Key key -> walk.keyed(asking(node), key.key());
      case FlowEvent.NoKey _ -> walk.notKeyed(asking(node));
    };
  }

  private static Asking asking(Node node) {
    if (node instanceof Asking asking) {
      return asking;
    }
    throw new IllegalStateException("node " + node.id() + " waits for no key");
  }
}
