package cti.core.ivr;

import cti.core.desk.Desk;
import cti.core.id.DeskId;
import cti.core.ivr.FlowState.Tries;
import cti.core.routing.Caller;
import cti.core.routing.Decision;
import cti.core.routing.Facts;
import cti.core.routing.RouteRequest;
import cti.core.routing.RoutingPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a flow that {@link FlowValidator} found no fault with, as a pure state machine: a state and
 * an event make the next state and what to do. Immutable; one serves all calls.
 */
public final class FlowInterpreter {
  /** More nodes than this without waiting for the caller: the flow runs in a circle. */
  private static final int MOST_MOVES = 100;

  private final Flow flow;
  private final Map<String, Node> nodes = new HashMap<>();
  private final RoutingPlan routing;
  private final Map<DeskId, Desk> desks = new HashMap<>();

  public FlowInterpreter(Flow flow, RoutingPlan routing, List<Desk> desks) {
    this.flow = flow;
    this.routing = routing;
    flow.nodes().forEach(node -> nodes.put(node.id(), node));
    desks.forEach(desk -> this.desks.put(desk.id(), desk));
  }

  /** What came of one event. The last action waits for the next event, or ends the flow. */
  public record Step(FlowState state, List<FlowAction> actions) {
    public Step {
      actions = List.copyOf(actions);
    }

    /** The action that waits or ends. */
    public FlowAction last() {
      return actions.getLast();
    }
  }

  /** A new call. */
  public Step start(Caller caller, Facts facts) {
    Walk walk = new Walk(FlowState.at(caller, facts, flow.start()));
    walk.actions.add(new FlowAction.Answer());
    return walk.enter(flow.start());
  }

  /**
   * A call that comes back from a queue.
   *
   * @param position the text of {@link FlowAction.EnterQueue}
   * @param status how the queue ended; empty where the gateway did not say
   */
  public Step resume(String position, Optional<QueueReturn> status, Caller caller, Facts facts) {
    Optional<Position> at =
        Position.parse(position)
            .filter(parsed -> parsed.flow().equals(flow.id()))
            .filter(parsed -> nodes.get(parsed.node()) instanceof Node.Queue);
    if (at.isEmpty()) {
      return new Step(
          FlowState.at(caller, facts, flow.start()),
          List.of(
              new FlowAction.FallBack(
                  flow.start(), "position '" + position + "' is not one of flow " + flow.id())));
    }
    FlowState state =
        FlowState.at(caller, facts, at.get().node())
            .withKey("", at.get().choice())
            .withDesk(at.get().desk(), "", "");
    return new Walk(state).leave(status.map(QueueReturn::exit).orElse(Exit.ERROR));
  }

  /**
   * A call that goes on.
   *
   * @throws IllegalStateException for an event that the last action cannot lead to
   */
  public Step next(FlowState state, FlowEvent event) {
    Walk walk = new Walk(state);
    return switch (event) {
      case FlowEvent.CallerGone _ -> walk.leave(Exit.HANGUP);
      case FlowEvent.Failed _ -> walk.leave(Exit.ERROR);
      case FlowEvent.Played _ -> walk.leave(Exit.NEXT);
      case FlowEvent.Key key -> walk.answered(menu(state), key.key());
      case FlowEvent.NoKey _ -> walk.unanswered(menu(state));
    };
  }

  private Node.Menu menu(FlowState state) {
    if (nodes.get(state.node()) instanceof Node.Menu menu) {
      return menu;
    }
    throw new IllegalStateException("node " + state.node() + " waits for no key");
  }

  /** One step under way. */
  private final class Walk {
    private final List<FlowAction> actions = new ArrayList<>();
    private FlowState state;
    private int moves;

    Walk(FlowState state) {
      this.state = state;
    }

    Step answered(Node.Menu menu, String key) {
      actions.add(new FlowAction.NoteKeys(menu.id(), key));
      Optional<Node.Menu.Option> option = menu.option(key);
      if (option.isPresent()) {
        state = state.withKey(key, option.get().choice());
        return enter(option.get().to());
      }
      Tries tries = triesOf(menu);
      state = state.withTries(new Tries(menu.id(), tries.noInput(), tries.noMatch() + 1));
      return tries.noMatch() + 1 < menu.tries() ? leave(Exit.NO_MATCH) : giveUp(Exit.MAX_NO_MATCH);
    }

