package cti.server.agi;

import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.engine.FlowInput;
import cti.core.event.RouteDetails;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;
import cti.core.id.GatewayId;
import cti.core.ivr.CallPlan;
import cti.core.ivr.FlowAction;
import cti.core.routing.Decision;
import cti.core.routing.Explanations;
import cti.core.routing.Outcome;
import cti.core.routing.RouteRequest;
import cti.core.routing.RoutingRule;
import cti.core.routing.Target;
import cti.core.routing.TargetPlace;
import cti.core.routing.TargetRun;
import cti.core.routing.TargetStep;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.asteriskjava.fastagi.AgiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one caller to the targets of the rule that won, one after the other, by the version of the
 * rules that the call has. Where no target is left the flow goes on.
 */
final class TargetHands {
  private static final Logger LOG = LoggerFactory.getLogger(TargetHands.class);

  /** What Queue() or Dial() say of a target that did not take the call: the next one is tried. */
  private static final Set<String> NOT_TAKEN =
      Set.of(
          "TIMEOUT",
          "FULL",
          "JOINEMPTY",
          "LEAVEEMPTY",
          "JOINUNAVAIL",
          "LEAVEUNAVAIL",
          "NOSUCHQUEUE",
          "NOANSWER",
          "BUSY",
          "CHANUNAVAIL",
          "CONGESTION");

  /** What the flow is told where a number was not reached: for it the call came from a queue. */
  private static final Set<String> OF_A_NUMBER =
      Set.of("NOANSWER", "BUSY", "CHANUNAVAIL", "CONGESTION");

  private static final String NOBODY = "TIMEOUT";

  /** Where nothing could be tried at all. */
  private static final String NOTHING = "JOINEMPTY";

  private final GatewayId gateway;
  private final ChannelId channel;
  private final CallerLine line;
  private final EngineReports engine;
  private final CallPlan plan;
  private final TargetRun facts;
  private final Talks talks;

  /**
   * @param plan with the version of the rules that the call has
   * @param facts the moment and the directory; its targets do not count
   */
  TargetHands(
      GatewayId gateway,
      ChannelId channel,
      CallerLine line,
      EngineReports engine,
      CallPlan plan,
      TargetRun facts,
      Talks talks) {
    this.gateway = gateway;
    this.channel = channel;
    this.line = line;
    this.engine = engine;
    this.plan = plan;
    this.facts = facts;
    this.talks = talks;
  }

  /** How the caller is talked to, and whether their talk is recorded. */
  interface Talks {
    void play(List<String> prompts) throws AgiException;

    void decideRecording(Desk desk) throws AgiException;
  }

  /** One call at its targets. */
  private record Course(
      String rule,
      DeskId desk,
      List<Target> targets,
      String flow,
      String explanation,
      Optional<RouteDetails> details) {}

  /** Whether it was a rule that gave the desk, and not the flow. */
  boolean leads(String rule) {
    return plan.routing().rules().rule(rule).isPresent();
  }

  /** The flow's own place, with the version that the call keeps. */
  String place(FlowAction.EnterQueue queue) {
    return new TargetPlace(plan.routing().version(), "", 0, queue.resume()).text();
  }

  /**
   * Begins with the targets of the rule that gave the desk.
   *
   * @param request what the rules were asked
   * @return the status with which the flow goes on; empty where the call was sent on
   */
  Optional<String> begin(FlowAction.EnterQueue queue, RouteRequest request) throws AgiException {
    Decision decision = plan.routing().decide(request);
    Optional<RouteDetails> details =
        decision.explanation().winner().filter(queue.rule()::equals).isPresent()
            ? Optional.of(Explanations.of(plan.routing(), request, decision))
            : Optional.empty();
    Course course =
        new Course(
            queue.rule(),
            queue.desk().id(),
            plan.routing().rules().targetsOf(queue.rule()),
            queue.resume(),
            queue.explanation(),
            details);
    return carryOut(course, run(course).first(), NOTHING);
  }

  /**
   * Goes on after a target.
   *
   * @param status what Queue() or Dial() said of it
   * @return the status with which the flow goes on; empty where the call was sent on
   */
  Optional<String> goOn(TargetPlace place, String status) throws AgiException {
    Optional<RoutingRule> rule = plan.routing().rules().rule(place.rule());
    if (rule.isEmpty() || !NOT_TAKEN.contains(status)) {
      return Optional.of(status);
    }
    DeskId desk =
        switch (rule.get().outcome()) {
          case Outcome.Targets targets -> targets.desk();
          case Outcome.Ask _ -> throw new IllegalStateException(place + " is of a rule that asks");
        };
    List<Target> targets = plan.routing().rules().targetsOf(place.rule());
    Course course =
        new Course(
            place.rule(),
            desk,
            targets,
            place.flow(),
            "rule " + place.rule() + ", target " + (place.index() + 1) + " said " + status,
            Optional.of(later(place, targets)));
    return carryOut(
        course, run(course).after(place.index()), OF_A_NUMBER.contains(status) ? NOBODY : status);
  }

