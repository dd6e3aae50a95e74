package cti.server.prompt;

import cti.core.port.PhonePins;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** PINs without a database; three wrong ones in a row lock. */
public final class PinsInMemory implements PhonePins {
  private final Map<String, Pin> pins = new LinkedHashMap<>();
  private final Map<String, String> digits = new LinkedHashMap<>();
  private final Map<String, Integer> failures = new LinkedHashMap<>();

  @Override
  public synchronized Optional<Pin> find(String user) {
    return Optional.ofNullable(pins.get(user));
  }

  @Override
  public synchronized Pin set(String user, String pin) {
    int number = find(user).map(Pin::number).orElse(101 + pins.size());
    Pin set = new Pin(number, Instant.EPOCH, Optional.empty());
    pins.put(user, set);
    digits.put(user, pin);
    failures.remove(user);
    return set;
  }

  @Override
  public synchronized void remove(String user) {
    pins.remove(user);
  }

  @Override
  public synchronized Check check(String number, String pin) {
    for (Map.Entry<String, Pin> one : pins.entrySet()) {
      if (Integer.toString(one.getValue().number()).equals(number)) {
        if (failures.getOrDefault(one.getKey(), 0) >= 3) {
          return new Check.Locked();
        }
        if (digits.get(one.getKey()).equals(pin)) {
          failures.remove(one.getKey());
          return new Check.Right(one.getKey());
        }
        return failures.merge(one.getKey(), 1, Integer::sum) >= 3
            ? new Check.Locked()
            : new Check.Wrong();
      }
    }
    return new Check.Wrong();
  }
}
