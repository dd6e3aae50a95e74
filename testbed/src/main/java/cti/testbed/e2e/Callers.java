package cti.testbed.e2e;

import cti.testbed.caller.CallerScript;
import java.time.Duration;

/** The callers of the suites. Their steps are timed from the moment in which the flow answers. */
final class Callers {
  /** The greeting lasts 2.2 s and takes no key; the menu behind it does. */
  private static final Duration INTO_THE_MENU = Duration.ofMillis(4_000);

  /** From a wrong key to the next menu: the words for it last 3.9 s. */
  private static final Duration TO_THE_NEXT_MENU = Duration.ofMillis(5_500);

  private Callers() {}

  /** Stays on and presses nothing. */
  static CallerScript silent(String number) {
    return CallerScript.from(number).staysOn();
  }

  /** Presses a key in the first menu. */
  static CallerScript pressing(String number, char key) {
    return CallerScript.from(number).waits(INTO_THE_MENU).presses(key).staysOn();
  }

  /** Presses a key in the first menu and one in the second. */
  static CallerScript pressing(String number, char key, char next) {
    return CallerScript.from(number)
        .waits(INTO_THE_MENU)
        .presses(key)
        .waits(Duration.ofSeconds(2))
        .presses(next)
        .staysOn();
  }

  /** Presses a key that no menu has, three times. */
  static CallerScript wrongThrice(String number) {
    return CallerScript.from(number)
        .waits(INTO_THE_MENU)
        .presses('9')
        .waits(TO_THE_NEXT_MENU)
        .presses('9')
        .waits(TO_THE_NEXT_MENU)
        .presses('9')
        .staysOn();
  }

  /** Hangs up in the middle of the first menu. */
  static CallerScript leavingTheMenu(String number) {
    return CallerScript.from(number).waits(INTO_THE_MENU).hangsUp();
  }
}
