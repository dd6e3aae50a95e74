package cti.server.web.stream;

import cti.core.engine.AgentCommand;
import cti.core.id.AgentId;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Json;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.SignedIn;
import cti.server.web.stream.LiveFeed.ResumePoint;
import cti.server.web.view.Views;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a client may send; see docs/api/stream.md. */
sealed interface ClientFrame {
  /** The values of {@code op}. */
  List<String> OPS = List.of("subscribe", "ping", "command");

  /** The values of {@code command}. */
  List<String> COMMANDS =
      Stream.concat(
              Stream.of(
                  "logOn",
                  "ready",
                  "notReady",
                  "extendWrapUp",
                  "logOff",
                  "startRecording",
                  "stopRecording",
                  "pauseRecording",
                  "resumeRecording"),
              CallCommands.NAMES.stream())
          .toList();

  record Subscribe(Set<Topic> topics, boolean gather, Optional<ResumePoint> resume)
      implements ClientFrame {}

  record Ping() implements ClientFrame {}

  /** {@code id} is the client's own and comes back with the reply. */
  record Command(String id, cti.core.engine.Command command) implements ClientFrame {}

  /** A command that may not be given; its fault is a reply, for the frame itself is sound. */
  record RefusedCommand(String id, Problem problem) implements ClientFrame {}

  /**
   * Reads a frame.
   *
   * @throws Fault where it is none, with what was expected
   */
  static ClientFrame read(byte[] text, SignedIn who, Views views) {
    JsonNode node = Json.object(text);
    String op = Body.of(node, FIELDS).text("op", 1, 20);
    return switch (op) {
      case "subscribe" -> subscribe(Body.of(node, List.of("op", "topics", "gather", "resume")));
      case "ping" -> {
        Body.of(node, List.of("op"));
        yield new Ping();
      }
      case "command" -> command(Body.of(node, COMMAND_FIELDS), who, views);
      default -> throw unknown("op", op, OPS);
    };
  }

  List<String> COMMAND_FIELDS =
      Stream.concat(
              Stream.of("op", "id", "command", "agent", "extension", "desks", "takeOver", "reason"),
              CallCommands.FIELDS.stream())
          .toList();

  List<String> FIELDS =
      Stream.concat(Stream.of("topics", "gather", "resume"), COMMAND_FIELDS.stream()).toList();

  private static ClientFrame subscribe(Body body) {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    for (String word : body.texts("topics", 8, 20)) {
      topics.add(Topic.of(word).orElseThrow(() -> unknown("topics", word, Topic.words())));
    }
    if (topics.isEmpty()) {
      throw new Fault(
          Problem.invalid("topics is empty, expected at least one of " + Topic.words()));
    }
    Optional<ResumePoint> resume =
        body.inner("resume", List.of("epoch", "seq"))
            .map(point -> new ResumePoint(point.text("epoch", 1, 64), point.number("seq", 0)));
    return new Subscribe(topics, body.flag("gather"), resume);
  }

  private static ClientFrame command(Body body, SignedIn who, Views views) {
    String id = body.text("id", 1, 64);
    String command = body.text("command", 1, 20);
    if (!COMMANDS.contains(command)) {
      throw unknown("command", command, COMMANDS);
    }
    try {
      Optional<AgentId> named =
          body.optionalText("agent", 1, 32).map(text -> Request.id("agent", text, AgentId::new));
      AgentId agent = AgentCommands.agent(who.account(), named, views);
      if (CallCommands.NAMES.contains(command)) {
        return new Command(id, CallCommands.read(command, agent, body));
      }
      return new Command(
          id,
          switch (command) {
            case "logOn" -> AgentCommands.logOn(agent, body);
            case "ready" -> AgentCommands.ready(agent, body);
            case "extendWrapUp" -> new AgentCommand.ExtendWrapUp(agent);
            case "notReady" -> AgentCommands.notReady(agent, body);
            case "startRecording" -> new AgentCommand.StartRecording(agent);
            case "stopRecording" -> new AgentCommand.StopRecording(agent);
            case "pauseRecording" -> new AgentCommand.PauseRecording(agent);
            case "resumeRecording" -> new AgentCommand.ResumeRecording(agent);
            default -> AgentCommands.logOff(agent, body);
          });
    } catch (Fault e) {
      return new RefusedCommand(id, e.problem());
    }
  }

  private static Fault unknown(String field, String value, List<String> expected) {
    String shown = value.length() > 40 ? value.substring(0, 40) + "…" : value;
    return new Fault(
        new Problem(
            "unknown-" + field,
            "A value is not known",
            422,
            field + " is \"" + shown + "\", expected one of " + expected,
            expected));
  }
}
