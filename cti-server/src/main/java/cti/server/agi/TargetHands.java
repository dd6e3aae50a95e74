package cti.server.agi;

import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.engine.FlowInput;
import cti.core.event.RouteDetails;
import cti.core.id.DeskId;
import cti.core.ivr.CallPlan;
import cti.core.ivr.FlowAction;
import cti.core.ivr.Node;
import cti.core.ivr.Waiting;
import cti.core.routing.Decision;
import cti.core.routing.Explanations;
import cti.core.routing.Outcome;
import cti.core.routing.RouteRequest;
import cti.core.routing.RoutingRule;
import cti.core.routing.Target;
import cti.core.routing.TargetPlace;
import cti.core.routing.TargetRun;
import cti.core.routing.TargetStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
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

  /** Of a number that was answered, where the flow goes on after the talk. */
  private static final String TALKED = "ANSWER";

  private static final String NOBODY = "TIMEOUT";

  /** In the place of a target's index. */
  private static final int NONE = -1;

  /** Of a call that is not sent anywhere. */
  private static final Waiting NO_WAIT = new Waiting(Set.of(), false, "", Node.Queue.Says.NOTHING);

  /** Where nothing could be tried at all. */
  private static final String NOTHING = "JOINEMPTY";

  private final FlowHands hands;
  private final CallPlan plan;
  private final TargetRun facts;
  private boolean told;

  /**
   * @param plan with the version of the rules that the call has
   * @param facts the moment and the directory; its targets do not count
   */
  TargetHands(FlowHands hands, CallPlan plan, TargetRun facts) {
    this.hands = hands;
    this.plan = plan;
    this.facts = facts;
  }

  /**
   * One call at its targets.
   *
   * @param priority of the flow's queue node, where the call has just come from it
   */
  private record Course(
      String rule,
      DeskId desk,
      List<Target> targets,
      int priority,
      Waiting waiting,
      String flow,
      String explanation,
      Optional<RouteDetails> details) {}

  /**
   * No target took the call: the flow goes on.
   *
   * @param status as of a queue
   * @param offer what the caller is to be offered; else empty
   */
  record Back(String status, Optional<TargetStep.Offer> offer) {
    private static Back with(String status) {
      return new Back(status, Optional.empty());
    }
  }

  /** Whether it was a rule that gave the desk, and not the flow. */
  boolean leads(String rule) {
    return plan.routing().rules().rule(rule).isPresent();
  }

  /**
   * Begins with the targets of the rule that gave the desk.
   *
   * @param request what the rules were asked
   * @return how the flow goes on; empty where the call was sent on
   */
  Optional<Back> begin(FlowAction.EnterQueue queue, RouteRequest request) throws AgiException {
    hands.speak(queue.waiting().language());
    Optional<RouteDetails> details = details(queue.rule(), request);
    Course course =
        new Course(
            queue.rule(),
            queue.desk().id(),
            plan.routing().rules().targetsOf(queue.rule()),
            queue.priority(),
            queue.waiting(),
            queue.resume(),
            queue.explanation(),
            details);
    return carryOut(course, run(course).first(), NOTHING);
  }

  private Optional<RouteDetails> details(String rule, RouteRequest request) {
    Decision decision = plan.routing().decide(request);
    return decision.explanation().winner().filter(rule::equals).isPresent()
        ? Optional.of(Explanations.of(plan.routing(), request, decision))
        : Optional.empty();
  }

  /**
   * A rule won, and the flow does something else with the call than to try its targets: the desk is
   * closed, say. Told once a request.
   */
  void notTried(String rule, DeskId desk, String explanation, RouteRequest request) {
    Optional<Desk> known = known(desk);
    if (told || known.isEmpty()) {
      return;
    }
    tell(
        new Course(
            rule,
            desk,
            plan.routing().rules().targetsOf(rule),
            0,
            NO_WAIT,
            "",
            explanation,
            details(rule, request)),
        known.get(),
        NONE,
        List.of());
  }

  private Optional<Desk> known(DeskId id) {
    return plan.desks().stream().filter(known -> known.id().equals(id)).findFirst();
  }

  /**
   * Goes on after a target.
   *
   * @param status what Queue() or Dial() said of it
   * @return how the flow goes on; empty where the call was sent on
   */
  Optional<Back> goOn(TargetPlace place, String status) throws AgiException {
    Optional<RoutingRule> rule = plan.routing().rules().rule(place.rule());
    if (rule.isEmpty() || !NOT_TAKEN.contains(status)) {
      return Optional.of(Back.with(status.equals(TALKED) ? "CONTINUE" : status));
    }
    DeskId desk =
        switch (rule.get().outcome()) {
          case Outcome.Targets targets -> targets.desk();
          case Outcome.Ask _ -> throw new IllegalStateException(place + " is of a rule that asks");
        };
    List<Target> targets = plan.routing().rules().targetsOf(place.rule());
    Waiting waiting = Waiting.parse(place.waiting(), plan.flow().language());
    hands.speak(waiting.language());
    Course course =
        new Course(
            place.rule(),
            desk,
            targets,
            0,
            waiting,
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
    return new TargetRun(
        course.targets(),
        facts.calendars(),
        facts.facts(),
        facts.people(),
        hands.dialling(Optional.of(course.desk())));
  }

  private Optional<Back> carryOut(Course course, TargetStep first, String otherwise)
      throws AgiException {
    TargetStep step = first;
    while (step instanceof TargetStep.Play play) {
      LOG.info("Rule {}: target {} plays {}", course.rule(), play.index() + 1, play.prompt());
      hands.play(List.of(play.prompt()));
      step = run(course).after(play.index());
    }
    return switch (step) {
      case TargetStep.Wait wait -> enter(course, wait, otherwise);
      case TargetStep.Ring ring -> ring(course, ring);
      case TargetStep.Offer offer -> {
        LOG.info("Rule {}: the flow offers {}", course.rule(), offer.kind());
        known(course.desk())
            .ifPresent(desk -> tell(course, desk, offer.index(), offer.passedOver()));
        yield Optional.of(new Back(otherwise, Optional.of(offer)));
      }
      case TargetStep.Over over -> {
        if (!over.passedOver().isEmpty()) {
          LOG.info("Rule {}: no target is left: {}", course.rule(), over.passedOver());
        }
        if (!told && course.details().filter(found -> !found.reason().isEmpty()).isPresent()) {
          // None was tried: why is on record all the same.
          known(course.desk()).ifPresent(desk -> tell(course, desk, NONE, over.passedOver()));
        }
        yield Optional.of(Back.with(otherwise));
      }
      case TargetStep.Play _ -> throw new IllegalStateException("played already");
    };
  }

  private Optional<Back> enter(Course course, TargetStep.Wait wait, String otherwise)
      throws AgiException {
    Optional<Desk> desk = known(wait.desk());
    if (desk.isEmpty()) {
      LOG.error("Rule {} names desk {}, which is no more", course.rule(), wait.desk());
      return carryOut(course, run(course).after(wait.index()), otherwise);
    }
    hands.decideRecording(desk.get());
    // The engine knows the desk before the gateway can tell it of the queue.
    tell(course, desk.get(), wait.index(), wait.passedOver());
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("CTI_QUEUE", desk.get().queue().value());
    variables.put("CTI_PRIORITY", Integer.toString(Math.max(wait.priority(), course.priority())));
    variables.put(
        "CTI_TIMEOUT", Long.toString(wait.limit().orElse(desk.get().longestWait()).toSeconds()));
    wait.role().ifPresent(role -> variables.put("CTI_QUEUE_ROLE", penalties(role)));
    FlowHands.put(course.waiting(), variables);
    variables.put("CTI_RESUME", resume(course, wait.index()));
    variables.put("CTI_ACTION", "queue");
    hands.set(variables);
    LOG.info("To queue {} by {}, target {}", desk.get().queue(), course.rule(), wait.index() + 1);
    return Optional.empty();
  }

  /** The lowest and the highest penalty of members that are rung. */
  private static String penalties(SeatRole role) {
    return role.penalty() + "-" + role.penalty();
  }

  private Optional<Back> ring(Course course, TargetStep.Ring ring) throws AgiException {
    Optional<Desk> desk = known(course.desk());
    if (ring.agent().isPresent() && desk.isPresent()) {
      hands.decideRecording(desk.get());
    }
    desk.ifPresent(of -> tell(course, of, ring.index(), ring.passedOver()));
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("CTI_DIAL", ring.number());
    variables.put("CTI_TIMEOUT", Long.toString(ring.limit().toSeconds()));
    FlowHands.putGoOn(course.waiting().goOn(), variables);
    variables.put("CTI_RESUME", resume(course, ring.index()));
    variables.put("CTI_ACTION", ring.agent().isPresent() ? "agent" : "dial");
    hands.set(variables);
    LOG.info("Rings {} by {}, target {}", ring.whom(), course.rule(), ring.index() + 1);
    return Optional.empty();
  }

  private String resume(Course course, int index) {
    return new TargetPlace(
            plan.routing().version(),
            plan.flow().version(),
            course.rule(),
            index,
            course.waiting().text(),
            course.flow())
        .text();
  }

  private void tell(Course course, Desk desk, int index, List<String> passedOver) {
    told = true;
    boolean only = course.targets().size() == 1 && passedOver.isEmpty();
    String at =
        (index == NONE
                ? "no target was tried"
                : "target "
                    + (index + 1)
                    + " of "
                    + course.targets().size()
                    + ": "
                    + course.targets().get(index).written())
            + passedOver.stream()
                .map(skipped -> "; passed over: " + skipped)
                .reduce("", String::concat);
    hands.tell(
        (gateway, channel) ->
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
