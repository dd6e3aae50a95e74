package cti.server.web.stream;

import cti.core.id.AgentId;
import cti.server.web.http.SignedIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;

/** Who listens to what. One owner: the feed's thread. */
final class Subscribers {
  /** Changes that follow each other within this time are told in one frame, where asked for. */
  static final Duration GATHER = Duration.ofMillis(100);

  /**
   * From so many clients on it is {@link #GATHER_FOR_MANY}: ten writes a second to each of ten
   * thousand would take all of two processors, and come later than seven.
   */
  static final int MANY_CLIENTS = 5_000;

  private static final Duration GATHER_FOR_MANY = Duration.ofMillis(150);

  /** Groups take turns within the period; those of one turn go together, which wakes fewer. */
  private static final int TURNS = 40;

  private final Map<StreamClient, Listeners> all = new HashMap<>();
  private final Map<Interest, List<Listeners>> groups = new LinkedHashMap<>();
  private final Set<Listeners> waiting = new LinkedHashSet<>();
  private final PriorityQueue<Turn> turns =
      new PriorityQueue<>(Comparator.comparingLong(Turn::dueNanos));
  private final Set<Listeners> queued = new LinkedHashSet<>();
  private long made;

  /** When a group's gathered frames go. */
  private record Turn(long dueNanos, Listeners group) {}

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
  Listeners put(StreamClient client, Interest interest, long seq, long nowNanos) {
    Listeners before = all.get(client);
    if (before != null) {
      if (before.interest().equals(interest)) {
        before.deliverAll(nowNanos);
        return before;
      }
      remove(client);
    }
    Listeners now = groupWithRoom(interest, seq, nowNanos);
    now.join(client, nowNanos);
    all.put(client, now);
    return now;
  }

  private Listeners groupWithRoom(Interest interest, long seq, long nowNanos) {
    List<Listeners> same = groups.computeIfAbsent(interest, wanted -> new ArrayList<>());
    for (Listeners group : same) {
      if (group.size() < Listeners.CLIENTS_AT_MOST) {
        return group;
      }
    }
    double phase = (double) (made++ % TURNS) / TURNS;
    Listeners group = new Listeners(interest, seq, phase, this::leastPeriodNanos, nowNanos);
    same.add(group);
    return group;
  }

  private long leastPeriodNanos() {
    return (all.size() < MANY_CLIENTS ? GATHER : GATHER_FOR_MANY).toNanos();
  }

  void remove(StreamClient client) {
    Listeners left = all.remove(client);
    if (left != null) {
      left.leave(client);
      if (left.size() == 0) {
        List<Listeners> same = groups.get(left.interest());
        same.remove(left);
        if (same.isEmpty()) {
          groups.remove(left.interest());
        }
      }
    }
  }

  /** Takes a frame for whoever sees it. */
  void hand(Frame frame, long receivedNanos, long nowNanos) {
    groups.forEach(
        (interest, same) -> {
          if (interest.covers(frame)) {
            for (Listeners group : same) {
              group.hand(frame, receivedNanos, nowNanos);
              note(group, nowNanos);
            }
          }
        });
  }

  private void note(Listeners group, long nowNanos) {
    if (group.isWaiting()) {
      waiting.add(group);
    }
    if (group.isGathering() && queued.add(group)) {
      turns.add(new Turn(group.dueNanos(nowNanos), group));
    }
  }

  /** Hands over what does not wait to be gathered. */
  void deliver() {
    waiting.forEach(Listeners::deliver);
    waiting.clear();
  }

  /**
   * Hands over what was gathered and is due.
   *
   * @param clients after so many the rest waits for the next time
   */
  void deliverDue(long nowNanos, int clients) {
    int told = 0;
    while (told < clients && !turns.isEmpty() && turns.peek().dueNanos() <= nowNanos) {
      Listeners group = turns.poll().group();
      queued.remove(group);
      group.deliverAll(nowNanos);
      told += group.size();
    }
  }

  /** How long until something gathered is due; {@code longest} where nothing is before that. */
  long untilDue(long nowNanos, long longest) {
    return turns.isEmpty() ? longest : Math.clamp(turns.peek().dueNanos() - nowNanos, 0, longest);
  }

  /** Hands over everything that waits for one client, and for those who are told the same. */
  void deliverAll(StreamClient client, long nowNanos) {
    Listeners group = all.get(client);
    if (group != null) {
      group.deliverAll(nowNanos);
    }
  }

  /** An agent logged on or off: where their clients now see other desks, they are told anew. */
  void rescope(
      AgentId agent, Function<SignedIn, Scope> scopes, long seq, long nowNanos, Renewal renewal) {
    for (Map.Entry<StreamClient, Listeners> entry : List.copyOf(all.entrySet())) {
      StreamClient client = entry.getKey();
      if (client.who().account().agent().equals(Optional.of(agent))) {
        Interest before = entry.getValue().interest();
        Interest now = before.with(scopes.apply(client.who()));
        if (!now.equals(before)) {
          renewal.renew(client, put(client, now, seq, nowNanos));
        }
      }
    }
  }
}
