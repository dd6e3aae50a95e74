package cti.core.ivr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A flow that callers go through.
 *
 * @param id also the first part of every resume position
 * @param language of the prompts, zh or en
 * @param start id of the first node
 * @param greeting prompts before the first menu of a call, once; a key during them counts
 * @param nodes in the order of the file
 */
public record Flow(
    String id, String language, String start, List<String> greeting, List<Node> nodes) {
  public Flow {
    greeting = List.copyOf(greeting);
    nodes = List.copyOf(nodes);
  }

  /** The first node with that id. */
  public Optional<Node> node(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  /** A way out of a node: what it is called there, and the node that it leads to. */
  record Way(String name, String to) {}

  /** Every way out of a node, exits first. */
  static List<Way> waysOut(Node node) {
    List<Way> ways = new ArrayList<>();
    node.exits().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(exit -> ways.add(new Way("exits." + exit.getKey().written(), exit.getValue())));
    switch (node) {
      case Node.Menu menu ->
          menu.options().forEach(option -> ways.add(new Way("keys." + option.key(), option.to())));
      case Node.Condition condition -> {
        for (int i = 0; i < condition.cases().size(); i++) {
          ways.add(new Way("cases." + (i + 1), condition.cases().get(i).to()));
        }
      }
      case Node.Prompt _, Node.Route _, Node.Queue _, Node.Hangup _, Node.Fallback _ -> {}
    }
    return ways;
  }
}
