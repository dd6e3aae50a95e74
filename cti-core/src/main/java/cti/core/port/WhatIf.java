package cti.core.port;

import cti.core.id.CallId;
import cti.core.port.CallHistory.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What other rules would have done with the calls of the past. */
public interface WhatIf {
  /** The longest period, in days. */
  int MOST_DAYS = 92;

  /** So many changed calls are listed; further ones are only counted. */
  int MOST_LISTED = 20_000;

  /**
   * Begins to replay the calls of a period against a text, compared with the rules that are in
   * force now.
   *
   * @param name for people, such as the draft's
   */
  Started start(String name, String yaml, Period period, String by);

  /** How it stands; empty for one that is forgotten: the last few are kept. */
  Optional<Progress> progress(String id);

  /**
   * Changed calls in the order in which they began.
   *
   * @param from of the list, from 0
   */
  List<Change> changes(String id, int from, int limit);

  /** What came of the wish. */
  sealed interface Started {
    record Running(String id) implements Started {}

    /** One at a time. */
    record Busy(String id) implements Started {}

    record Faulty(List<String> faults) implements Started {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }
  }

  /**
   * How a replay stands.
   *
   * @param calls of the period that rules decided
   * @param done so far
   * @param same whose outcome would be the same
   * @param changed whose outcome would be another
   * @param open whose outcome depends on what cannot be known of the past
   * @param unknowable what that is, such as the queue of a desk; in the words of the explanation
   * @param fault why it broke off; empty while all is well
   */
  record Progress(
      String id,
      String name,
      Period period,
      int comparedWith,
      String by,
      Instant startedAt,
      Optional<Instant> endedAt,
      long calls,
      long done,
      long same,
      long changed,
      long open,
      List<String> unknowable,
      Optional<String> fault) {
    public Progress {
      unknowable = List.copyOf(unknowable);
    }
  }

  /**
   * A call with another outcome.
   *
   * @param happened the rule and desk on record
   * @param before what the rules in force say: rule, desk, targets
   * @param after what the text says
   * @param open what it depends on that is not known; empty where nothing
   */
  record Change(
      CallId call,
      Instant at,
      String callingNumber,
      String happened,
      String before,
      String after,
      Optional<String> open) {}
}