    Step unanswered(Node.Menu menu) {
      actions.add(new FlowAction.NoteKeys(menu.id(), ""));
      Tries tries = triesOf(menu);
      state = state.withTries(new Tries(menu.id(), tries.noInput() + 1, tries.noMatch()));
      return tries.noInput() + 1 < menu.tries() ? leave(Exit.NO_INPUT) : giveUp(Exit.MAX_NO_INPUT);
    }

    private Tries triesOf(Node.Menu menu) {
      return state.tries().menu().equals(menu.id()) ? state.tries() : Tries.NONE;
    }

    private Step giveUp(Exit exit) {
      state = state.withTries(Tries.NONE);
      return leave(exit);
    }

    Step leave(Exit exit) {
      Node node = nodes.get(state.node());
      String to = node.exits().get(exit);
      if (exit == Exit.HANGUP) {
        state = state.withNode(to == null ? node.id() : to);
        return end(new FlowAction.Quit());
      }
      if (to == null) {
        return end(
            new FlowAction.FallBack(
                node.id(), "node " + node.id() + " has no exit " + exit.written()));
      }
      return enter(to);
    }

    Step enter(String id) {
      Node node = nodes.get(id);
      if (node == null || ++moves > MOST_MOVES) {
        return end(
            new FlowAction.FallBack(
                state.node(),
                node == null ? "no node " + id : "runs in a circle through node " + id));
      }
      state = state.withNode(id);
      return switch (node) {
        case Node.Prompt prompt -> end(new FlowAction.Play(flow.language(), prompt.prompts()));
        case Node.Menu menu -> ask(menu);
        case Node.Condition condition -> branch(condition);
        case Node.Route _ -> route();
        case Node.Queue queue -> queue(queue);
        case Node.Hangup hangup -> end(new FlowAction.HangUp(hangup.id()));
        case Node.Fallback fallback ->
            end(new FlowAction.FallBack(fallback.id(), "the flow leads to node " + fallback.id()));
      };
    }

    private Step ask(Node.Menu menu) {
      List<String> prompts = new ArrayList<>(state.greeted() ? List.of() : flow.greeting());
      prompts.addAll(menu.prompts());
      state = state.withGreeting();
      return end(new FlowAction.Ask(flow.language(), prompts, menu.keyWait()));
    }

    private Step branch(Node.Condition condition) {
      for (Node.Condition.Case branch : condition.cases()) {
        boolean holds =
            switch (branch.test()) {
              case CallerTest.KindIs test -> test.kinds().contains(state.caller().kind());
              case CallerTest.DeskIs test ->
                  state.desk().filter(test.desks()::contains).isPresent();
            };
        if (holds) {
          return enter(branch.to());
        }
      }
      return leave(Exit.OTHERWISE);
    }

    private Step route() {
      RouteRequest request =
          new RouteRequest(state.caller(), state.choice(), state.keys(), state.facts());
      return switch (routing.decide(request)) {
        case Decision.Decided decided -> {
          state = state.withDesk(decided.desk(), decided.rule(), decided.explanation().line());
          yield leave(desks.containsKey(decided.desk()) ? Exit.DECIDED : Exit.ERROR);
        }
        case Decision.Undecided _ -> leave(Exit.UNDECIDED);
      };
    }

    private Step queue(Node.Queue queue) {
      if (queue.desk().isPresent()) {
        String from = state.desk().map(desk -> ", coming from desk " + desk).orElse("");
        state =
            state.withDesk(
                queue.desk().get(),
                "flow:" + queue.id(),
                "node " + queue.id() + " of the flow names the desk" + from);
      }
      Optional<Desk> desk = state.desk().map(desks::get);
      if (desk.isEmpty()) {
        return leave(Exit.ERROR);
      }
      Position position = new Position(flow.id(), queue.id(), desk.get().id(), state.choice());
      return end(
          new FlowAction.EnterQueue(
              desk.get(),
              queue.priority(),
              desk.get().longestWait(),
              state.rule(),
              state.explanation(),
              position.text()));
    }

    private Step end(FlowAction action) {
      actions.add(action);
      return new Step(state, actions);
    }
  }
}
