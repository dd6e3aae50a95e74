package cti.server.web.stream;

import cti.core.engine.CallCommand;
import cti.core.engine.CallCommand.Target;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands in calls, as they are written in frames and requests. */
public final class CallCommands {
  /** The values of {@code command}. */
  public static final List<String> NAMES =
      List.of(
          "hold",
          "retrieve",
          "transfer",
          "consult",
          "completeTransfer",
          "conference",
          "hangUp",
          "pickUp",
          "dial");

  /** The fields of their own. */
  public static final List<String> FIELDS =
      List.of("call", "toAgent", "toDesk", "toNumber", "number");

  private CallCommands() {}

  /**
   * Reads a command.
   *
   * @param name one of {@link #NAMES}
   * @throws Fault where a field that it needs is missing or unsound
   */
  public static CallCommand read(String name, AgentId agent, Body body) {
    return switch (name) {
      case "hold" -> new CallCommand.Hold(agent, call(body));
      case "retrieve" -> new CallCommand.Retrieve(agent, call(body));
      case "transfer" -> new CallCommand.TransferBlind(agent, call(body), target(body));
      case "consult" -> new CallCommand.Consult(agent, call(body), target(body));
      case "completeTransfer" -> new CallCommand.CompleteTransfer(agent, call(body));
      case "conference" -> new CallCommand.Conference(agent, call(body));
      case "hangUp" -> new CallCommand.HangUp(agent, call(body));
      case "pickUp" -> new CallCommand.PickUp(agent, call(body));
      case "dial" -> new CallCommand.Dial(agent, body.text("number", 1, 40));
      default ->
          throw new IllegalArgumentException("command " + name + ", expected one of " + NAMES);
    };
  }

  private static CallId call(Body body) {
    return Request.id("call", body.text("call", 1, 128), CallId::new);
  }

  private static Target target(Body body) {
    Optional<Target> agent =
        body.optionalText("toAgent", 1, 32)
            .map(text -> new Target.ToAgent(Request.id("toAgent", text, AgentId::new)));
    Optional<Target> desk =
        body.optionalText("toDesk", 1, 32)
            .map(text -> new Target.ToDesk(Request.id("toDesk", text, DeskId::new)));
    Optional<Target> number = body.optionalText("toNumber", 1, 40).map(Target.ToNumber::new);
    List<Target> named = Stream.of(agent, desk, number).flatMap(Optional::stream).toList();
    if (named.size() != 1) {
      throw new Fault(
          Problem.invalid(
              named.size()
                  + " of toAgent, toDesk and toNumber are given, expected exactly one of them"));
    }
    return named.getFirst();
  }
}
