package cti.server;

import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.port.AgentPhones;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Phones and PINs without a database; three wrong PINs in a row lock. */
public final class PhonesInMemory implements AgentPhones {
  private final Map<AgentId, Phone> phones = new ConcurrentHashMap<>();
  private final Map<AgentId, String> pins = new ConcurrentHashMap<>();
  private final Map<AgentId, Integer> failures = new ConcurrentHashMap<>();

  @Override
  public List<AgentId> at(Extension extension) {
    return phones.values().stream()
        .filter(phone -> phone.extension().equals(Optional.of(extension)))
        .map(Phone::agent)
        .sorted()
        .toList();
  }

  @Override
  public Phone phone(AgentId agent) {
    return phones.getOrDefault(agent, new Phone(agent, Optional.empty(), false));
  }

  @Override
  public PinCheck check(AgentId agent, String pin) {
    String right = pins.get(agent);
    if (right == null) {
      return PinCheck.NONE_SET;
    }
    if (failures.getOrDefault(agent, 0) >= 3) {
      return PinCheck.LOCKED;
    }
    if (right.equals(pin)) {
      failures.remove(agent);
      return PinCheck.RIGHT;
    }
    return failures.merge(agent, 1, Integer::sum) >= 3 ? PinCheck.LOCKED : PinCheck.WRONG;
  }

  @Override
  public Phone save(AgentId agent, Optional<Extension> extension, Optional<String> pin, String by) {
    pin.ifPresent(text -> pins.put(agent, text));
    Phone phone = new Phone(agent, extension, pins.containsKey(agent));
    phones.put(agent, phone);
    return phone;
  }
}
