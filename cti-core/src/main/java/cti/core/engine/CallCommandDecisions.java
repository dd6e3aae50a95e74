package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.ConnectionState;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.desk.Desk;
import cti.core.engine.CallCommand.Target;
import cti.core.id.AgentId;
import cti.core.id.ChannelId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What agents ask for in calls: whether it can be, and what the gateway is asked for. */
final class CallCommandDecisions {
  private static final String NUMBER = "[+]?[0-9]{2,32}";

  private final EngineSettings settings;
  private final LiveState state;
  private final PhoneLines lines;
  private final HoldsUnderway holds;

  /** Tells apart the calls that are made within one millisecond. */
  private long made;

  CallCommandDecisions(
      EngineSettings settings, LiveState state, PhoneLines lines, HoldsUnderway holds) {
    this.settings = settings;
    this.state = state;
    this.lines = lines;
    this.holds = holds;
  }

  Reply command(CallCommand command, Turn turn, Instant now) {
    Optional<AgentStatus> agent = turn.agent(command.agent()).filter(AgentStatus::loggedOn);
    if (agent.isEmpty()) {
      return refusal(
          "not-logged-on", "agent " + command.agent() + " is logged off, expected a log-on first");
    }
    if (!state.live(settings.gateway())) {
      return refusal(
          "gateway-away", "the link to gateway " + settings.gateway() + " is away, try later");
    }
    Optional<Call> call = command.about().flatMap(turn::call);
    if (command.about().isPresent() && call.isEmpty()) {
      return refusal(
          "no-such-call", "no call " + command.about().get() + ", expected one under way");
    }
    return switch (command) {
      case CallCommand.Dial dial -> dial(dial, agent.get(), turn, now);
      case CallCommand.PickUp _ -> pickUp(call.orElseThrow(), agent.get(), turn, now);
      case CallCommand.InCall inCall -> inCall(inCall, call.orElseThrow(), turn);
    };
  }

  private Reply inCall(CallCommand.InCall command, Call call, Turn turn) {
    Optional<Part> own = own(call, command.agent());
    if (own.isEmpty()) {
      return refusal(
          "not-your-call",
          "agent " + command.agent() + " is not in call " + call.id() + ", expected who talks");
    }
    Part part = own.get();
    ChannelId channel = settings.channel(part.id());
    return switch (command) {
      case CallCommand.HangUp _ ->
          // The phone itself, so that the gateway's own log too says who hung up.
          act(
              new GatewayAction.HangUp(settings.gateway(), settings.channel(lines.lineOf(part))),
              turn);
      case CallCommand.Hold _ ->
          talksFreely(call, part) ? hold(part, Dialplan.HOLD, "", turn) : notFree(call, part);
      case CallCommand.Retrieve _ -> retrieve(call, part, turn);
      case CallCommand.TransferBlind transfer -> blind(transfer.target(), call, part, turn);
      case CallCommand.Consult consult -> consult(consult.target(), call, part, turn);
      case CallCommand.CompleteTransfer _ ->
          consults(call, part)
              ? act(new GatewayAction.CompleteTransfer(settings.gateway(), channel), turn)
              : nobodyAsked(call);
      case CallCommand.Conference _ ->
          consults(call, part)
              ? act(new GatewayAction.JoinConference(settings.gateway(), channel), turn)
              : nobodyAsked(call);
    };
  }

  private Reply hold(Part part, String context, String target, Turn turn) {
    holds.asked(
        part.id(),
        new GatewayAction.Consult(
            settings.gateway(), settings.channel(part.id()), context, Dialplan.HERE, target),
        turn);
    return new Reply.Accepted();
  }

  private Reply retrieve(Call call, Part part, Turn turn) {
    if (holds.back(part.id())) {
      return refusal(
          "wrong-state", "call " + call.id() + " is being retrieved already, expected held");
    }
    if (!holds.toHold(part.id())) {
      if (part.state() != ConnectionState.HELD) {
        return wrongState(call, part, "held");
      }
      if (!HoldsUnderway.legged(call)) {
        return refusal(
            "held-by-phone", "the phone holds call " + call.id() + ", retrieve it there");
      }
    }
    holds.backFrom(part.id(), turn);
    return new Reply.Accepted();
  }

  private Reply blind(Target target, Call call, Part part, Turn turn) {
    if (!talksFreely(call, part)) {
      return notFree(call, part);
    }
    return to(target, part, turn)
        .map(
            place ->
                act(
                    new GatewayAction.TransferBlind(
                        settings.gateway(),
                        settings.channel(part.id()),
                        place.context(),
                        place.extension()),
                    turn))
        .orElseGet(() -> unreachable(target, turn));
  }

  private Reply consult(Target target, Call call, Part part, Turn turn) {
    if (!talksFreely(call, part)) {
      return notFree(call, part);
    }
    return to(target, part, turn)
        .map(place -> hold(part, Dialplan.CONSULT, place.kind() + ":" + place.extension(), turn))
        .orElseGet(() -> unreachable(target, turn));
  }

  private Reply dial(CallCommand.Dial dial, AgentStatus agent, Turn turn, Instant now) {
    if (!dial.number().matches(NUMBER)) {
      return refusal(
          "bad-number", "number '" + dial.number() + "', expected 2 to 32 digits, + before them");
    }
    Extension phone = agent.extension().orElseThrow();
    if (agent.call().filter(id -> turn.call(id).isPresent()).isPresent() && talks(agent, turn)) {
      return refusal("busy", "agent " + agent.agent() + " is in a call, expected one who is free");
    }
    if (dial.number().equals(phone.value())) {
      return refusal("bad-number", "number '" + phone + "' is the agent's own, expected another");
    }
    return make(
        phone,
        dial.number(),
        Dialplan.DIAL,
        dial.number(),
        dial.number(),
        agent.agent(),
        turn,
        now);
  }

