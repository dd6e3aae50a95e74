package cti.testbed.caller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A call from outside, from dialling to hang-up. The steps begin when the call is answered (by a
 * menu or a person); whatever the script says, the far end may hang up at any moment.
 *
 * @param from the number that the caller presents
 * @param to the number dialled, or a feature code: * and digits
 * @param patience how long it may ring before the caller gives up, counted from the last news of
 *     the far end (ringing, in progress)
 * @param steps in order; the last one is {@link CallerStep.HangsUp} or {@link CallerStep.StaysOn}
 */
public record CallerScript(String from, String to, Duration patience, List<CallerStep> steps) {

  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(60);

  public CallerScript {
    requireNumber(from);
    requireNumber(to.startsWith("*") ? to.substring(1) : to);
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException(
          "a caller's patience is %s; expected more than zero".formatted(patience));
    }
    steps = List.copyOf(steps);
    for (int i = 0; i < steps.size(); i++) {
      boolean isEnd =
          switch (steps.get(i)) {
            case CallerStep.HangsUp() -> true;
            case CallerStep.StaysOn() -> true;
            case CallerStep.Waits _ -> false;
            case CallerStep.Presses _ -> false;
          };
      if (isEnd != (i == steps.size() - 1)) {
        throw new IllegalArgumentException(
            "a caller's steps are %s; expected one HangsUp or StaysOn, as the last"
                .formatted(steps));
      }
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a caller without steps; expected at least an end");
    }
  }

  private static void requireNumber(String number) {
    if (!number.matches("\\+?[0-9]{2,20}")) {
      throw new IllegalArgumentException(
          "no telephone number: '%s'; expected 2 to 20 digits".formatted(number));
    }
  }

  /** Begins a script; it is finished by {@link Draft#hangsUp} or {@link Draft#staysOn}. */
  public static Draft from(String from) {
    return new Draft(from);
  }

  /** A script in the writing. */
  public static final class Draft {
    private final String from;
    private String to = "8000";
    private Duration patience = USUAL_PATIENCE;
    private final List<CallerStep> steps = new ArrayList<>();

    private Draft(String from) {
      this.from = from;
    }

    /** The number dialled; the hotline unless said otherwise. */
    public Draft dials(String number) {
      to = number;
      return this;
    }

    /** Gives up ringing after that time; a minute unless said otherwise. */
    public Draft givesUpRingingAfter(Duration time) {
      patience = time;
      return this;
    }

    public Draft waits(Duration time) {
      steps.add(new CallerStep.Waits(time));
      return this;
    }

    public Draft presses(char key) {
      steps.add(new CallerStep.Presses(key));
      return this;
    }

    public CallerScript hangsUp() {
      steps.add(new CallerStep.HangsUp());
      return new CallerScript(from, to, patience, steps);
    }

    public CallerScript staysOn() {
      steps.add(new CallerStep.StaysOn());
      return new CallerScript(from, to, patience, steps);
    }
  }
}
