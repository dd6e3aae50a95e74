package cti.core.routing;

import cti.core.agent.SeatRole;
import cti.core.calendar.RosterName;
import cti.core.id.DeskId;
import java.time.Duration;
import java.util.Optional;

/**
 * One place that a call may be sent to. A rule has several in order: the next one is tried when one
 * did not take the call within its time limit, or could not. Another site's desk is a desk like any
 * other.
 */
public sealed interface Target {
  /** The longest and shortest time limit of a target. */
  Duration LEAST_LIMIT = Duration.ofSeconds(1);

  Duration MOST_LIMIT = Duration.ofHours(1);

  /** The highest priority in a queue; Asterisk's QUEUE_PRIO, higher first. */
  int MOST_PRIORITY = 100;

  /** The desk that it belongs to; empty for those that belong to none. */
  default Optional<DeskId> ownDesk() {
    return Optional.empty();
  }

  /** In the words of the YAML file, such as desk gz (30 s). */
  String written();

  /**
   * The queue of a desk: free agents of the A role first, the B role when none of them is free or
   * one let it ring.
   *
   * @param limit how long to wait; empty for the desk's own longest wait
   */
  record DeskQueue(DeskId desk, int priority, Optional<Duration> limit) implements Target {
    public DeskQueue {
      checkPriority(priority);
      limit.ifPresent(Target::checkLimit);
    }

    /** As a rule with one desk has it: no priority, the desk's own longest wait. */
    public static DeskQueue of(DeskId desk) {
      return new DeskQueue(desk, 0, Optional.empty());
    }

    @Override
    public Optional<DeskId> ownDesk() {
      return Optional.of(desk);
    }

    @Override
    public String written() {
      return "desk " + desk + limit.map(Target::seconds).orElse("");
    }
  }

  /**
   * The agents of one role of a desk alone (A角 or B角). Passed over at once where none of them is
   * logged on, ready and free.
   */
  record DeskRole(DeskId desk, SeatRole role, int priority, Duration limit) implements Target {
    public DeskRole {
      checkPriority(priority);
      checkLimit(limit);
    }

    @Override
    public Optional<DeskId> ownDesk() {
      return Optional.of(desk);
    }

    @Override
    public String written() {
      return "role " + role + " of desk " + desk + seconds(limit);
    }
  }

  /**
   * The agent who talked to this caller last. Passed over where that is longer ago, not known, or
   * the agent is not ready.
   *
   * @param within how long ago the talk may be, up to 90 days
   */
  record LastAgent(Duration within, Duration limit) implements Target {
    public static final Duration MOST_WITHIN = Duration.ofDays(90);

    public LastAgent {
      checkLimit(limit);
      if (within.compareTo(Duration.ofMinutes(1)) < 0 || within.compareTo(MOST_WITHIN) > 0) {
        throw new IllegalArgumentException(
            "last agent within "
                + within
                + ", expected one minute to "
                + MOST_WITHIN.toDays()
                + " days");
      }
    }

    @Override
    public String written() {
      return "last agent" + seconds(limit);
    }
  }

  /** Whoever is on duty, on that of their numbers. */
  record Duty(RosterName roster, DutyLine line, Duration limit) implements Target {
    public Duty {
      checkLimit(limit);
    }

    @Override
    public String written() {
      return "on duty in " + roster + seconds(limit);
    }
  }

  /** Which number of the person on duty is dialled. */
  enum DutyLine {
    /** The first mobile; the office line of somebody without one. */
    MOBILE,
    /** The first office line; the mobile of somebody without one. */
    OFFICE
  }

  /**
   * A fixed number, dialled through the switch.
   *
   * @param number as people write it without separators, or as the switch takes it: digits, * # +
   *     allowed, 1 to 32
   */
  record Number(String number, Duration limit) implements Target {
    public Number {
      checkLimit(limit);
      if (!number.matches("\\+?[0-9*#]{1,32}")) {
        throw new IllegalArgumentException(
            "number '" + number + "', expected 1 to 32 digits as the switch dials them");
      }
    }

    @Override
    public String written() {
      return "number " + number + seconds(limit);
    }
  }

  /** The caller may leave a number and is called back by the desk. */
  record Callback(DeskId desk) implements Target {
    @Override
    public Optional<DeskId> ownDesk() {
      return Optional.of(desk);
    }

    @Override
    public String written() {
      return "callback by desk " + desk;
    }
  }

  /** The caller may leave a message for the desk. */
  record Voicemail(DeskId desk) implements Target {
    @Override
    public Optional<DeskId> ownDesk() {
      return Optional.of(desk);
    }

    @Override
    public String written() {
      return "voicemail of desk " + desk;
    }
  }

  /**
   * Plays a prompt; then the next target.
   *
   * @param prompt an id of the manifest
   */
  record Announcement(String prompt) implements Target {
    @Override
    public String written() {
      return "announcement " + prompt;
    }
  }

  /** The targets of a named list of the rule set, in its place. */
  record ListOf(String list) implements Target {
    @Override
    public String written() {
      return "list " + list;
    }
  }

  private static String seconds(Duration limit) {
    return " (" + limit.toSeconds() + " s)";
  }

  private static void checkLimit(Duration limit) {
    if (limit.compareTo(LEAST_LIMIT) < 0 || limit.compareTo(MOST_LIMIT) > 0) {
      throw new IllegalArgumentException(
          "time limit of a target is "
              + limit.toSeconds()
              + " s, expected 1 to "
              + MOST_LIMIT.toSeconds()
              + " s");
    }
  }

  private static void checkPriority(int priority) {
    if (priority < 0 || priority > MOST_PRIORITY) {
      throw new IllegalArgumentException(
          "priority of a target is " + priority + ", expected 0 to " + MOST_PRIORITY);
    }
  }
}
