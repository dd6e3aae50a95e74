package cti.core.ivr;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Numbers, times and places in a queue, as lists of prompts that are played one after the other.
 * Chinese where the language is zh, English otherwise. Pure.
 */
public final class Speech {
  /** The largest number that is spoken as one; longer ones are read digit by digit. */
  public static final long LARGEST = 99_999_999;

  private static final String PREFIX = "say-";
  private static final String HUNDRED = PREFIX + "hundred";
  private static final String THOUSAND = PREFIX + "thousand";
  private static final String MILLION = PREFIX + "million";
  private static final String TEN_THOUSAND = PREFIX + "ten-thousand";
  private static final String PAIR = PREFIX + "pair";
  private static final String POSITION_FIRST = "queue-first";
  private static final String POSITION_BEFORE = "queue-position";
  private static final String POSITION_AFTER = "queue-position-end";
  private static final String WAIT = "queue-wait";
  private static final String MINUTE = "say-minute";
  private static final String MINUTES = "say-minutes";
  private static final String UNDER_A_MINUTE = "queue-wait-under-a-minute";
  private static final String OVER_AN_HOUR = "queue-wait-over-an-hour";
  private static final String O_CLOCK = "say-o-clock";
  private static final String HOUR_MARK = "say-hour-mark";
  private static final String MINUTE_MARK = "say-minute-mark";
  private static final String OH = "say-oh";
  private static final String MORNING = "say-morning";
  private static final String AFTERNOON = "say-afternoon";

  private Speech() {}

  /** Every prompt that can come up here; a manifest has them all. */
  public static List<String> prompts() {
    return Stream.concat(
            Stream.concat(
                IntStream.rangeClosed(0, 20).mapToObj(n -> PREFIX + n),
                IntStream.rangeClosed(3, 9).mapToObj(n -> PREFIX + n * 10)),
            Stream.of(
                HUNDRED,
                THOUSAND,
                MILLION,
                TEN_THOUSAND,
                PAIR,
                POSITION_FIRST,
                POSITION_BEFORE,
                POSITION_AFTER,
                WAIT,
                MINUTE,
                MINUTES,
                UNDER_A_MINUTE,
                OVER_AN_HOUR,
                O_CLOCK,
                HOUR_MARK,
                MINUTE_MARK,
                OH,
                MORNING,
                AFTERNOON))
        .toList();
  }

  private static boolean chinese(String language) {
    return language.equals("zh");
  }

  /**
   * A whole number, as in counting.
   *
   * @throws IllegalArgumentException below 0 or above {@link #LARGEST}
   */
  public static List<String> number(String language, long number) {
    if (number < 0 || number > LARGEST) {
      throw new IllegalArgumentException(
          "number " + number + " cannot be spoken, expected 0 to " + LARGEST);
    }
    List<String> prompts = new ArrayList<>();
    if (chinese(language)) {
      chineseNumber(number, prompts);
    } else {
      englishNumber(number, prompts);
    }
    return prompts;
  }

  /** A number of things: in Chinese two of them are 两, not 二. */
  private static List<String> count(String language, long number) {
    return chinese(language) && number == 2 ? List.of(PAIR) : number(language, number);
  }

  /** Digits one by one, such as a number to call back; anything else in the text is left out. */
  public static List<String> digits(String text) {
    return text.chars().filter(c -> c >= '0' && c <= '9').mapToObj(c -> PREFIX + (char) c).toList();
  }

  /** A time of day, to the minute. */
  public static List<String> time(String language, LocalTime time) {
    List<String> prompts = new ArrayList<>();
    int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    String half = time.getHour() < 12 ? MORNING : AFTERNOON;
    int minute = time.getMinute();
    if (chinese(language)) {
      prompts.add(half);
      prompts.addAll(count(language, hour));
      prompts.add(HOUR_MARK);
      if (minute > 0) {
        if (minute < 10) {
          prompts.add(PREFIX + 0);
        }
        chineseNumber(minute, prompts);
        prompts.add(MINUTE_MARK);
      }
      return prompts;
    }
    englishNumber(hour, prompts);
    if (minute == 0) {
      prompts.add(O_CLOCK);
    } else {
      if (minute < 10) {
        prompts.add(OH);
      }
      englishNumber(minute, prompts);
    }
    prompts.add(half);
    return prompts;
  }

