package cti.core.port;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Whole days, held against the gateway's logs once more when all of them is over. Never blocks. */
public interface DayChecks {
  /** How it stands. */
  State state();

  /**
   * Asks for a day to be checked, as soon as the link and the database are there.
   *
   * @param day that is over in the server's zone
   */
  Answer ask(LocalDate day);

  /** What came of asking. */
  enum Answer {
    ACCEPTED,
    /** Another day is being checked, or waits to be. */
    BUSY,
    /** It is not over yet. */
    NOT_OVER,
    /** No log of the gateway is configured. */
    NOT_CONFIGURED
  }

  /**
   * @param underWay the day that is being checked, or waits to be
   * @param last the day that was checked last, by the time of checking
   * @param days checked since the start of the server
   * @param told calls told by such checks since the start of the server
   */
  record State(Optional<LocalDate> underWay, Optional<Day> last, long days, long told) {
    static final State NONE = new State(Optional.empty(), Optional.empty(), 0, 0);
  }

  /**
   * One checked day.
   *
   * @param calls that the logs tell of
   * @param told those that were missing on record, or not whole
   * @param different those that were seen, and the logs say something else
   * @param lostTrack those whose end the logs do not tell either
   */
  record Day(LocalDate day, Instant checkedAt, int calls, int told, int different, int lostTrack) {}

  /** Where no log is configured. */
  DayChecks NOT_CONFIGURED =
      new DayChecks() {
        @Override
        public State state() {
          return State.NONE;
        }

        @Override
        public Answer ask(LocalDate day) {
          return Answer.NOT_CONFIGURED;
        }
      };
}