  /** What was looked at is on record with the first target. */
  private RouteDetails later(TargetPlace place, List<Target> targets) {
    return new RouteDetails(
        plan.routing().version(),
        facts.facts().at(),
        "",
        List.of(),
        Optional.empty(),
        "",
        Optional.of(place.rule()),
        "",
        List.of(),
        List.of(),
        targets.stream().map(Target::written).toList(),
        0,
        List.of());
  }

  private TargetRun run(Course course) {
    return new TargetRun(course.targets(), facts.calendars(), facts.facts(), facts.people());
  }

  private Optional<String> carryOut(Course course, TargetStep first, String otherwise)
      throws AgiException {
    TargetStep step = first;
    while (step instanceof TargetStep.Play play) {
      talks.play(List.of(play.prompt()));
      step = run(course).after(play.index());
    }
    return switch (step) {
      case TargetStep.Wait wait -> enter(course, wait, otherwise);
      case TargetStep.Ring ring -> ring(course, ring);
      case TargetStep.Offer offer -> {
        LOG.info("Rule {}: {} offered by the flow", course.rule(), offer.kind());
        yield Optional.of(otherwise);
      }
      case TargetStep.Over over -> {
        if (!over.passedOver().isEmpty()) {
          LOG.info("Rule {}: no target is left: {}", course.rule(), over.passedOver());
        }
        yield Optional.of(otherwise);
      }
      case TargetStep.Play _ -> throw new IllegalStateException("played already");
    };
  }

  private Optional<String> enter(Course course, TargetStep.Wait wait, String otherwise)
      throws AgiException {
    Optional<Desk> desk =
        plan.desks().stream().filter(known -> known.id().equals(wait.desk())).findFirst();
    if (desk.isEmpty()) {
      LOG.error("Rule {} names desk {}, which is no more", course.rule(), wait.desk());
      return carryOut(course, run(course).after(wait.index()), otherwise);
    }
    line.setVariable("CTI_QUEUE", desk.get().queue().value());
    line.setVariable("CTI_PRIORITY", Integer.toString(wait.priority()));
    line.setVariable(
        "CTI_TIMEOUT", Long.toString(wait.limit().orElse(desk.get().longestWait()).toSeconds()));
    if (wait.role().isPresent()) {
      line.setVariable("CTI_QUEUE_ROLE", penalties(wait.role().get()));
    }
    line.setVariable("CTI_RESUME", resume(course, wait.index()));
    talks.decideRecording(desk.get());
    // The engine knows the desk before the gateway can tell it of the queue.
    tell(course, desk.get(), wait.index(), wait.passedOver());
    line.setVariable("CTI_ACTION", "queue");
    LOG.info("To queue {} by {}, target {}", desk.get().queue(), course.rule(), wait.index() + 1);
    return Optional.empty();
  }

  /** The lowest and the highest penalty of members that are rung. */
  private static String penalties(SeatRole role) {
    return role.penalty() + "-" + role.penalty();
  }

  private Optional<String> ring(Course course, TargetStep.Ring ring) throws AgiException {
    line.setVariable("CTI_DIAL", ring.number());
    line.setVariable("CTI_TIMEOUT", Long.toString(ring.limit().toSeconds()));
    line.setVariable("CTI_RESUME", resume(course, ring.index()));
    plan.desks().stream()
        .filter(known -> known.id().equals(course.desk()))
        .findFirst()
        .ifPresent(desk -> tell(course, desk, ring.index(), ring.passedOver()));
    line.setVariable("CTI_ACTION", ring.agent().isPresent() ? "agent" : "dial");
    LOG.info("Rings {} by {}, target {}", ring.whom(), course.rule(), ring.index() + 1);
    return Optional.empty();
  }

  private String resume(Course course, int index) {
    return new TargetPlace(plan.routing().version(), course.rule(), index, course.flow()).text();
  }

  private void tell(Course course, Desk desk, int index, List<String> passedOver) {
    boolean only = course.targets().size() == 1 && passedOver.isEmpty();
    String at =
        "target "
            + (index + 1)
            + " of "
            + course.targets().size()
            + ": "
            + course.targets().get(index).written()
            + passedOver.stream()
                .map(skipped -> "; passed over: " + skipped)
                .reduce("", String::concat);
    engine.tell(
        new FlowInput.DeskChosen(
            gateway,
            channel,
            desk.id(),
            desk.queue(),
            course.rule(),
            only ? course.explanation() : at + " | " + course.explanation(),
            course.details().map(details -> details.at(index + 1, passedOver))));
  }
}
