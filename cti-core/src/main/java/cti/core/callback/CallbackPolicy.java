package cti.core.callback;

import java.time.Duration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How callbacks are made.
 *
 * @param attempts 1 to 10
 * @param pause between two attempts, 10 s to 4 h
 * @param validity how long a callback is good for, 5 min to 24 h
 * @param ring how long the caller's phone rings, 10 s to 2 min
 * @param priority in the queue, 1 to 100; before all whose flow gives less
 * @param mostOpen of one desk, 1 to 1000; more are refused
 * @param numbers what may be called, as a regular expression for the whole number
 */
public record CallbackPolicy(
    int attempts,
    Duration pause,
    Duration validity,
    Duration ring,
    int priority,
    int mostOpen,
    String numbers) {
  /**
   * Extensions (3 to 5 digits, none of the services that begin with 1 or 9), local numbers, those
   * with an area code, mobile phones, also with +86 or 0086. No other country.
   */
  public static final String USUAL_NUMBERS =
      "[2-8][0-9]{2,4}|[2-8][0-9]{6,7}|0[1-9][0-9]{8,10}|([+]86|0086)?1[3-9][0-9]{9}"
          + "|([+]86|0086)[1-9][0-9]{8,10}";

  public static final CallbackPolicy USUAL =
      new CallbackPolicy(
          3,
          Duration.ofMinutes(5),
          Duration.ofHours(4),
          Duration.ofSeconds(30),
          90,
          50,
          USUAL_NUMBERS);

  public CallbackPolicy {
    between("attempts", attempts, 1, 10);
    between("pause in seconds", pause.toSeconds(), 10, 4 * 3600);
    between("validity in seconds", validity.toSeconds(), 300, 24 * 3600);
    between("ring in seconds", ring.toSeconds(), 10, 120);
    between("priority", priority, 1, 100);
    between("most open", mostOpen, 1, 1000);
    try {
      Pattern.compile(numbers);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "callbacks: numbers is '"
              + numbers
              + "', expected a regular expression: "
              + e.getDescription(),
          e);
    }
  }

  private static void between(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "callbacks: " + what + " is " + value + ", expected " + least + " to " + most);
    }
  }
}
