package cti.core.ivr;

import cti.core.id.DeskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A step of a flow. Nodes name each other by id; {@code exits} says where each way out leads. A
 * node may be built with exits missing or dangling: {@link FlowValidator} says so, and the
 * interpreter is only given flows without faults.
 */
public sealed interface Node {
  String id();

  Map<Exit, String> exits();

  /** The exits that this kind of node must have; it may have no others. */
  Set<Exit> expectedExits();

  /** The prompts that it plays, by id. */
  default List<String> prompts() {
    return List.of();
  }

  /** Plays prompts, one after the other. */
  record Prompt(String id, List<String> prompts, Map<Exit, String> exits) implements Node {
    public static final Set<Exit> EXITS = Set.of(Exit.NEXT, Exit.HANGUP, Exit.ERROR);

    public Prompt {
      prompts = List.copyOf(prompts);
      exits = Map.copyOf(exits);
    }

    @Override
    public Set<Exit> expectedExits() {
      return EXITS;
    }
  }

  /**
   * Plays prompts and waits for one key; a key during a prompt counts.
   *
   * @param keyWait how long to wait for a key after the last prompt, 1 s to 60 s
   * @param tries 1 to 10, counted separately for no key and for a wrong key
   */
  record Menu(
      String id,
      List<String> prompts,
      Duration keyWait,
      int tries,
      List<Option> options,
      Map<Exit, String> exits)
      implements Node {
    public static final Set<Exit> EXITS =
        Set.of(
            Exit.NO_INPUT,
            Exit.NO_MATCH,
            Exit.MAX_NO_INPUT,
            Exit.MAX_NO_MATCH,
            Exit.HANGUP,
            Exit.ERROR);

    public Menu {
      prompts = List.copyOf(prompts);
      options = List.copyOf(options);
      exits = Map.copyOf(exits);
      if (keyWait.compareTo(Duration.ofSeconds(1)) < 0
          || keyWait.compareTo(Duration.ofSeconds(60)) > 0) {
        throw new IllegalArgumentException(
            "wait of menu " + id + " is " + keyWait + ", expected 1 s to 60 s");
      }
      if (tries < 1 || tries > 10) {
        throw new IllegalArgumentException(
            "tries of menu " + id + " is " + tries + ", expected 1 to 10");
      }
    }

    @Override
    public Set<Exit> expectedExits() {
      return EXITS;
    }

    /** The option of a key. */
    Optional<Option> option(String key) {
      return options.stream().filter(option -> option.key().equals(key)).findFirst();
    }

    /**
     * A key of the menu.
     *
     * @param key one of 0-9 * #
     * @param choice what it means, for the rules; empty where it only leads on
     */
    public record Option(String key, Optional<String> choice, String to) {
      public Option {
        if (!key.matches("[0-9*#]")) {
          throw new IllegalArgumentException("key '" + key + "', expected one of 0-9 * #");
        }
      }
    }
  }

  /** Goes on by what is known of the call: the first case that holds, else {@code otherwise}. */
  record Condition(String id, List<Case> cases, Map<Exit, String> exits) implements Node {
    public static final Set<Exit> EXITS = Set.of(Exit.OTHERWISE);

    public Condition {
      cases = List.copyOf(cases);
      exits = Map.copyOf(exits);
    }

    @Override
    public Set<Exit> expectedExits() {
      return EXITS;
    }

    /** Where to go when the test holds. */
    public record Case(CallerTest test, String to) {}
  }

  /** Asks the rules for a desk. */
  record Route(String id, Map<Exit, String> exits) implements Node {
    public static final Set<Exit> EXITS = Set.of(Exit.DECIDED, Exit.UNDECIDED, Exit.ERROR);

    public Route {
      exits = Map.copyOf(exits);
    }

    @Override
    public Set<Exit> expectedExits() {
      return EXITS;
    }
  }

  /**
   * Sends the call to a desk's queue.
   *
   * @param desk empty for the desk that the rules gave
   * @param priority Asterisk's queue priority, 0 to 100, higher first
   */
  record Queue(String id, Optional<DeskId> desk, int priority, Map<Exit, String> exits)
      implements Node {
    public static final Set<Exit> EXITS =
        Set.of(
            Exit.ANSWERED,
            Exit.TIMEOUT,
            Exit.FULL,
            Exit.NO_AGENTS,
            Exit.LEFT_BY_KEY,
            Exit.WITHDRAWN,
            Exit.HANGUP,
            Exit.ERROR);

    public Queue {
      exits = Map.copyOf(exits);
      if (priority < 0 || priority > 100) {
        throw new IllegalArgumentException(
            "priority of queue " + id + " is " + priority + ", expected 0 to 100");
      }
    }

    @Override
    public Set<Exit> expectedExits() {
      return EXITS;
    }
  }

  /** Ends the call. */
  record Hangup(String id) implements Node {
    @Override
    public Map<Exit, String> exits() {
      return Map.of();
    }

    @Override
    public Set<Exit> expectedExits() {
      return Set.of();
    }
  }

  /** Leaves the call to the gateway's own static queue. */
  record Fallback(String id) implements Node {
    @Override
    public Map<Exit, String> exits() {
      return Map.of();
    }

    @Override
    public Set<Exit> expectedExits() {
      return Set.of();
    }
  }
}
