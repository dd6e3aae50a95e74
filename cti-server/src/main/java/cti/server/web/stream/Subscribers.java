package cti.server.web.stream;

import cti.core.id.AgentId;
import cti.server.web.http.SignedIn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Who listens to what. One owner: the feed's thread. */
final class Subscribers {
  private final Map<StreamClient, Listeners> all = new HashMap<>();
  private final Map<Interest, Listeners> groups = new LinkedHashMap<>();

  /** Tells a client whose sight changed. */
  @FunctionalInterface
  interface Renewal {
    void renew(StreamClient client, Listeners now);
  }

  /**
   * Subscribes a client, or changes what it is subscribed to.
   *
   * @param seq the record that the picture stands at
   */
  Listeners put(StreamClient client, Interest interest, long seq) {
    Listeners before = all.get(client);
    if (before != null && !before.interest().equals(interest)) {
      remove(client);
    }
    Listeners now = groups.computeIfAbsent(interest, wanted -> new Listeners(wanted, seq));
    now.join(client);
    all.put(client, now);
    return now;
  }

  void remove(StreamClient client) {
    Listeners left = all.remove(client);
    if (left != null) {
      left.leave(client);
      if (left.isEmpty()) {
        groups.remove(left.interest());
      }
    }
  }

  /** Takes a frame for whoever sees it; it is on its way after {@link #deliver}. */
  void hand(Frame frame, long receivedNanos) {
    for (Listeners group : groups.values()) {
      if (group.interest().covers(frame)) {
        group.hand(frame, receivedNanos);
      }
    }
  }

  /** Hands over what does not wait to be gathered. */
  void deliver() {
    groups.values().forEach(Listeners::deliver);
  }

  /** Hands over everything. */
  void deliverAll() {
    groups.values().forEach(Listeners::deliverAll);
  }

  /** Whether something waits to be gathered. */
  boolean gather() {
    for (Listeners group : groups.values()) {
      if (group.gathers()) {
        return true;
      }
    }
    return false;
  }

  /** Hands over everything that waits for one client, and for those who are told the same. */
  void deliverAll(StreamClient client) {
    Listeners group = all.get(client);
    if (group != null) {
      group.deliverAll();
    }
  }

  /** An agent logged on or off: where their clients now see other desks, they are told anew. */
  void rescope(AgentId agent, Function<SignedIn, Scope> scopes, long seq, Renewal renewal) {
    for (Map.Entry<StreamClient, Listeners> entry : List.copyOf(all.entrySet())) {
      StreamClient client = entry.getKey();
      if (client.who().account().agent().equals(Optional.of(agent))) {
        Interest before = entry.getValue().interest();
        Interest now = before.with(scopes.apply(client.who()));
        if (!now.equals(before)) {
          renewal.renew(client, put(client, now, seq));
        }
      }
    }
  }
}
