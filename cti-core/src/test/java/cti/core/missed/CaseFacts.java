package cti.core.missed;

import cti.core.call.QueueOutcome;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import cti.core.missed.CaseFact.ClosedByHand;
import cti.core.missed.CaseFact.Missed;
import cti.core.missed.CaseFact.Reopened;
import cti.core.missed.CaseFact.Talked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes facts, with times in minutes from 08:00; a negative end is one that was not seen. */
final class CaseFacts {
  private static final Instant BEGIN = Instant.parse("2026-11-23T00:00:00Z");
  private static final PartyKeys KEYS = new PartyKeys(Set.of("9"));

  private final List<CaseFact> facts = new ArrayList<>();

  static Instant at(long minute) {
    return BEGIN.plus(Duration.ofMinutes(minute));
  }

  List<CaseFact> facts() {
    return List.copyOf(facts);
  }

  private static List<StaffId> people(String... staff) {
    return Arrays.stream(staff).map(StaffId::new).toList();
  }

  void missed(String call, long minute, String desk, String number, String... staff) {
    missed(call, minute, Optional.of(new DeskId(desk)), "q-" + desk, number, people(staff));
  }

  void missedAtQueue(String call, long minute, String queue, String number, String... staff) {
    missed(call, minute, Optional.empty(), queue, number, people(staff));
  }

  private void missed(
      String call,
      long minute,
      Optional<DeskId> desk,
      String queue,
      String number,
      List<StaffId> people) {
    facts.add(
        new Missed(
            new MissedCall(
                new CallId(call),
                at(minute),
                desk,
                new QueueName(queue),
                QueueOutcome.ABANDONED,
                number,
                people),
            KEYS.of(number, people)));
  }

  void answered(String call, long minute, long end, String agent, String number, String... staff) {
    talked(call, minute, end, false, agent, number, staff);
  }

  void calledBack(String call, long minute, long end, String number, String... staff) {
    talked(call, minute, end, true, "2001", number, staff);
  }

  private void talked(
      String call,
      long minute,
      long end,
      boolean weCalled,
      String agent,
      String number,
      String... staff) {
    facts.add(
        new Talked(
            new CallId(call),
            at(minute),
            end < 0 ? Optional.empty() : Optional.of(at(end)),
            weCalled,
            Optional.of(new AgentId(agent)),
            KEYS.of(number, people(staff))));
  }

  void closed(String call, long minute, String reason) {
    facts.add(new ClosedByHand(new CallId(call), at(minute), "agent1", reason));
  }

  void reopened(String call, long minute) {
    facts.add(new Reopened(new CallId(call), at(minute), "agent1"));
  }
}
