package cti.server.web.stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.server.web.http.Fault;
import cti.server.web.http.Json;
import cti.server.web.http.Problem;
import cti.server.web.http.SignedIn;
import cti.server.web.view.Views;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the code knows of the stream's contract, for the test that holds the document to it. */
public final class StreamContract {
  private StreamContract() {}

  public static List<String> ops() {
    return ClientFrame.OPS;
  }

  public static List<String> commands() {
    return ClientFrame.COMMANDS;
  }

  public static List<String> topics() {
    return Topic.words();
  }

  public static List<String> commandFields() {
    return ClientFrame.COMMAND_FIELDS;
  }

  /**
   * What is wrong with a command of an agent, as its frame or its refusal says; empty where it is
   * taken.
   */
  public static Optional<String> fault(Map<String, Object> command) {
    Account agent =
        new Account("agent1", "坐席0001", Role.AGENT, Optional.of(new AgentId("1001")), false);
    SignedIn who = new SignedIn(agent, "key", "csrf", Instant.EPOCH, false);
    Nobody nobody = new Nobody();
    try {
      return ClientFrame.read(Json.bytes(command), who, new Views(nobody, nobody))
              instanceof ClientFrame.RefusedCommand(String id, Problem problem)
          ? Optional.of(problem.detail())
          : Optional.empty();
    } catch (Fault fault) {
      return Optional.of(fault.problem().detail());
    }
  }

  /** Types of frames with their records. */
  public static Map<String, Class<?>> frameTypes() {
    Map<String, Class<?>> frames = new LinkedHashMap<>();
    for (JsonSubTypes.Type type : ServerFrame.class.getAnnotation(JsonSubTypes.class).value()) {
      frames.put(type.name(), type.value());
    }
    return frames;
  }

  /** Types of frames with their fields; every kind of frame must have a type. */
  public static Map<String, List<String>> frames() {
    Map<String, List<String>> frames = new LinkedHashMap<>();
    JsonSubTypes types = ServerFrame.class.getAnnotation(JsonSubTypes.class);
    for (JsonSubTypes.Type type : types.value()) {
      frames.put(
          type.name(),
          Arrays.stream(type.value().getRecordComponents()).map(RecordComponent::getName).toList());
    }
    if (frames.size() != ServerFrame.class.getPermittedSubclasses().length) {
      throw new AssertionError("a frame has no type: " + frames.keySet());
    }
    return frames;
  }
}
