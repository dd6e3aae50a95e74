package cti.core.ivr;

import static cti.core.ivr.Exit.ADDED;
import static cti.core.ivr.Exit.ANSWERED;
import static cti.core.ivr.Exit.BUSY;
import static cti.core.ivr.Exit.CLOSED;
import static cti.core.ivr.Exit.DECIDED;
import static cti.core.ivr.Exit.ERROR;
import static cti.core.ivr.Exit.FULL;
import static cti.core.ivr.Exit.HANGUP;
import static cti.core.ivr.Exit.LEFT_BY_KEY;
import static cti.core.ivr.Exit.MAX_NO_INPUT;
import static cti.core.ivr.Exit.MAX_NO_MATCH;
import static cti.core.ivr.Exit.NEXT;
import static cti.core.ivr.Exit.NO_AGENTS;
import static cti.core.ivr.Exit.NO_ANSWER;
import static cti.core.ivr.Exit.NO_INPUT;
import static cti.core.ivr.Exit.NO_MATCH;
import static cti.core.ivr.Exit.OPEN;
import static cti.core.ivr.Exit.OTHERWISE;
import static cti.core.ivr.Exit.REFUSED;
import static cti.core.ivr.Exit.TIMEOUT;
import static cti.core.ivr.Exit.UNAVAILABLE;
import static cti.core.ivr.Exit.UNDECIDED;
import static cti.core.ivr.Exit.WITHDRAWN;

import cti.core.id.DeskId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A step of a flow. Nodes name each other by id; {@code exits} says where each way out leads. A
 * node may be built with exits missing or dangling: {@link FlowValidator} says so, and the
 * interpreter is only given flows without faults.
 */
