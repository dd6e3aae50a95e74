package cti.bench.gateway;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Members and waiting callers of all queues: the longest free one is rung. One owner. */
final class Queues {
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, Deque<Member>> free = new HashMap<>();
  private final Map<String, Deque<PlayedCall>> waiting = new HashMap<>();
  private final BiConsumer<PlayedCall, Member> ring;

  /**
   * @param ring is told whom a call rings; the member is taken then
   */
  Queues(BiConsumer<PlayedCall, Member> ring) {
    this.ring = ring;
  }

  /** False where the member is there already. */
  boolean add(Member member) {
    if (members.putIfAbsent(key(member.queue(), member.memberInterface()), member) != null) {
      return false;
    }
    look(member);
    return true;
  }

  Optional<Member> remove(String queue, String memberInterface) {
    Optional<Member> gone = Optional.ofNullable(members.remove(key(queue, memberInterface)));
    gone.ifPresent(member -> member.pause(true, "removed"));
    return gone;
  }

  Optional<Member> member(String queue, String memberInterface) {
    return Optional.ofNullable(members.get(key(queue, memberInterface)));
  }

  Collection<Member> members() {
    return members.values();
  }

  /** A caller joins: rings at once where a member is free. */
  void join(String queue, PlayedCall call) {
    waiting.computeIfAbsent(queue, name -> new ArrayDeque<>()).addLast(call);
    serve(queue);
  }

  /** A member may have become free. */
  void look(Member member) {
    if (member.free() && member.enterLine()) {
      free.computeIfAbsent(member.queue(), name -> new ArrayDeque<>()).addLast(member);
      serve(member.queue());
    }
  }

  int waiting() {
    return waiting.values().stream().mapToInt(Deque::size).sum();
  }

  private void serve(String queue) {
    Deque<Member> line = free.getOrDefault(queue, new ArrayDeque<>());
    Deque<PlayedCall> callers = waiting.getOrDefault(queue, new ArrayDeque<>());
    while (!line.isEmpty() && !callers.isEmpty()) {
      Member member = line.pollFirst();
      member.leaveLine();
      if (member.free()) {
        member.take();
        ring.accept(callers.pollFirst(), member);
      }
    }
  }

  private static String key(String queue, String memberInterface) {
    return queue + " " + memberInterface;
  }
}