  /** The caller's place in a queue, from 1. */
  public static List<String> position(String language, int position) {
    if (position <= 1) {
      return List.of(POSITION_FIRST);
    }
    List<String> prompts = new ArrayList<>(List.of(POSITION_BEFORE));
    prompts.addAll(number(language, position));
    prompts.add(POSITION_AFTER);
    return prompts;
  }

  /** How long a wait will be: in whole minutes, rounded up. */
  public static List<String> expectedWait(String language, Duration wait) {
    long minutes = (wait.toSeconds() + 59) / 60;
    if (wait.toSeconds() < 60) {
      return List.of(UNDER_A_MINUTE);
    }
    if (minutes > 60) {
      return List.of(OVER_AN_HOUR);
    }
    List<String> prompts = new ArrayList<>(List.of(WAIT));
    prompts.addAll(count(language, minutes));
    prompts.add(minutes == 1 ? MINUTE : MINUTES);
    return prompts;
  }

  /** What a caller is told of the wait; nothing of what is not known. */
  public static List<String> queue(
      String language, FlowWorld.QueueFigures figures, Node.Queue.Says says) {
    List<String> prompts = new ArrayList<>();
    if (says.position()) {
      figures.waiting().ifPresent(waiting -> prompts.addAll(position(language, waiting + 1)));
    }
    if (says.expectedWait()) {
      figures.expectedWait().ifPresent(wait -> prompts.addAll(expectedWait(language, wait)));
    }
    return prompts;
  }

  private static void englishNumber(long number, List<String> prompts) {
    if (number >= 1_000_000) {
      englishNumber(number / 1_000_000, prompts);
      prompts.add(MILLION);
      rest(number % 1_000_000, prompts);
    } else if (number >= 1_000) {
      englishNumber(number / 1_000, prompts);
      prompts.add(THOUSAND);
      rest(number % 1_000, prompts);
    } else if (number >= 100) {
      prompts.add(PREFIX + number / 100);
      prompts.add(HUNDRED);
      rest(number % 100, prompts);
    } else if (number > 20) {
      prompts.add(PREFIX + number / 10 * 10);
      rest(number % 10, prompts);
    } else {
      prompts.add(PREFIX + number);
    }
  }

  private static void rest(long number, List<String> prompts) {
    if (number > 0) {
      englishNumber(number, prompts);
    }
  }

  private static void chineseNumber(long number, List<String> prompts) {
    if (number >= 10_000) {
      long high = number / 10_000;
      if (high == 2) {
        prompts.add(PAIR);
      } else {
        chineseNumber(high, prompts);
      }
      prompts.add(TEN_THOUSAND);
      long low = number % 10_000;
      if (low > 0) {
        if (low < 1_000) {
          prompts.add(PREFIX + 0);
        }
        chineseGroup(low, true, prompts);
      }
      return;
    }
    chineseGroup(number, false, prompts);
  }

  /** Below ten thousand; 零 stands once for each gap, 十 alone only at the beginning. */
  private static void chineseGroup(long number, boolean inside, List<String> prompts) {
    if (number == 0) {
      prompts.add(PREFIX + 0);
      return;
    }
    boolean begun = inside;
    boolean gap = false;
    long[] units = {1_000, 100, 10, 1};
    for (long unit : units) {
      long digit = number / unit % 10;
      if (digit == 0) {
        gap = begun && number % unit > 0 || gap;
        continue;
      }
      if (gap && number / (unit * 10) > 0) {
        prompts.add(PREFIX + 0);
      }
      gap = false;
      if (unit == 1_000 && digit == 2) {
        prompts.add(PAIR);
      } else if (unit != 10 || digit != 1 || begun) {
        prompts.add(PREFIX + digit);
      }
      begun = true;
      if (unit == 1_000) {
        prompts.add(THOUSAND);
      } else if (unit == 100) {
        prompts.add(HUNDRED);
      } else if (unit == 10) {
        prompts.add(PREFIX + 10);
      }
    }
  }
}
