package cti.testbed.e2e;

import cti.testbed.e2e.CallOnRecord.Attempt;
import cti.testbed.e2e.CallOnRecord.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds our record of a call against the queue_log of Asterisk. */
final class QueueLogCheck {
  /** app_queue counts whole seconds from one second's beginning to another's. */
  private static final long TOLERANCE_MILLIS = 1_000;

  private static final Set<String> RINGS_IN_VAIN =
      Set.of("no-answer", "busy", "rejected", "unavailable");

  private QueueLogCheck() {}

  /** What differs, a sentence each; empty where both tell the same. */
  static List<String> differences(CallOnRecord call, List<GatewayStay> stays) {
    // A queue that takes nobody in leaves no line in queue_log.
    List<Visit> visits =
        call.visits().stream()
            .filter(visit -> !(visit.outcome().equals("no-agents") && visit.waitMillis() == 0))
            .toList();
    List<String> differences = new ArrayList<>();
    if (visits.size() != stays.size()) {
      differences.add("queue_log has stays %s, our record %s".formatted(stays, visits));
      return differences;
    }
    for (int i = 0; i < visits.size(); i++) {
      compare(visits.get(i), stays.get(i), differences);
    }
    return differences;
  }

  private static void compare(Visit visit, GatewayStay stay, List<String> differences) {
    if (!visit.queue().equals(stay.queue())) {
      differences.add("queue_log has queue %s, our record %s".formatted(stay, visit));
      return;
    }
    String end = stay.end().orElse("no end");
    if (!outcomesOf(end).contains(visit.outcome())) {
      differences.add(
          "%s: queue_log has %s, our record %s".formatted(stay.queue(), end, visit.outcome()));
    }
    if (Math.abs(visit.waitMillis() - stay.waitSeconds() * 1000) > TOLERANCE_MILLIS) {
      differences.add(
          "%s: queue_log has a wait of %d s, our record %d ms"
              .formatted(stay.queue(), stay.waitSeconds(), visit.waitMillis()));
    }
    long inVain =
        visit.attempts().stream().filter(a -> RINGS_IN_VAIN.contains(a.outcome())).count();
    if (inVain != stay.ringsInVain()) {
      differences.add(
          "%s: queue_log has %d RINGNOANSWER, our record %s"
              .formatted(stay.queue(), stay.ringsInVain(), visit.attempts()));
    }
    stay.member().ifPresent(member -> compareTalk(visit, stay, member, differences));
  }

  private static void compareTalk(
      Visit visit, GatewayStay stay, String member, List<String> differences) {
    Optional<Attempt> answered =
        visit.attempts().stream().filter(a -> a.outcome().equals("answered")).findFirst();
    String who = answered.flatMap(a -> a.agent().or(() -> Optional.of(a.extension()))).orElse("-");
    // Of a call that a colleague picked up, app_queue names the member whose phone it rang.
    boolean pickedUp =
        visit.attempts().stream()
            .filter(attempt -> attempt.outcome().equals("picked-up"))
            .anyMatch(attempt -> attempt.agent().equals(Optional.of(member)));
    if (!who.equals(member) && !pickedUp) {
      differences.add(
          "%s: queue_log has CONNECT with %s, our record %s".formatted(stay.queue(), member, who));
    }
    Optional<String> by = answered.flatMap(Attempt::talkClearedBy);
    Optional<String> gatewayBy =
        stay.completedBy().map(event -> event.equals("COMPLETEAGENT") ? "agent" : "caller");
    if (gatewayBy.isPresent() && !by.equals(gatewayBy)) {
      differences.add(
          "%s: queue_log has %s, our record says cleared by %s"
              .formatted(stay.queue(), stay.completedBy().get(), by.orElse("nobody")));
    }
  }

  /** Our outcomes that an end in queue_log allows; a call that rang in vain counts as such. */
  private static Set<String> outcomesOf(String end) {
    return switch (end) {
      case "CONNECT" -> Set.of("answered");
      case "ABANDON" -> Set.of("abandoned", "agent-no-answer");
      case "EXITWITHTIMEOUT" -> Set.of("timed-out", "overflowed", "agent-no-answer");
      case "EXITEMPTY" -> Set.of("no-agents", "agent-no-answer");
      case "WITHDRAW" -> Set.of("overflowed");
      case "EXITWITHKEY" -> Set.of("left-by-key", "agent-no-answer");
      default -> Set.of();
    };
  }
}
