package cti.server.web.stream;

import cti.core.engine.AgentCommand;
import cti.core.engine.CallCommand;
import cti.core.engine.CallCommand.Target;
import cti.core.engine.CallbackCommand;
import cti.core.engine.Command;
import cti.core.engine.SupervisorCommand;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the audit log says of a command beside its name and its agent. */
final class CommandFacts {
  private CommandFacts() {}

  static Map<String, Object> of(Command command) {
    Map<String, Object> facts = new LinkedHashMap<>();
    switch (command) {
      case AgentCommand.LogOn on -> {
        facts.put("extension", on.extension().value());
        desks(facts, on.desks());
      }
      case AgentCommand.LogOff off -> facts.put("reason", off.reason());
      case AgentCommand.BecomeReady ready -> desks(facts, ready.desks());
      case AgentCommand.BecomeNotReady not -> {
        facts.put("reason", not.reason());
        desks(facts, not.desks());
      }
      case CallCommand.TransferBlind over -> to(facts, over.call(), over.target());
      case CallCommand.Consult ask -> to(facts, ask.call(), ask.target());
      case CallCommand.InCall in -> facts.put("call", in.call().value());
      case CallCommand.PickUp up -> facts.put("call", up.call().value());
      case CallCommand.Dial dial -> facts.put("number", dial.number());
      case AgentCommand _, CallbackCommand _, SupervisorCommand _ -> {}
    }
    return facts;
  }

  private static void desks(Map<String, Object> facts, Set<DeskId> desks) {
    if (!desks.isEmpty()) {
      facts.put("desks", desks.stream().map(DeskId::value).sorted().toList());
    }
  }

  private static void to(Map<String, Object> facts, CallId call, Target target) {
    facts.put("call", call.value());
    switch (target) {
      case Target.ToAgent(var agent) -> facts.put("toAgent", agent.value());
      case Target.ToDesk(var desk) -> facts.put("toDesk", desk.value());
      case Target.ToNumber(String number) -> facts.put("number", number);
    }
  }
}
