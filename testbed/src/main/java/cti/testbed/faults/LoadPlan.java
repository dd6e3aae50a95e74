package cti.testbed.faults;

import cti.testbed.faults.PlannedCall.Key;
import cti.testbed.faults.PlannedCall.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** The calls of one run, in the order in which they are dialled; the same seed, the same plan. */
record LoadPlan(long seed, List<PlannedCall> calls) {
  /** Behaviours of the phones, as the switch reads them from a number. */
  private static final int ANSWERS = 0;

  private static final int RINGS = 1;
  private static final int FIRST_RINGS = 4;
  private static final int FIRST_REJECTS = 6;
  private static final int HANDS_ON = 7;
  private static final int HANDS_OVER = 8;
  private static final int ASKS = 9;
  private static final int MOST_CALLS = 100_000;

  LoadPlan {
    calls = List.copyOf(calls);
  }

  /**
   * Makes one.
   *
   * @param first the first call's place among all of a database, so that no number comes twice
   * @param brisk talks and patience are half as long
   */
  static LoadPlan of(long seed, int calls, int first, boolean brisk) {
    if (calls < 1 || first < 0 || first + calls > MOST_CALLS) {
      throw new IllegalArgumentException(
          "%d calls from %d on; expected 1 or more, with numbers below %d"
              .formatted(calls, first, MOST_CALLS));
    }
    Random random = new Random(seed);
    List<PlannedCall> planned = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      planned.add(new Draft(random, first + i, brisk ? 2 : 1).call());
    }
    return new LoadPlan(seed, planned);
  }

  Set<String> numbers() {
    return calls.stream().map(PlannedCall::number).collect(Collectors.toSet());
  }

  /** SIPp's injection file. */
  String injectionFile() {
    return calls.stream()
        .map(PlannedCall::line)
        .collect(Collectors.joining("\n", "SEQUENTIAL\n", "\n"));
  }

  /** One call in the making; dice are thrown in one order. */
  private static final class Draft {
    /** The greeting lasts 2.2 s and takes no key; the menu behind it does. */
    private static final int INTO_THE_MENU = 3_300;

    private static final int TO_THE_NEXT_MENU = 1_200;

    private final Random random;
    private final int place;
    private final int haste;

    /**
     * Begins one.
     *
     * @param haste by which talks and patience are divided
     */
    Draft(Random random, int place, int haste) {
      this.random = random;
      this.place = place;
      this.haste = haste;
    }

    PlannedCall call() {
      int dice = random.nextInt(100);
      if (dice < 8) {
        return new PlannedCall(
            number(ANSWERS, 0, 0), Kind.LEAVES_THE_MENU, List.of(), millis(800, 5_000));
      }
      if (dice < 14) {
        // The keys for it take the agent 2 s, and the gateway waits 3 s for further ones.
        return new PlannedCall(
            number(HANDS_ON, random.nextInt(3), 4 + random.nextInt(8)),
            Kind.HANDED_ON,
            desk(),
            millis(13_000, 15_000));
      }
      if (dice < 20) {
        // As long again, and a second and more with whoever is asked.
        return new PlannedCall(
            number(HANDS_OVER, random.nextInt(3), 4 + random.nextInt(4)),
            Kind.HANDED_OVER,
            desk(),
            millis(13_000, 15_000));
      }
      if (dice < 25) {
        return new PlannedCall(
            number(ASKS, random.nextInt(5), 4 + random.nextInt(4)),
            Kind.ASKED_FOR,
            desk(),
            millis(13_000, 15_000));
      }
      if (dice < 43) {
        // 00 would be a phone that waits for the caller.
        return new PlannedCall(
            number(ANSWERS, random.nextInt(5), 4 + random.nextInt(24 / haste)),
            Kind.AGENT_HANGS_UP,
            desk(),
            patience(24_000, 28_000));
      }
      if (dice < 64) {
        return new PlannedCall(
            number(ANSWERS, random.nextInt(5), 0),
            Kind.CALLER_HANGS_UP,
            desk(),
            patience(5_000, 10_000));
      }
      if (dice < 78) {
        int inVain = FIRST_RINGS + random.nextInt(FIRST_REJECTS - FIRST_RINGS + 1);
        return new PlannedCall(
            number(inVain, random.nextInt(3), 4 + random.nextInt(12)),
            Kind.FIRST_PHONE_IN_VAIN,
            desk(),
            patience(15_000, 18_000));
      }
      if (dice < 88) {
        return new PlannedCall(
            number(RINGS, 0, 0), Kind.LEAVES_WHILE_RINGING, desk(), millis(800, 3_800));
      }
      if (dice < 93) {
        return new PlannedCall(
            number(RINGS + random.nextInt(3), 0, 0),
            Kind.RINGS_IN_VAIN,
            desk(),
            patience(10_000, 16_000));
      }
      return new PlannedCall(
          number(ANSWERS, random.nextInt(3), 0),
          Kind.WAITS_AT_A_FULL_DESK,
          List.of(new Key(menu(), '5')),
          patience(4_000, 16_000));
    }

    /** Three factories by one key, the desktop desk by two. */
    private List<Key> desk() {
      int choice = random.nextInt(4);
      return choice == 0
          ? List.of(
              new Key(menu(), '1'), new Key(millis(TO_THE_NEXT_MENU, TO_THE_NEXT_MENU + 600), '1'))
          : List.of(new Key(menu(), (char) ('1' + choice)));
    }

    private Duration menu() {
      return millis(INTO_THE_MENU, INTO_THE_MENU + 700);
    }

    private Duration patience(int least, int most) {
      return millis(least / haste, most / haste);
    }

    private Duration millis(int least, int most) {
      return Duration.ofMillis(least + random.nextInt(most - least));
    }

    private String number(int phones, int answersAfter, int talks) {
      return "12%d%d%02d%05d".formatted(phones, answersAfter, talks, place);
    }
  }
}
