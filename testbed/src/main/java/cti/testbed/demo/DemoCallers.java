package cti.testbed.demo;

import cti.testbed.caller.CallerScript;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Who calls in the demo, and how: people of the sample directory and strangers. */
final class DemoCallers {
  /** The greeting lasts 2.2 s and takes no key; the menu behind it does. */
  private static final Duration INTO_THE_MENU = Duration.ofMillis(4_000);

  /** Two rings of the phone that nobody answers, and the way there. */
  private static final Duration LONG_PATIENCE = Duration.ofSeconds(35);

  private static final List<String> GUANGZHOU =
      List.of("13900000025", "13900000026", "13900000027");
  private static final List<String> SHAOGUAN = List.of("13900000035", "13900000036", "13900000040");
  private static final List<String> ZHANJIANG = List.of("13900000053", "13900000054");
  private static final List<String> HEADQUARTERS =
      List.of("13900000001", "13900000002", "13900000004", "13900000008", "13900000012");
  private static final List<String> STRANGERS = List.of("13900009801", "13900009802");

  private final RandomGenerator random;
  private int next;

  DemoCallers(RandomGenerator random) {
    this.random = random;
  }

  /** The next caller, each kind in its turn. */
  CallerScript next() {
    return switch (next++ % 9) {
      case 0, 5 -> CallerScript.from(one(GUANGZHOU)).staysOn();
      case 1 -> pressing(one(HEADQUARTERS), '1').staysOn();
      case 2 -> CallerScript.from(one(SHAOGUAN)).staysOn();
      case 3 -> pressing(one(HEADQUARTERS), '4').staysOn();
      case 4 -> pressing(one(STRANGERS), '2').staysOn();
      case 6 -> CallerScript.from(one(ZHANJIANG)).waits(LONG_PATIENCE).hangsUp();
      case 7 -> CallerScript.from(one(HEADQUARTERS)).waits(INTO_THE_MENU).hangsUp();
      // Press 2: the desk of the agent whom the person at the screen may be.
      default -> pressing(one(HEADQUARTERS), '2').waits(Duration.ofSeconds(40)).hangsUp();
    };
  }

  /** The pause before the next one. */
  Duration pause() {
    return Duration.ofMillis(5_000 + random.nextInt(3_000));
  }

  private static CallerScript.Draft pressing(String number, char key) {
    return CallerScript.from(number).waits(INTO_THE_MENU).presses(key);
  }

  private String one(List<String> numbers) {
    return numbers.get(random.nextInt(numbers.size()));
  }
}
