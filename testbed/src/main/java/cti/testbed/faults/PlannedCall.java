package cti.testbed.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One call of a load. How the phones of the desk behave is written in the caller's number, where
 * the switch reads it (testbed/switch/extensions.conf, [load]).
 *
 * @param number 12KATTNNNNN, used once: no such numbers are handed out, so it is nobody's
 * @param keys at most two, each after a pause
 * @param hangsUpAfter from the last key (or the answer); the far end may be sooner
 */
record PlannedCall(String number, Kind kind, List<Key> keys, Duration hangsUpAfter) {
  /** What a caller meets, if nothing goes wrong. */
  enum Kind {
    LEAVES_THE_MENU,
    AGENT_HANGS_UP,
    CALLER_HANGS_UP,
    FIRST_PHONE_IN_VAIN,
    HANDED_ON,
    HANDED_OVER,
    ASKED_FOR,
    LEAVES_WHILE_RINGING,
    RINGS_IN_VAIN,
    WAITS_AT_A_FULL_DESK
  }

  /** A key and the pause before it. */
  record Key(Duration after, char digit) {}

  PlannedCall {
    if (!number.matches("12\\d{9}")) {
      throw new IllegalArgumentException(
          "a caller of the load has the number %s; expected 12KATTNNNNN".formatted(number));
    }
    if (keys.size() > 2) {
      throw new IllegalArgumentException(
          "a caller of the load presses %d keys; expected at most 2".formatted(keys.size()));
    }
    keys = List.copyOf(keys);
  }

  /** Its line of SIPp's injection file (testbed/sipp/load-caller.xml). */
  String line() {
    Stream<String> pressed =
        Stream.concat(
                keys.stream().map(key -> key.after().toMillis() + ";" + key.digit()),
                Stream.of("0;0", "0;0"))
            .limit(2);
    return number + ";" + pressed.collect(Collectors.joining(";")) + ";" + hangsUpAfter.toMillis();
  }
}