  private Reply pickUp(Call call, AgentStatus agent, Turn turn, Instant now) {
    if (talks(agent, turn)) {
      return refusal("busy", "agent " + agent.agent() + " is in a call, expected one who is free");
    }
    Optional<Part> rings = call.ringing().filter(part -> part.role() != PartRole.CALLER);
    if (rings.isEmpty()) {
      return refusal("not-ringing", "call " + call.id() + " rings nobody, expected one that rings");
    }
    if (rings.get().device().agent().equals(Optional.of(agent.agent()))) {
      return refusal("your-phone-rings", "call " + call.id() + " rings your own phone: answer it");
    }
    return make(
        agent.extension().orElseThrow(),
        "",
        Dialplan.PICK_UP,
        settings.channel(rings.get().id()).value(),
        call.origin().callingNumber(),
        agent.agent(),
        turn,
        now);
  }

  private Reply make(
      Extension phone,
      String called,
      String context,
      String extension,
      String shown,
      AgentId agent,
      Turn turn,
      Instant now) {
    made++;
    ChannelId channel = new ChannelId("cti-" + agent + "-" + now.toEpochMilli() + "-" + made);
    return act(
        new GatewayAction.Call(
            settings.gateway(),
            channel,
            Dialplan.clickChannel(phone, called),
            context,
            extension,
            shown),
        turn);
  }

  private static boolean talks(AgentStatus agent, Turn turn) {
    return agent.call().flatMap(turn::call).flatMap(call -> own(call, agent.agent())).isPresent();
  }

  /** A place of the dialplan; {@code kind} is what [cti-consult] calls it. */
  private record Place(String kind, String context, String extension) {}

  private Optional<Place> to(Target target, Part from, Turn turn) {
    return switch (target) {
      case Target.ToAgent to ->
          turn.agent(to.agent())
              .flatMap(AgentStatus::extension)
              .map(Extension::value)
              .filter(phone -> !phone.equals(from.device().number()))
              .map(phone -> new Place("agent", Dialplan.TO_AGENT, phone));
      case Target.ToDesk to ->
          turn.catalog()
              .desk(to.desk())
              .map(Desk::queue)
              .map(queue -> new Place("desk", Dialplan.TO_DESK, queue.value()));
      case Target.ToNumber to ->
          Optional.of(to.number())
              .filter(number -> number.matches(NUMBER))
              .filter(number -> !number.equals(from.device().number()))
              .map(
                  number ->
                      number.length() <= settings.dialplan().extensionDigits()
                          ? new Place("agent", Dialplan.TO_AGENT, number)
                          : new Place("number", Dialplan.TO_NUMBER, number));
    };
  }

  private static Reply unreachable(Target target, Turn turn) {
    return switch (target) {
      case Target.ToAgent to ->
          refusal(
              "target-away",
              "agent "
                  + to.agent()
                  + " is "
                  + (turn.agent(to.agent()).filter(AgentStatus::loggedOn).isPresent()
                      ? "at the same phone"
                      : "logged off")
                  + ", expected another who is logged on");
      case Target.ToDesk to ->
          refusal("no-such-desk", "no desk " + to.desk() + ", expected one on file");
      case Target.ToNumber to ->
          refusal(
              "bad-number",
              "number '" + to.number() + "', expected 2 to 32 digits, not the agent's own phone");
    };
  }

  /** The agent's own part in a call, answered and not ended. */
  private static Optional<Part> own(Call call, AgentId agent) {
    return call.parts().stream()
        .filter(Part::talking)
        .filter(part -> part.device().agent().equals(Optional.of(agent)))
        .findFirst();
  }

  /** Connected with somebody, and not on the way to a hold. */
  private boolean talksFreely(Call call, Part part) {
    return part.state() == ConnectionState.CONNECTED
        && withSomebody(call, part)
        && !holds.toHold(part.id());
  }

  private Reply notFree(Call call, Part part) {
    return holds.toHold(part.id())
        ? refusal(
            "wrong-state",
            "the agent is being put on hold in call "
                + call.id()
                + ", expected connected with somebody")
        : wrongState(call, part, "connected");
  }

  private static boolean withSomebody(Call call, Part part) {
    return part.role() == PartRole.CALLER
        ? !call.talkers().isEmpty()
        : part.role() != PartRole.CONSULTED;
  }

  private static boolean consults(Call call, Part part) {
    return part.state() == ConnectionState.HELD
        && call.parts().stream()
            .anyMatch(other -> other.role() == PartRole.CONSULTED && other.talking());
  }

  private static Reply nobodyAsked(Call call) {
    return refusal(
        "nobody-consulted",
        "nobody answered a consultation in call " + call.id() + ", expected one who did");
  }

  private static Reply wrongState(Call call, Part part, String expected) {
    return refusal(
        "wrong-state",
        "the agent is "
            + part.state().name().toLowerCase(Locale.ROOT)
            + " in call "
            + call.id()
            + ", expected "
            + expected
            + " with somebody");
  }

  private static Reply act(GatewayAction action, Turn turn) {
    turn.want(new Effect.Act(action));
    return new Reply.Accepted();
  }

  private static Reply refusal(String id, String message) {
    return new Reply.Refusal(id, message);
  }
}
