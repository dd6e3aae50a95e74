package cti.server.routing;

import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.core.ivr.CallPlan;
import cti.core.port.RoutedCalls.RoutedCall;
import cti.core.port.WhatIf.Change;
import cti.core.routing.Caller;
import cti.core.routing.Decision;
import cti.core.routing.Explanation;
import cti.core.routing.Facts;
import cti.core.routing.RouteRequest;
import cti.core.routing.RoutingPlan;
import cti.core.routing.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One call of the past, asked again of two versions of the rules. Its caller, choice, keys and
 * moment are those on record; queues and earlier calls of then are not known.
 */
final class Replay {
  private final CallPlan plan;
  private final RoutingPlan after;
  private final DirectoryIndex directory;

  /**
   * @param plan with the rules to compare with
   * @param directory of today: people of then are looked up in it
   */
  Replay(CallPlan plan, RoutingPlan after, DirectoryIndex directory) {
    this.plan = plan;
    this.after = after;
    this.directory = directory;
  }

  /**
   * What came of a call.
   *
   * @param change where the outcome is another, or is not known
   */
  record Outcome(boolean changed, Optional<String> open, Optional<Change> change) {}

  Outcome of(RoutedCall call) {
    RouteRequest request = request(call);
    Decision before = plan.routing().decide(request);
    Decision then = after.decide(request);
    Optional<String> open = unknown(then.explanation()).or(() -> unknown(before.explanation()));
    boolean changed = !same(before, then);
    if (!changed && open.isEmpty()) {
      return new Outcome(false, open, Optional.empty());
    }
    return new Outcome(
        changed,
        open,
        Optional.of(
            new Change(
                call.call(),
                call.startedAt(),
                call.callingNumber(),
                "rule " + call.rule() + " to desk " + call.desk(),
                written(before),
                written(then),
                open)));
  }

  private RouteRequest request(RoutedCall call) {
    List<StaffMember> matches =
        call.matches().stream().map(directory::byId).flatMap(Optional::stream).toList();
    Caller caller = Caller.of(call.callingNumber(), call.dialled(), matches, plan.sites());
    if (call.details().isPresent()) {
      return new RouteRequest(
          caller,
          call.details().get().choice(),
          call.details().get().keys(),
          Facts.at(call.details().get().at()));
    }
    Facts facts = Facts.at(call.startedAt());
    ThoughtCall.Walked walked = new ThoughtCall(plan, directory, facts).walk(caller, call.digits());
    return new RouteRequest(caller, walked.choice(), walked.keys(), facts);
  }

  private static boolean same(Decision one, Decision other) {
    if (one instanceof Decision.Decided a && other instanceof Decision.Decided b) {
      return a.desk().equals(b.desk()) && a.targets().equals(b.targets());
    }
    return one instanceof Decision.Undecided && other instanceof Decision.Undecided;
  }

  private static Optional<String> unknown(Explanation explanation) {
    return explanation.passedOver().stream()
        .filter(rule -> !rule.known())
        .findFirst()
        .map(rule -> "rule " + rule.rule() + ": " + rule.why());
  }

  private static String written(Decision decision) {
    return switch (decision) {
      case Decision.Decided decided ->
          "rule "
              + decided.rule()
              + " for desk "
              + decided.desk()
              + ": "
              + decided.targets().stream().map(Target::written).collect(Collectors.joining(", "));
      case Decision.Undecided undecided ->
          undecided
              .explanation()
              .winner()
              .map(rule -> "rule " + rule + ": asks the caller")
              .orElse("no rule holds");
    };
  }
}
