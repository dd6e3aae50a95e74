package cti.core.ivr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A flow that callers go through.
 *
 * @param version from 1; 0 for one that was never published
 * @param id also the first part of every resume position
 * @param language of the prompts until a menu changes it, zh or en
 * @param start id of the first node
 * @param greeting prompts before the first question of a call, once; a key during them counts
 * @param alwaysOpen whether its desks are staffed round the clock, so that no hours need be asked
 * @param nodes in the order of the file
 */
public record Flow(
    int version,
    String id,
    String language,
    String start,
    List<String> greeting,
    boolean alwaysOpen,
    List<Node> nodes) {
  public Flow {
    greeting = List.copyOf(greeting);
    nodes = List.copyOf(nodes);
  }

  /** One that was never published. */
  public Flow(
      String id,
      String language,
      String start,
      List<String> greeting,
      boolean alwaysOpen,
      List<Node> nodes) {
    this(0, id, language, start, greeting, alwaysOpen, nodes);
  }

  public Flow withVersion(int other) {
    return new Flow(other, id, language, start, greeting, alwaysOpen, nodes);
  }

  /** Whether a node tells callers of their wait. */
  public boolean tellsOfQueues() {
    return nodes.stream()
        .anyMatch(
            node ->
                node instanceof Node.Queue queue && !queue.says().equals(Node.Queue.Says.NOTHING));
  }

  /** Versions that calls in progress may still have. */
  @FunctionalInterface
  public interface Versions {
    /** Empty where it is not known any more. */
    Optional<Flow> of(int version);
  }

  /** The first node with that id. */
  public Optional<Node> node(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  /** A way out of a node: what it is called there, and the node that it leads to. */
  public record Way(String name, String to) {}

  /** Every way out of a node, exits first. */
  public static List<Way> waysOut(Node node) {
    List<Way> ways = new ArrayList<>();
    node.exits().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(exit -> ways.add(new Way(way(exit.getKey()), exit.getValue())));
    switch (node) {
      case Asking.Menu menu ->
          menu.options().forEach(option -> ways.add(new Way(keyWay(option.key()), option.to())));
      case Node.Queue queue ->
          queue.keys().forEach(key -> ways.add(new Way(keyWay(key.key()), key.to())));
      case Node.Condition condition -> {
        for (int i = 0; i < condition.cases().size(); i++) {
          ways.add(new Way(caseWay(i), condition.cases().get(i).to()));
        }
      }
      case Node.Webhook webhook ->
          webhook.cases().forEach(word -> ways.add(new Way(wordWay(word.word()), word.to())));
      case Asking.Collect _,
          Asking.Lookup _,
          Asking.Survey _,
          Asking.Notice _,
          Node.Prompt _,
          Node.Hours _,
          Node.Route _,
          Node.Callback _,
          Node.Voicemail _,
          Node.Transfer _,
          Node.Hangup _,
          Node.Fallback _ -> {}
    }
    return ways;
  }

  static String way(Exit exit) {
    return "exits." + exit.written();
  }

  static String keyWay(String key) {
    return "keys." + key;
  }

  static String caseWay(int index) {
    return "cases." + (index + 1);
  }

  static String wordWay(String word) {
    return "words." + word;
  }
}
