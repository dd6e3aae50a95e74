package cti.core.callback;

import cti.core.event.CallerEvent.CallbackRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How often a number was to be called back within a day, so that nobody can have a stranger's phone
 * ring all day. Folded from events and nothing else, so that a restart forgets none; a view of its
 * owner's.
 */
public final class CallbackWishes {
  /** Of one number in 24 hours. */
  public static final int MOST = 3;

  private static final Duration DAY = Duration.ofDays(1);

  private final List<Granted> granted;

  /**
   * @param granted those of the last day, oldest first
   */
  public CallbackWishes(List<Granted> granted) {
    this.granted = granted;
  }

  /** A callback to {@code number} was promised. */
  public record Granted(String number, Instant at) {}

  /** Whether one more may be promised. */
  public boolean allows(String number, Instant now) {
    Instant cut = now.minus(DAY);
    return granted.stream()
            .filter(wish -> wish.number().equals(number) && wish.at().isAfter(cut))
            .count()
        < MOST;
  }

  public void apply(CallbackRequested event) {
    Instant cut = event.at().minus(DAY);
    granted.removeIf(wish -> !wish.at().isAfter(cut));
    granted.add(new Granted(event.wish().number(), event.at()));
  }
}
