package cti.server.web.stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
