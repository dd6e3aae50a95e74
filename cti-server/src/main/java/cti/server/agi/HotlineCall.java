package cti.server.agi;

import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.core.engine.FlowInput;
import cti.core.ivr.CallPlan;
import cti.core.ivr.Flow;
import cti.core.ivr.FlowAction;
import cti.core.ivr.FlowEvent;
import cti.core.ivr.FlowInterpreter;
import cti.core.ivr.FlowInterpreter.Step;
import cti.core.ivr.FlowState;
import cti.core.ivr.MomentWorld;
import cti.core.routing.Caller;
import cti.core.routing.Facts;
import cti.core.routing.RouteRequest;
import cti.core.routing.RoutingPlan;
import cti.core.routing.TargetPlace;
import cti.core.routing.TargetRun;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiHangupException;
import org.asteriskjava.fastagi.AgiNetworkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of the dialplan for one call: runs the flow on the caller's line until it sends the
 * call on, and takes the call through the targets of the rule that won. The directory is that of
 * the moment when the request came, flow and rules are those that the call began with.
 */
final class HotlineCall {
  private static final Logger LOG = LoggerFactory.getLogger(HotlineCall.class);

  private final HotlineRequest request;
  private final FlowHands hands;

  HotlineCall(HotlineRequest request, FlowHands hands) {
    this.request = request;
    this.hands = hands;
  }

  /** What one request works with. */
  private record Moment(FlowInterpreter flow, TargetHands targets, Facts facts, Caller caller) {}

  /**
   * @throws AgiHangupException where the caller is gone
   * @throws AgiException where the gateway refuses a command that it should know
   */
  void run(FlowSources sources) throws AgiException {
    DirectoryIndex directory = sources.directory().get();
    Optional<TargetPlace> place = TargetPlace.parse(request.resume());
    CallPlan plan = planOf(place, sources);
    hands.begin(plan);
    List<StaffMember> matches = directory.lookup(request.callingNumber());
    Caller caller = Caller.of(request.callingNumber(), request.dialled(), matches, plan.sites());
    Facts facts = sources.facts().of(caller);
    FlowInterpreter flow =
        plan.interpreter(
            directory::byId,
            new MomentWorld.Surroundings(
                facts, sources.around().notices(), sources.around().expectedWait()));
    TargetRun at =
        new TargetRun(
            List.of(),
            plan.routing().calendars(),
            facts,
            directory::byId,
            hands.dialling(Optional.empty()));
    Moment moment = new Moment(flow, new TargetHands(hands, plan, at), facts, caller);
    Optional<Step> step;
    if (request.resume().isEmpty()) {
      hands.tell(
          (gateway, channel) ->
              new FlowInput.CallerLookedUp(
                  gateway,
                  channel,
                  request.callingNumber(),
                  matches.stream().map(StaffMember::id).toList()));
      step = Optional.of(flow.start(caller));
    } else {
      step = back(place, moment);
    }
    while (step.isPresent()) {
      step = next(step.get(), moment);
    }
  }

  /** The plan with the versions of flow and rules that the call began with. */
  private static CallPlan planOf(Optional<TargetPlace> place, FlowSources sources) {
    CallPlan plan = sources.plan().get();
    if (place.isEmpty()) {
      return plan;
    }
    int rules = place.get().version();
    if (rules != plan.routing().version()) {
      Optional<RoutingPlan> own = sources.versions().rules().of(rules);
      if (own.isEmpty()) {
        LOG.warn("Version {} of the rules is not known any more", rules);
      }
      plan = own.map(plan::withRouting).orElse(plan);
    }
    int flow = place.get().flowVersion();
    if (flow != plan.flow().version()) {
      Optional<Flow> own = sources.versions().flows().of(flow);
      if (own.isEmpty()) {
        LOG.warn("Version {} of the flow is not known any more", flow);
      }
      plan = own.map(plan::withFlow).orElse(plan);
    }
    return plan;
  }

  /** A call that comes back: to its next target, else into the flow; empty where it was sent on. */
  private Optional<Step> back(Optional<TargetPlace> place, Moment moment) throws AgiException {
    String flow = place.map(TargetPlace::flow).orElse(request.resume());
    if (place.isEmpty() || place.get().rule().isEmpty()) {
      return Optional.of(moment.flow().resume(flow, request.queueStatus(), moment.caller()));
    }
    return moment
        .targets()
        .goOn(place.get(), request.queueStatus())
        .map(back -> intoTheFlow(flow, back, moment));
  }

  private static Step intoTheFlow(String flow, TargetHands.Back back, Moment moment) {
    return back.offer()
        .map(offer -> moment.flow().offered(flow, offer, moment.caller()))
        .orElseGet(() -> moment.flow().resume(flow, back.status(), moment.caller()));
  }

  /** Does what a step says; the step that follows, empty where the flow is over for now. */
  private Optional<Step> next(Step step, Moment moment) throws AgiException {
    if (step.last() instanceof FlowAction.EnterQueue queue
        && moment.targets().leads(queue.rule())) {
      Optional<FlowEvent> failed =
          carryOut(step.state().node(), step.actions().subList(0, step.actions().size() - 1));
      if (failed.isPresent()) {
        return Optional.of(moment.flow().next(step.state(), failed.get()));
      }
      return moment
          .targets()
          .begin(queue, asked(step, moment))
          .map(back -> intoTheFlow(queue.resume(), back, moment));
    }
    FlowState.Chosen chosen = step.state().chosen();
    if (request.resume().isEmpty()
        && chosen.desk().isPresent()
        && moment.targets().leads(chosen.rule())) {
      moment
          .targets()
          .notTried(chosen.rule(), chosen.desk().get(), chosen.explanation(), asked(step, moment));
    }
    return carryOut(step.state().node(), step.actions())
        .map(event -> moment.flow().next(step.state(), event));
  }

  /** What the rules were asked. */
  private static RouteRequest asked(Step step, Moment moment) {
    return new RouteRequest(
        step.state().caller(), step.state().choice(), step.state().said().keys(), moment.facts());
  }

  /** Does these; the event that came of them, empty where the flow is over. */
  private Optional<FlowEvent> carryOut(String node, List<FlowAction> actions) throws AgiException {
    Optional<FlowEvent> event = Optional.empty();
    for (FlowAction action : actions) {
      try {
        event = hands.carryOut(action);
      } catch (AgiHangupException | AgiNetworkException e) {
        return Optional.of(new FlowEvent.CallerGone());
      } catch (AgiException e) {
        LOG.error(
            "The gateway could not do {} at node {}: {}",
            action.getClass().getSimpleName(),
            node,
            e.getMessage());
        return Optional.of(new FlowEvent.Failed(e.getMessage()));
      }
    }
    return event;
  }
}
