package cti.core.ivr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A flow as nodes and the ways between them; what can be told without running it. */
final class FlowGraph {
  private static final String NO_INPUT = Flow.way(Exit.NO_INPUT);
  private static final Set<String> SILENT =
      Set.of(NO_INPUT, Flow.way(Exit.MAX_NO_INPUT), Flow.way(Exit.ERROR));

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<String> twice = new HashSet<>();
  private final String start;

  FlowGraph(Flow flow) {
    this.start = flow.start();
    for (Node node : flow.nodes()) {
      if (nodes.putIfAbsent(node.id(), node) != null) {
        twice.add(node.id());
      }
    }
  }

  boolean has(String id) {
    return nodes.containsKey(id);
  }

  Optional<Node> node(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  /** Ids that several nodes have. */
  Set<String> twice() {
    return twice;
  }

  Set<String> reached() {
    return reachedFrom(start, node -> false);
  }

  /**
   * All that can be reached; nodes that stop the walk are reached themselves, but not what follows
   * them.
   */
  Set<String> reachedFrom(String from, Predicate<Node> stop) {
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      Node node = nodes.get(open.pop());
      if (node != null && reached.add(node.id()) && !stop.test(node)) {
        Flow.waysOut(node).forEach(way -> open.push(way.to()));
      }
    }
    return reached;
  }

  boolean leadsTo(String from, Predicate<Node> goal) {
    return reachedFrom(from, node -> false).stream().map(nodes::get).anyMatch(goal);
  }

  /**
   * How many menus a caller goes through to hear each menu, itself counted, on the shortest way.
   */
  Map<String, Integer> menuDepths() {
    Map<String, Integer> depths = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    depths.put(start, weight(start));
    while (!open.isEmpty()) {
      String id = open.pop();
      Node node = nodes.get(id);
      if (node == null) {
        continue;
      }
      for (Flow.Way way : Flow.waysOut(node)) {
        int depth = depths.get(id) + weight(way.to());
        if (depth < depths.getOrDefault(way.to(), Integer.MAX_VALUE)) {
          depths.put(way.to(), depth);
          open.add(way.to());
        }
      }
    }
    return depths;
  }

  private int weight(String id) {
    return nodes.get(id) instanceof Asking.Menu ? 1 : 0;
  }

  /**
   * Whether a caller who does nothing can come back to the node for ever. A queue is no wait: a
   * full one returns at once. A question may repeat itself after no key, which its tries bound; it
   * may not come back to itself by another question, whose turn sets the tries back.
   */
  boolean isEndless(Node from) {
    Set<Stride> seen = new HashSet<>();
    Deque<Stride> open = new ArrayDeque<>();
    boolean asks = from instanceof Asking;
    for (Flow.Way way : silentWays(from, true)) {
      open.push(new Stride(way.to(), !(asks && way.name().equals(NO_INPUT))));
    }
    while (!open.isEmpty()) {
      Stride stride = open.pop();
      if (stride.node().equals(from.id()) && stride.endless()) {
        return true;
      }
      Node next = nodes.get(stride.node());
      if (next != null && next != from && seen.add(stride)) {
        boolean endless = stride.endless() || next instanceof Asking;
        silentWays(next, asks).forEach(way -> open.push(new Stride(way.to(), endless)));
      }
    }
    return false;
  }

  private record Stride(String node, boolean endless) {}

  /** The ways that a caller takes without a key; out of a question by waiting where asked for. */
  private static List<Flow.Way> silentWays(Node node, boolean byWaiting) {
    List<Flow.Way> ways = Flow.waysOut(node);
    return switch (node) {
      case Asking asking -> {
        List<Flow.Way> silent = new ArrayList<>();
        for (Flow.Way way : ways) {
          boolean passedOver =
              asking instanceof Asking.Notice && way.name().equals(Flow.way(Exit.NEXT));
          if (passedOver
              || (byWaiting ? SILENT.contains(way.name()) : way.name().equals("exits.error"))) {
            silent.add(way);
          }
        }
        yield silent;
      }
      case Node.Queue _ -> ways.stream().filter(way -> !way.name().startsWith("keys.")).toList();
      case Node.Prompt _,
          Node.Condition _,
          Node.Hours _,
          Node.Route _,
          Node.Callback _,
          Node.Voicemail _,
          Node.Transfer _,
          Node.Webhook _,
          Node.Hangup _,
          Node.Fallback _ ->
          ways;
    };
  }
}
