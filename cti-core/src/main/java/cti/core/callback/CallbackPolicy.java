package cti.core.callback;

import java.time.Duration;

/**
 * How callbacks are made.
 *
 * @param attempts 1 to 10
 * @param pause between two attempts, 10 s to 4 h
 * @param validity how long a callback is good for, 5 min to 24 h
 * @param ring how long the caller's phone rings, 10 s to 2 min
 * @param priority in the queue, 1 to 100; before all whose flow gives less
 * @param mostOpen of one desk, 1 to 1000; more are refused
 */
public record CallbackPolicy(
    int attempts, Duration pause, Duration validity, Duration ring, int priority, int mostOpen) {
  public static final CallbackPolicy USUAL =
      new CallbackPolicy(
          3, Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofSeconds(30), 90, 50);

  public CallbackPolicy {
    between("attempts", attempts, 1, 10);
    between("pause in seconds", pause.toSeconds(), 10, 4 * 3600);
    between("validity in seconds", validity.toSeconds(), 300, 24 * 3600);
    between("ring in seconds", ring.toSeconds(), 10, 120);
    between("priority", priority, 1, 100);
    between("most open", mostOpen, 1, 1000);
  }

  private static void between(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "callbacks: " + what + " is " + value + ", expected " + least + " to " + most);
    }
  }
}
