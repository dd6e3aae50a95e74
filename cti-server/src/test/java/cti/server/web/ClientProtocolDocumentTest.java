package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.PauseReason;
import cti.server.config.ConfigReader;
import cti.server.config.WebConfig;
import cti.server.web.bridge.BridgeContract;
import cti.server.web.stream.CloseCode;
import cti.server.web.stream.StreamContract;
import cti.server.web.stream.StreamRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds docs/client-protocol.md against the server: what it names is there, what it has one send is
 * taken, its figures are those of the code. Every detail is held by the tests of the two documents
 * that it points to.
 */
class ClientProtocolDocumentTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final String text;
  private final WebFixture web = new WebFixture();

  ClientProtocolDocumentTest() throws IOException {
    text = Files.readString(Path.of("../docs/client-protocol.md")).replaceAll("\\s+", " ");
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private List<MatchResult> found(String pattern) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }

  @Test
  void everyRouteThatItNamesIsServed() {
    Set<String> served =
        web.server.routes().stream()
            .map(route -> route.method() + " " + route.path().text())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> named =
        found("`(GET|POST|PUT|DELETE) (/[^` ]*)`").stream()
            .map(one -> one.group(1) + " " + one.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(named.size() >= 7, named.toString());
    named.removeAll(served);
    assertEquals(Set.of(), named, "not served");
  }

  @Test
  void whatItHasOneSendIsTaken() {
    Set<String> topics = new TreeSet<>();
    Set<String> commands = new TreeSet<>();
    for (MatchResult one : found("`(\\{\"op\".*?})`")) {
      JsonNode frame = JSON.readTree(one.group(1));
      assertTrue(StreamContract.ops().contains(frame.get("op").asString()), frame.toString());
      frame.path("topics").values().forEach(topic -> topics.add(topic.asString()));
      if (frame.get("op").asString().equals("command")) {
        commands.add(frame.get("command").asString());
        Map<String, Object> fields = new HashMap<>();
        frame
            .properties()
            .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
        assertEquals(Optional.empty(), StreamContract.fault(fields), frame.toString());
      }
    }
    assertFalse(topics.isEmpty());
    assertFalse(commands.isEmpty());
    topics.removeAll(StreamContract.topics());
    assertEquals(Set.of(), topics, "no such topic");
  }

  @Test
  void theFramesThatKeepTheNumberAreThere() {
    String kept = found("newest `seq` of ([^.]*)\\.").getFirst().group(1);
    List<String> frames =
        Pattern.compile("`([a-z]+)`").matcher(kept).results().map(one -> one.group(1)).toList();
    assertEquals(List.of("snapshot", "live", "call", "agent", "gateway", "changes"), frames);
    frames.forEach(
        frame -> assertTrue(StreamContract.frames().get(frame).contains("seq"), frame + " has it"));
  }

  @Test
  void itsCloseCodesAndReasonsAreThoseOfTheCode() {
    Set<Integer> codes =
        Arrays.stream(CloseCode.values()).map(CloseCode::code).collect(Collectors.toSet());
    found("\\b(4[0-9]{3})\\b")
        .forEach(one -> assertTrue(codes.contains(Integer.valueOf(one.group(1))), one.group(1)));
    assertTrue(text.contains("`" + PauseReason.PHONE_UNREGISTERED + "`"));
  }

  @Test
  void itsTimesAreThoseOfTheCode(@TempDir Path folder) throws IOException {
    Duration ping = StreamRules.USUAL.pingEvery();
    assertTrue(text.contains("pings every " + ping.toSeconds() + " s"), ping.toString());
    assertTrue(text.contains("Nothing at all for " + 3 * ping.toSeconds() + " s"));
    assertEquals(Duration.ofMinutes(10), BridgeContract.codeLasts());
    assertTrue(text.contains("good once and for ten minutes"));
    assertEquals(Duration.ofMinutes(1), BridgeContract.reportFresh());
    assertTrue(text.contains("worth something for a minute"), "a report");
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/ami.secret"), "secret\n");
    WebConfig.Session session =
        new ConfigReader(folder, Map.of())
            .read("cti.yaml", Files.readString(Path.of("../conf/cti.yaml")))
            .web()
            .session();
    assertTrue(
        text.contains(
            "| %d h, %d h without use (settings) |"
                .formatted(session.absolute().toHours(), session.idle().toHours())),
        session.toString());
  }
}