public sealed interface Node
    permits Asking,
        Node.Prompt,
        Node.Condition,
        Node.Hours,
        Node.Route,
        Node.Queue,
        Node.Callback,
        Node.Voicemail,
        Node.Transfer,
        Node.Webhook,
        Node.Hangup,
        Node.Fallback {
  String id();

  Map<Exit, String> exits();

  /** The exits that this kind of node must have; it may have no others. */
  default Set<Exit> expectedExits() {
    return exitsOf(kind());
  }

  /** What {@code type} says of it in a file. */
  default String kind() {
    return switch (this) {
      case Asking.Menu _ -> "menu";
      case Asking.Collect _ -> "collect";
      case Asking.Lookup _ -> "lookup";
      case Asking.Survey _ -> "survey";
      case Asking.Notice _ -> "notice";
      case Prompt _ -> "prompt";
      case Condition _ -> "condition";
      case Hours _ -> "hours";
      case Route _ -> "route";
      case Queue _ -> "queue";
      case Callback _ -> "callback";
      case Voicemail _ -> "voicemail";
      case Transfer _ -> "transfer";
      case Webhook _ -> "webhook";
      case Hangup _ -> "hangup";
      case Fallback _ -> "fallback";
    };
  }

  /** The exits of a kind of node; none for a kind that there is not. */
  static Set<Exit> exitsOf(String kind) {
    return switch (kind) {
      case "menu" -> EnumSet.of(NO_INPUT, NO_MATCH, MAX_NO_INPUT, MAX_NO_MATCH, HANGUP, ERROR);
      case "collect", "lookup", "survey" ->
          EnumSet.of(NEXT, NO_INPUT, NO_MATCH, MAX_NO_INPUT, MAX_NO_MATCH, HANGUP, ERROR);
      case "notice" ->
          EnumSet.of(ADDED, NEXT, NO_INPUT, NO_MATCH, MAX_NO_INPUT, MAX_NO_MATCH, HANGUP, ERROR);
      case "prompt" -> EnumSet.of(NEXT, HANGUP, ERROR);
      case "condition" -> EnumSet.of(OTHERWISE);
      case "hours" -> EnumSet.of(OPEN, CLOSED, ERROR);
      case "route" -> EnumSet.of(DECIDED, UNDECIDED, ERROR);
      case "queue" ->
          EnumSet.of(ANSWERED, TIMEOUT, FULL, NO_AGENTS, LEFT_BY_KEY, WITHDRAWN, HANGUP, ERROR);
      case "callback" -> EnumSet.of(NEXT, REFUSED, HANGUP, ERROR);
      case "voicemail" -> EnumSet.of(NEXT, NO_INPUT, HANGUP, ERROR);
      case "transfer" -> EnumSet.of(ANSWERED, BUSY, NO_ANSWER, UNAVAILABLE, HANGUP, ERROR);
      case "webhook" -> EnumSet.of(OTHERWISE, HANGUP, ERROR);
      default -> EnumSet.noneOf(Exit.class);
    };
  }

  /** The prompts that it plays, by id. */
  default List<String> prompts() {
    return List.of();
  }

  /** Plays prompts, one after the other. */
  record Prompt(String id, List<String> prompts, Map<Exit, String> exits) implements Node {
    public Prompt {
      prompts = List.copyOf(prompts);
      exits = Map.copyOf(exits);
    }
  }

  /** Goes on by what is known of the call: the first case that holds, else {@code otherwise}. */
  record Condition(String id, List<Case> cases, Map<Exit, String> exits) implements Node {
    public Condition {
      cases = List.copyOf(cases);
      exits = Map.copyOf(exits);
    }

    /** Where to go when the test holds. */
    public record Case(CallerTest test, String to) {}
  }

  /**
   * Whether a desk works now. A desk without hours always does.
   *
   * @param desk empty for the desk that the call was given; then a call whose rule says itself what
   *     becomes of it out of hours takes {@code open} too
   */
  record Hours(String id, Optional<DeskId> desk, Map<Exit, String> exits) implements Node {
    public Hours {
      exits = Map.copyOf(exits);
    }
  }

  /** Asks the rules for a desk. */
  record Route(String id, Map<Exit, String> exits) implements Node {
    public Route {
      exits = Map.copyOf(exits);
    }
  }

  /**
   * Sends the call to a desk's queue.
   *
   * @param desk empty for the desk that the rules gave
   * @param priority Asterisk's queue priority, 0 to 100, higher first
   * @param says what the caller is told before the wait
   * @param keys that leave the queue while waiting, and where they lead
   */
  record Queue(
      String id,
      Optional<DeskId> desk,
      int priority,
      Says says,
      List<LeaveKey> keys,
      Map<Exit, String> exits)
      implements Node {
    /** The keys that the shipped dialplan lets out of a queue: [cti-queue-keys]. */
    public static final Set<String> LEAVE_KEYS = Set.of("1", "2");

    /** Which of our own figures the caller hears; without figures nothing is said. */
    public record Says(boolean position, boolean expectedWait) {
      public static final Says NOTHING = new Says(false, false);
    }

    /** A key that leaves the queue. */
    public record LeaveKey(String key, String to) {}

    public Queue {
      keys = List.copyOf(keys);
      exits = Map.copyOf(exits);
      if (priority < 0 || priority > 100) {
        throw new IllegalArgumentException(
            "priority of queue " + id + " is " + priority + ", expected 0 to 100");
      }
    }

    public Queue(String id, Optional<DeskId> desk, int priority, Map<Exit, String> exits) {
      this(id, desk, priority, Says.NOTHING, List.of(), exits);
    }
  }

  /**
   * Notes that the caller is to be called back, in their place in the queue.
   *
   * @param desk empty for the desk that the call was given
   * @param number the name of digits that a collect node kept; empty for the caller's own number
   */
  record Callback(
      String id, Optional<DeskId> desk, Optional<String> number, Map<Exit, String> exits)
      implements Node {
    public Callback {
      exits = Map.copyOf(exits);
    }
  }

  /**
   * Records a message for a desk; the hash ends it. Who hangs up has left one too.
   *
   * @param desk empty for the desk that the call was given
   * @param longest 5 s to 10 min
   */
  record Voicemail(
      String id,
      Optional<DeskId> desk,
      List<String> prompts,
      Duration longest,
      Map<Exit, String> exits)
      implements Node {
    public Voicemail {
      prompts = List.copyOf(prompts);
      exits = Map.copyOf(exits);
      if (longest.compareTo(Duration.ofSeconds(5)) < 0
          || longest.compareTo(Duration.ofMinutes(10)) > 0) {
        throw new IllegalArgumentException(
            "longest message of " + id + " is " + longest + ", expected 5 s to 10 min");
      }
    }
  }

  /**
   * Dials a number through the switch and connects the caller with it.
   *
   * @param number digits as the switch takes them, 2 to 32
   * @param ring how long it may ring, 5 s to 120 s
   */
  record Transfer(String id, String number, Duration ring, Map<Exit, String> exits)
      implements Node {
    public Transfer {
      exits = Map.copyOf(exits);
      if (!number.matches("[+]?[0-9*#]{2,32}")) {
        throw new IllegalArgumentException(
            "number of transfer " + id + " is '" + number + "', expected 2 to 32 digits");
      }
      if (ring.compareTo(Duration.ofSeconds(5)) < 0
          || ring.compareTo(Duration.ofSeconds(120)) > 0) {
        throw new IllegalArgumentException(
            "ring of transfer " + id + " is " + ring + ", expected 5 s to 120 s");
      }
    }
  }

  /**
   * Asks another system, which answers with a word.
   *
   * @param hook its name in the configuration of the server
   * @param cases where each word leads
   */
  record Webhook(String id, String hook, List<Word> cases, Map<Exit, String> exits)
      implements Node {
    public Webhook {
      cases = List.copyOf(cases);
      exits = Map.copyOf(exits);
    }

    /** Where to go with an answer. */
    public record Word(String word, String to) {}
  }

  /** Ends the call. */
  record Hangup(String id) implements Node {
    @Override
    public Map<Exit, String> exits() {
      return Map.of();
    }
  }

  /** Leaves the call to the gateway's own static queue. */
  record Fallback(String id) implements Node {
    @Override
    public Map<Exit, String> exits() {
      return Map.of();
    }
  }
}
