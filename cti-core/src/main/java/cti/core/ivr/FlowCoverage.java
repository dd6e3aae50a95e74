package cti.core.ivr;

import cti.core.ivr.FlowInterpreter.Taken;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of a flow's ways out were taken by the calls of a test. Those that no call can take do not
 * count: {@code no_input} and {@code no_match} of a question with one try, the {@code max_} of one
 * that is not asked again after the first, and {@code error} of nodes that wait for nothing, which
 * is there for a desk that is gone.
 */
public final class FlowCoverage {
  private final Flow flow;
  private final FlowGraph graph;
  private final Set<Taken> taken = new HashSet<>();

  public FlowCoverage(Flow flow) {
    this.flow = flow;
    this.graph = new FlowGraph(flow);
  }

  public void add(List<Taken> ways) {
    taken.addAll(ways);
  }

  /** Every way of the flow that no call took, as node and way. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (Node node : flow.nodes()) {
      for (Flow.Way way : possible(node)) {
        if (!taken.contains(new Taken(node.id(), way.name()))) {
          missing.add(node.id() + "." + way.name());
        }
      }
    }
    return missing;
  }

  public int ways() {
    return flow.nodes().stream().mapToInt(node -> possible(node).size()).sum();
  }

  private List<Flow.Way> possible(Node node) {
    Set<Exit> impossible =
        switch (node) {
          case Asking asking -> impossible(asking);
          case Node.Route _, Node.Hours _ -> Set.of(Exit.ERROR);
          default -> Set.of();
        };
    Set<String> names = impossible.stream().map(Flow::way).collect(Collectors.toSet());
    return Flow.waysOut(node).stream().filter(way -> !names.contains(way.name())).toList();
  }

  public int covered() {
    return ways() - missing().size();
  }

  private Set<Exit> impossible(Asking asking) {
    Set<Exit> impossible = EnumSet.noneOf(Exit.class);
    addOneOf(asking, Exit.NO_INPUT, Exit.MAX_NO_INPUT, impossible);
    addOneOf(asking, Exit.NO_MATCH, Exit.MAX_NO_MATCH, impossible);
    return impossible;
  }

  /** With one try there is no other; after another question the tries begin anew. */
  private void addOneOf(Asking asking, Exit again, Exit max, Set<Exit> impossible) {
    String to = asking.exits().get(again);
    if (asking.tries() == 1) {
      impossible.add(again);
    } else if (to != null
        && !graph.reachedFrom(to, node -> node instanceof Asking).contains(asking.id())) {
      impossible.add(max);
    }
  }
}
