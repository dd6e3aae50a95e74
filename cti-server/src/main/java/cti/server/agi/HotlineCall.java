package cti.server.agi;

import cti.core.desk.Desk;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.core.engine.FlowInput;
import cti.core.id.ChannelId;
import cti.core.id.GatewayId;
import cti.core.ivr.CallPlan;
import cti.core.ivr.FlowAction;
import cti.core.ivr.FlowEvent;
import cti.core.ivr.FlowInterpreter;
import cti.core.ivr.FlowInterpreter.Step;
import cti.core.ivr.QueueReturn;
import cti.core.routing.Caller;
import cti.core.routing.Facts;
import cti.core.routing.RouteRequest;
import cti.core.routing.RoutingPlan;
import cti.core.routing.TargetPlace;
import cti.core.routing.TargetRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
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

  private final GatewayId gateway;
  private final HotlineRequest request;
  private final CallerLine line;
  private final EngineReports engine;
  private final AgiCounters counters;
  private final ChannelId channel;
  private String language = "";
  private TargetHands targets;

  HotlineCall(
      GatewayId gateway,
      HotlineRequest request,
      CallerLine line,
      EngineReports engine,
      AgiCounters counters) {
    this.gateway = gateway;
    this.request = request;
    this.line = line;
    this.engine = engine;
    this.counters = counters;
    this.channel = request.channel();
  }

  /**
   * @throws AgiHangupException where the caller is gone
   * @throws AgiException where the gateway refuses a command that it should know
   */
  void run(FlowSources sources) throws AgiException {
    DirectoryIndex directory = sources.directory().get();
    Optional<TargetPlace> place = TargetPlace.parse(request.resume());
    CallPlan plan = planOf(place, sources);
    language = plan.flow().language();
    // What an earlier request of this call said must not stand when this one says nothing.
    line.setVariable("CTI_ACTION", "");
    List<StaffMember> matches = directory.lookup(request.callingNumber());
    Caller caller = Caller.of(request.callingNumber(), request.dialled(), matches, plan.sites());
    Facts facts = sources.facts().of(caller);
    targets =
        new TargetHands(
            gateway,
            channel,
            line,
            engine,
            plan,
            new TargetRun(List.of(), plan.routing().calendars(), facts, directory::byId),
            new Talking());
    FlowInterpreter interpreter = plan.interpreter();
    Optional<Step> step;
    if (request.resume().isEmpty()) {
      engine.tell(
          new FlowInput.CallerLookedUp(
              gateway,
              channel,
              request.callingNumber(),
              matches.stream().map(StaffMember::id).toList()));
      step = Optional.of(interpreter.start(caller, facts));
    } else {
      step = back(place, interpreter, caller, facts);
    }
    while (step.isPresent()) {
      step = next(step.get(), interpreter, caller, facts);
    }
  }

  /** The plan with the version of the rules that the call began with. */
  private static CallPlan planOf(Optional<TargetPlace> place, FlowSources sources) {
    CallPlan now = sources.plan().get();
    if (place.isEmpty() || place.get().version() == now.routing().version()) {
      return now;
    }
    Optional<RoutingPlan> own = sources.versions().of(place.get().version());
    if (own.isEmpty()) {
      LOG.warn("Version {} of the rules is not known any more", place.get().version());
    }
    return own.map(now::withRouting).orElse(now);
  }

  /** A call that comes back: to its next target, else into the flow; empty where it was sent on. */
  private Optional<Step> back(
      Optional<TargetPlace> place, FlowInterpreter interpreter, Caller caller, Facts facts)
      throws AgiException {
    Optional<String> status = Optional.of(request.queueStatus());
    if (place.isPresent() && !place.get().rule().isEmpty()) {
      status = targets.goOn(place.get(), request.queueStatus());
    }
    String flow = place.map(TargetPlace::flow).orElse(request.resume());
    return status.map(said -> interpreter.resume(flow, queueReturn(said), caller, facts));
  }

  /** Does what a step says; the step that follows, empty where the flow is over for now. */
  private Optional<Step> next(Step step, FlowInterpreter interpreter, Caller caller, Facts facts)
      throws AgiException {
    if (step.last() instanceof FlowAction.EnterQueue queue && targets.leads(queue.rule())) {
      Optional<FlowEvent> failed = carryOut(step.actions().subList(0, step.actions().size() - 1));
      if (failed.isPresent()) {
        return Optional.of(interpreter.next(step.state(), failed.get()));
      }
      RouteRequest asked =
          new RouteRequest(caller, step.state().choice(), step.state().keys(), facts);
      return targets
          .begin(queue, asked)
          .map(said -> interpreter.resume(queue.resume(), queueReturn(said), caller, facts));
    }
    return carryOut(step.actions()).map(event -> interpreter.next(step.state(), event));
  }

  /** How targets talk to the caller. */
  private final class Talking implements TargetHands.Talks {
    @Override
    public void play(List<String> prompts) throws AgiException {
      line.answer();
      line.play(language, prompts);
    }

    @Override
    public void decideRecording(Desk desk) throws AgiException {
      new TalkRecording(gateway, channel, line).decide(desk, language, true);
    }
  }

  private static Optional<QueueReturn> queueReturn(String said) {
    Optional<QueueReturn> status = QueueReturn.parse(said);
    if (status.isEmpty()) {
      LOG.warn("Queue status '{}' is not known, expected one of QUEUESTATUS", said);
    }
    return status;
  }

  /** Does these; the event that came of them, empty where the flow is over. */
  private Optional<FlowEvent> carryOut(List<FlowAction> actions) throws AgiException {
    Optional<FlowEvent> event = Optional.empty();
    for (FlowAction action : actions) {
      try {
        event = carryOut(action);
      } catch (AgiHangupException | AgiNetworkException e) {
        return Optional.of(new FlowEvent.CallerGone());
      } catch (AgiException e) {
        LOG.error("The gateway could not do {}: {}", action, e.getMessage());
        return Optional.of(new FlowEvent.Failed(e.getMessage()));
      }
    }
    return event;
  }

  private Optional<FlowEvent> carryOut(FlowAction action) throws AgiException {
    switch (action) {
      case FlowAction.Answer _ -> line.answer();
      case FlowAction.Play play -> {
        language = play.language();
        line.play(play.language(), play.prompts());
        return Optional.of(new FlowEvent.Played());
      }
      case FlowAction.Ask ask -> {
        language = ask.language();
        Optional<String> key = line.ask(ask.language(), ask.prompts(), ask.keyWait());
        return Optional.of(key.<FlowEvent>map(FlowEvent.Key::new).orElseGet(FlowEvent.NoKey::new));
      }
      case FlowAction.NoteKeys keys ->
          engine.tell(new FlowInput.KeysPressed(gateway, channel, keys.node(), keys.digits()));
      case FlowAction.EnterQueue queue -> enterQueue(queue);
      case FlowAction.HangUp hangUp -> {
        line.setVariable("CTI_ACTION", "hangup");
        engine.tell(new FlowInput.FlowOver(gateway, channel, hangUp.node()));
        LOG.info("Flow over at node {}", hangUp.node());
      }
      case FlowAction.FallBack fallBack -> {
        counters.fellBack.increment();
        LOG.warn("Left to the static queue at node {}: {}", fallBack.node(), fallBack.reason());
      }
      case FlowAction.Quit _ -> LOG.info("Caller gone");
    }
    return Optional.empty();
  }

  private void enterQueue(FlowAction.EnterQueue queue) throws AgiException {
    new TalkRecording(gateway, channel, line).decide(queue.desk(), language, true);
    // The engine knows the desk before the gateway can tell it of the queue.
    engine.tell(
        new FlowInput.DeskChosen(
            gateway,
            channel,
            queue.desk().id(),
            queue.desk().queue(),
            queue.rule(),
            queue.explanation()));
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("CTI_QUEUE", queue.desk().queue().value());
    variables.put("CTI_PRIORITY", Integer.toString(queue.priority()));
    variables.put("CTI_TIMEOUT", Long.toString(queue.longestWait().toSeconds()));
    variables.put("CTI_RESUME", targets.place(queue));
    variables.put("CTI_ACTION", "queue");
    line.setVariables(variables);
    LOG.info("To queue {} by {}", queue.desk().queue(), queue.rule());
  }
}
