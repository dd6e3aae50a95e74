package cti.core.engine;

import cti.core.agent.DeviceState;
import cti.core.engine.GatewayInput.Looked;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.id.QueueName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the watchdog saw last of members and phones, and since when each is as it is; for whoever
 * wants to see it beside what agents asked for. Immutable.
 *
 * @param at when the last look was taken; empty before the first
 */
public record GatewaySight(
    Optional<Instant> at, Map<Place, SeenMember> members, Map<String, SeenDevice> devices) {
  public static final GatewaySight NONE = new GatewaySight(Optional.empty(), Map.of(), Map.of());

  public GatewaySight {
    members = Map.copyOf(members);
    devices = Map.copyOf(devices);
  }

  /** A member's place. */
  public record Place(QueueName queue, String memberInterface) {}

  /** {@code since}: the first of the looks at which pause, penalty and name were these. */
  public record SeenMember(MemberFacts facts, Instant since) {}

  /** {@code since}: the first of the looks at which it was in this state. */
  public record SeenDevice(DeviceState state, Instant since) {}

  /** What is seen after another look. */
  public GatewaySight next(Looked look) {
    Map<Place, SeenMember> nextMembers = new HashMap<>();
    for (MemberFacts facts : look.members()) {
      Place place = new Place(facts.queue(), facts.memberInterface());
      SeenMember before = members.get(place);
      boolean same = before != null && same(before.facts(), facts);
      nextMembers.put(place, new SeenMember(facts, same ? before.since() : look.at()));
    }
    Map<String, SeenDevice> nextDevices = new HashMap<>();
    look.devices()
        .forEach(
            (device, state) -> {
              SeenDevice before = devices.get(device);
              boolean same = before != null && before.state() == state;
              nextDevices.put(device, new SeenDevice(state, same ? before.since() : look.at()));
            });
    return new GatewaySight(Optional.of(look.at()), nextMembers, nextDevices);
  }

  private static boolean same(MemberFacts one, MemberFacts other) {
    return one.paused() == other.paused()
        && one.pausedReason().equals(other.pausedReason())
        && one.penalty() == other.penalty()
        && one.name().equals(other.name());
  }
}
