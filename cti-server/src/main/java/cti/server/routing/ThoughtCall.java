package cti.server.routing;

import cti.core.directory.Dialling;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.NumberNormalizer;
import cti.core.directory.StaffMember;
import cti.core.event.RouteDetails;
import cti.core.id.DeskId;
import cti.core.ivr.CallPlan;
import cti.core.ivr.FlowAction;
import cti.core.ivr.FlowEvent;
import cti.core.ivr.FlowInterpreter;
import cti.core.ivr.FlowInterpreter.Step;
import cti.core.ivr.MomentWorld;
import cti.core.port.Routing.Explained;
import cti.core.port.Routing.Person;
import cti.core.routing.Caller;
import cti.core.routing.Decision;
import cti.core.routing.Explanations;
import cti.core.routing.Facts;
import cti.core.routing.RouteRequest;
import cti.core.routing.TargetRun;
import cti.core.routing.TargetStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A call that is thought of: through the flow by its keys, then what the rules say of it. */
public final class ThoughtCall {
  /** A caller who presses nothing any more is followed so far. */
  private static final int MOST_STEPS = 40;

  private final CallPlan plan;
  private final DirectoryIndex directory;
  private final Facts facts;

  public ThoughtCall(CallPlan plan, DirectoryIndex directory, Facts facts) {
    this.plan = plan;
    this.directory = directory;
    this.facts = facts;
  }

  /**
   * What would become of the call.
   *
   * @param keys pressed in the menus, in order
   */
  public Explained.Done explain(String from, String dialled, String keys) {
    List<StaffMember> matches = directory.lookup(from);
    Caller caller = Caller.of(from, dialled, matches, plan.sites());
    Walked walked = walk(caller, keys);
    RouteRequest request = new RouteRequest(caller, walked.choice(), walked.keys(), facts);
    Decision decision = plan.routing().decide(request);
    RouteDetails details = Explanations.of(plan.routing(), request, decision);
    Optional<DeskId> desk =
        switch (decision) {
          case Decision.Decided decided -> Optional.of(decided.desk());
          case Decision.Undecided _ -> Optional.empty();
        };
    if (decision instanceof Decision.Decided decided) {
      TargetStep first =
          new TargetRun(
                  decided.targets(),
                  plan.routing().calendars(),
                  facts,
                  directory::byId,
                  new Dialling(plan.siteOf(decided.desk()), NumberNormalizer.NONE))
              .first();
      details = details.at(index(first, decided.targets().size()) + 1, first.passedOver());
    }
    return new Explained.Done(
        details,
        matches.stream().map(ThoughtCall::person).toList(),
        desk,
        decision.explanation().line(),
        walked.way());
  }

  /** Where among the targets a step is, from 0; as many as there are where none is left. */
  static int index(TargetStep step, int targets) {
    return switch (step) {
      case TargetStep.Wait wait -> wait.index();
      case TargetStep.Ring ring -> ring.index();
      case TargetStep.Play play -> play.index();
      case TargetStep.Offer offer -> offer.index();
      case TargetStep.Over _ -> targets;
    };
  }

  private static Person person(StaffMember member) {
    return new Person(
        member.id(),
        member.name(),
        member.department().toString(),
        member.site().value(),
        member.vip());
  }

  record Walked(Optional<String> choice, String keys, List<String> way) {}

  Walked walk(Caller caller, String keys) {
    FlowInterpreter interpreter =
        plan.interpreter(directory::byId, MomentWorld.Surroundings.quiet(facts));
    List<String> way = new ArrayList<>();
    String rest = keys.replaceAll("[^0-9*#]", "");
    int next = 0;
    Step step = interpreter.start(caller);
    for (int i = 0; i < MOST_STEPS; i++) {
      way.add(step.state().node());
      FlowEvent event;
      if (step.last() instanceof FlowAction.Ask) {
        boolean more = next < rest.length();
        event = more ? new FlowEvent.Key(rest.substring(next, ++next)) : new FlowEvent.NoKey();
      } else if (step.last() instanceof FlowAction.Play) {
        event = new FlowEvent.Played();
      } else {
        break;
      }
      step = interpreter.next(step.state(), event);
    }
    return new Walked(step.state().choice(), step.state().said().keys(), way);
  }
}
