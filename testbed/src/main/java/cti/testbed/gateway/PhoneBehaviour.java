package cti.testbed.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a phone of the switch does with its next call. */
public sealed interface PhoneBehaviour {

  /** Rings, is answered after that time, and is hung up by the agent or by the caller. */
  record Answers(Duration after, Optional<Duration> hangsUpAfter) implements PhoneBehaviour {
    public Answers {
      requireNotNegative(after);
      hangsUpAfter.ifPresent(Answers::requireNotNegative);
    }

    private static void requireNotNegative(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException(
            "a phone cannot wait %s; expected zero or more".formatted(time));
      }
    }
  }

  /** Rings until the far end gives up. */
  record NeverAnswers() implements PhoneBehaviour {}

  /** Is busy at once (486). */
  record IsBusy() implements PhoneBehaviour {}

  /** Rings for a second, then refuses the call (603). */
  record Rejects() implements PhoneBehaviour {}

  /** Is answered, holds the call for a while (re-INVITE, RFC 3264 8.4), and goes on. */
  record Holds(Duration after, Duration holdsAfter, Duration holdsFor) implements PhoneBehaviour {}

  /** Is answered and has keys pressed: transfers by the gateway's codes (features_cti.conf). */
  record Presses(Duration after, Duration pressesAfter, String keys) implements PhoneBehaviour {
    public Presses {
      if (!keys.matches("[0-9*#w]{1,24}")) {
        throw new IllegalArgumentException(
            "no keys: '%s'; expected 1 to 24 of 0-9 * #, w for a wait of half a second"
                .formatted(keys));
      }
    }
  }

  /** Is answered, and the switch asks the gateway to send the caller on (REFER, RFC 3515). */
  record Refers(Duration after, Duration refersAfter, String number) implements PhoneBehaviour {}

  /** Is answered and sounds a tone of 1004 Hz until the caller hangs up. */
  record Sounds(Duration after) implements PhoneBehaviour {}

  /** Answers after that time and talks until the caller hangs up. */
  static PhoneBehaviour answers(Duration after) {
    return new Answers(after, Optional.empty());
  }

  /** Answers after the first time and hangs up when the second has passed since. */
  static PhoneBehaviour answers(Duration after, Duration hangsUpAfter) {
    return new Answers(after, Optional.of(hangsUpAfter));
  }

  /** The words of {@code testbed.sh phone}, in seconds. */
  default List<String> words() {
    return switch (this) {
      case Answers(var after, var hangsUp) when hangsUp.isPresent() ->
          List.of("answer", seconds(after), "hangup", seconds(hangsUp.get()));
      case Sounds(var after) -> List.of("tone", seconds(after));
      case Answers(var after, var _) -> List.of("answer", seconds(after));
      case Holds(var after, var then, var length) ->
          List.of("hold", seconds(after), seconds(then), seconds(length));
      case Presses(var after, var then, var keys) ->
          List.of("keys", seconds(after), seconds(then), keys);
      case Refers(var after, var then, var number) ->
          List.of("refer", seconds(after), seconds(then), number);
      case NeverAnswers() -> List.of("noanswer");
      case IsBusy() -> List.of("busy");
      case Rejects() -> List.of("reject");
    };
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}
