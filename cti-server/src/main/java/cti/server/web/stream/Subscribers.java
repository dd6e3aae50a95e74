package cti.server.web.stream;

import cti.core.id.AgentId;
import cti.server.web.http.Json;
import cti.server.web.http.SignedIn;
import cti.server.web.stream.Frame.Rendering;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Who listens to what. One owner: the feed's thread. */
final class Subscribers {
  private final Map<StreamClient, Subscription> all = new LinkedHashMap<>();

  private record Subscription(Set<Topic> topics, Scope scope) {
    boolean wants(Frame frame) {
      return topics.contains(frame.topic()) && scope.sees(frame.audience());
    }
  }

  /** Tells a client whose sight changed. */
  @FunctionalInterface
  interface Renewal {
    void renew(StreamClient client, Set<Topic> topics, Scope scope);
  }

  void put(StreamClient client, Set<Topic> topics, Scope scope) {
    all.put(client, new Subscription(Set.copyOf(topics), scope));
  }

  void remove(StreamClient client) {
    all.remove(client);
  }

  void hand(Frame frame, long receivedNanos) {
    all.forEach((client, subscription) -> hand(frame, receivedNanos, client, subscription));
  }

  private static boolean hand(
      Frame frame, long receivedNanos, StreamClient client, Subscription subscription) {
    if (!subscription.wants(frame)) {
      return false;
    }
    switch (frame.rendering()) {
      case Rendering.Shared shared -> client.send(frame.key(), shared.bytes(), receivedNanos);
      case Rendering.ByScope(Function<Scope, ServerFrame> make) ->
          client.send(frame.key(), Json.bytes(make.apply(subscription.scope())), receivedNanos);
      case Rendering.Nothing() -> {
        return false;
      }
    }
    return true;
  }

  /** Sends what a client missed; the number of frames. */
  int replay(StreamClient client, List<Frame> frames) {
    int sent = 0;
    for (Frame frame : frames) {
      if (hand(frame, 0, client, all.get(client))) {
        sent++;
      }
    }
    return sent;
  }

  /** An agent logged on or off: where their clients now see other desks, they are told anew. */
  void rescope(AgentId agent, Function<SignedIn, Scope> scopes, Renewal renewal) {
    for (Map.Entry<StreamClient, Subscription> entry : List.copyOf(all.entrySet())) {
      StreamClient client = entry.getKey();
      if (client.who().account().agent().equals(Optional.of(agent))) {
        Scope now = scopes.apply(client.who());
        if (!now.equals(entry.getValue().scope())) {
          Set<Topic> topics = entry.getValue().topics();
          put(client, topics, now);
          renewal.renew(client, topics, now);
        }
      }
    }
  }
}
