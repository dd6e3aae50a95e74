package cti.server.agi;

import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.core.engine.FlowInput;
import cti.core.ivr.CallPlan;
import cti.core.ivr.FlowAction;
import cti.core.ivr.FlowEvent;
import cti.core.ivr.FlowInterpreter;
import cti.core.ivr.FlowInterpreter.Step;
import cti.core.ivr.MomentWorld;
import cti.core.routing.Caller;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiHangupException;
import org.asteriskjava.fastagi.AgiNetworkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of the dialplan for one call: runs the flow on the caller's line until it sends the
 * call on. The directory and the plan are those of the moment when the request came.
 */
final class HotlineCall {
  private static final Logger LOG = LoggerFactory.getLogger(HotlineCall.class);

  private final HotlineRequest request;
  private final FlowHands hands;

  HotlineCall(HotlineRequest request, FlowHands hands) {
    this.request = request;
    this.hands = hands;
  }

  /**
   * @throws AgiHangupException where the caller is gone
   * @throws AgiException where the gateway refuses a command that it should know
   */
  void run(FlowSources sources) throws AgiException {
    DirectoryIndex directory = sources.directory().get();
    CallPlan plan = sources.plan().get();
    hands.begin(plan.flow().language());
    List<StaffMember> matches = directory.lookup(request.callingNumber());
    Caller caller = Caller.of(request.callingNumber(), request.dialled(), matches, plan.sites());
    FlowInterpreter interpreter =
        plan.interpreter(
            directory::byId,
            new MomentWorld.Surroundings(
                sources.facts().of(caller),
                sources.around().notice(),
                sources.around().expectedWait()));
    Step step;
    if (request.resume().isEmpty()) {
      hands.tell(
          (gateway, channel) ->
              new FlowInput.CallerLookedUp(
                  gateway,
                  channel,
                  request.callingNumber(),
                  matches.stream().map(StaffMember::id).toList()));
      step = interpreter.start(caller);
    } else {
      step = interpreter.resume(request.resume(), request.queueStatus(), caller);
    }
    Optional<FlowEvent> event = carryOut(step);
    while (event.isPresent()) {
      step = interpreter.next(step.state(), event.get());
      event = carryOut(step);
    }
  }

  /** Does what a step says; the event that came of it, empty where the flow is over. */
  private Optional<FlowEvent> carryOut(Step step) throws AgiException {
    Optional<FlowEvent> event = Optional.empty();
    for (FlowAction action : step.actions()) {
      try {
        event = hands.carryOut(action);
      } catch (AgiHangupException | AgiNetworkException e) {
        return Optional.of(new FlowEvent.CallerGone());
      } catch (AgiException e) {
        LOG.error("The gateway could not do {}: {}", action, e.getMessage());
        return Optional.of(new FlowEvent.Failed(e.getMessage()));
      }
    }
    return event;
  }
}
