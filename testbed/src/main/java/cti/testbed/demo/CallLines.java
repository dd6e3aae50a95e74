package cti.testbed.demo;

import cti.testbed.client.CallView;
import cti.testbed.client.KeyView;
import cti.testbed.client.VisitView.AttemptView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A readable line per event of a call; not thread-safe, one stream feeds it. */
final class CallLines {
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The line of an event; empty for events that tell a reader nothing new. */
  Optional<String> line(String event, CallView call) {
    return what(event, call)
        .map(what -> "call %d  %s  %s".formatted(numberOf(call), who(call), what));
  }

  private int numberOf(CallView call) {
    return numbers.computeIfAbsent(call.id(), id -> numbers.size() + 1);
  }

  private static Optional<String> what(String event, CallView call) {
    return switch (event) {
      case "ServiceInitiated" -> Optional.of("dials the hotline");
      case "CallerIdentified" ->
          Optional.of(
              call.callers().isEmpty() ? "is not in the directory" : "is found in the directory");
      case "DigitsDialled" -> Optional.of(keys(call));
      case "Queued" -> call.queue().map(queue -> "waits in queue " + queue);
      case "Delivered" -> call.agent().map(agent -> "rings at agent " + agent + phone(call));
      case "Diverted" -> lastAttempt(call).map(CallLines::ringEnd);
      case "Established" -> call.agent().map(agent -> "talks to agent " + agent);
      case "QueueVisitEnded" ->
          call.visits()
              .getLast()
              .outcome()
              .filter(outcome -> !outcome.equals("answered"))
              .map(outcome -> "leaves the queue: " + outcome);
      case "CallMissed" -> Optional.of("is a missed call");
      case "FellBack" -> Optional.of("goes to the gateway's static queue");
      case "CallCleared" ->
          call.end().map(end -> "is over: %s, hung up by %s".formatted(end.outcome(), end.by()));
      default -> Optional.empty();
    };
  }

  private static String keys(CallView call) {
    KeyView last = call.keys().getLast();
    return last.digits().isEmpty()
        ? "presses nothing in " + last.node()
        : "presses %s in %s".formatted(last.digits(), last.node());
  }

  private static String phone(CallView call) {
    return call.extension().map(extension -> " (phone " + extension + ")").orElse("");
  }

  private static Optional<AttemptView> lastAttempt(CallView call) {
    return call.visits().stream()
        .flatMap(visit -> visit.attempts().stream())
        .filter(attempt -> attempt.outcome().isPresent())
        .reduce((first, second) -> second);
  }

  private static String ringEnd(AttemptView attempt) {
    return "rang at agent %s: %s"
        .formatted(
            attempt.agent().orElse("of phone " + attempt.extension()),
            attempt.outcome().orElse("-"));
  }

  private static String who(CallView call) {
    if (call.callers().isEmpty()) {
      return call.callingNumber();
    }
    String names =
        call.callers().stream()
            .map(caller -> caller.name() + (caller.vip() ? " (VIP)" : ""))
            .collect(Collectors.joining(" or "));
    return call.callingNumber() + " " + names;
  }
}
