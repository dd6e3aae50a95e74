package cti.server.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.ivr.Exit;
import cti.core.ivr.Flow;
import cti.core.ivr.Node;
import cti.server.yaml.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published schema and the reader allow the same flows, and refuse the same. */
class FlowSchemaTest {
  private static final ScriptFolder SCRIPTS = ScriptFolder.classPath("ivr-scripts");
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  /** One node of each kind, with everything that it can have. */
  private static final String FULL =
      """
      flow: full
      language: zh
      start: prompt
      greeting: [welcome]
      always_open: true
      default_exits: { hangup: bye, error: static }
      layout: { prompt: { x: 10, y: 20 } }
      nodes:
        prompt: { type: prompt, prompts: [a, b], exits: { next: menu } }
        menu:
          type: menu
          prompts: a
          wait: 5
          tries: 3
          keys: [ { key: "1", choice: erp, language: en, to: route } ]
          exits: { no_input: a, no_match: a, max_no_input: a, max_no_match: a }
        collect:
          { type: collect, prompts: a, wait: 5, tries: 3, least: 1, most: 8, into: no, exits: { next: a } }
        lookup:
          { type: lookup, prompts: a, wait: 5, tries: 3, least: 1, most: 8, prefix: E, exits: { next: a } }
        survey: { type: survey, prompts: a, wait: 5, tries: 3, exits: { next: a } }
        notice: { type: notice, prompts: a, wait: 5, tries: 3, key: "1", exits: { added: a, next: a } }
        condition:
          type: condition
          cases: [ { when: { caller: [factory, unknown] }, to: a }, { when: { desk: gz }, to: a } ]
          exits: { otherwise: a }
        hours: { type: hours, desk: gz, exits: { open: a, closed: a } }
        route: { type: route, exits: { decided: a, undecided: a } }
        queue:
          type: queue
          desk: gz
          priority: 3
          says: { position: true, expected_wait: false }
          keys: [ { key: "1", to: callback } ]
          exits: { answered: a, timeout: a, full: a, no_agents: a, left_by_key: a, withdrawn: a }
        callback: { type: callback, desk: gz, number: no, exits: { next: a, refused: a } }
        voicemail: { type: voicemail, desk: gz, prompts: a, longest: 60, exits: { next: a, no_input: a } }
        transfer:
          type: transfer
          number: "13900000001"
          ring: 30
          exits: { answered: a, busy: a, no_answer: a, unavailable: a }
        webhook:
          { type: webhook, hook: crm, words: [ { word: gold, to: a } ], exits: { otherwise: a } }
        hangup: { type: hangup }
        fallback: { type: fallback }
      """;

  /** Kinds of nodes that play something, always. */
  private static final Set<String> PLAYS =
      Set.of("prompt", "collect", "lookup", "survey", "notice", "voicemail");

  private static SchemaCheck schema;

  @BeforeAll
  static void read() throws Exception {
    schema =
        new SchemaCheck(JsonMapper.builder().build().readTree(SCRIPTS.text("flow.schema.json")));
  }

  private static Optional<Flow> read(JsonNode flow) {
    Faults faults = new Faults("flow.yaml");
    Optional<Flow> read = FlowFile.read(YAML.writeValueAsString(flow), faults);
    return faults.count() == 0 ? read : Optional.empty();
  }

  private static ObjectNode full() {
    return (ObjectNode) YAML.readTree(FULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hotline.yaml", "one-desk.yaml"})
  void theShippedFlowsAreAllowed(String file) throws Exception {
    JsonNode flow = YAML.readTree(SCRIPTS.text(file));
    assertTrue(schema.allows(flow));
    assertTrue(read(flow).isPresent());
  }

  @Test
  void everyKindOfNodeIsAllowedWithAllThatItCanHave() {
    assertTrue(schema.allows(full()));
    Flow flow = read(full()).orElseThrow();
    assertEquals(
        Set.copyOf(FlowFile.TYPES), new TreeSet<>(flow.nodes().stream().map(Node::kind).toList()));
  }

  /** A flow with one thing changed, and what that is. */
  record Changed(String what, JsonNode flow) {
    @Override
    public String toString() {
      return what;
    }
  }

  /** Every key left out, given another kind of value, or joined by one that is not known. */
  static List<Changed> changed() {
    List<Changed> all = new ArrayList<>();
    collect(full(), List.of(), all);
    return all;
  }

  private static void collect(JsonNode at, List<String> path, List<Changed> all) {
    if (path.equals(List.of("layout"))) {
      return;
    }
    if (at.isObject()) {
      all.add(change(path, "nonsense", "x"));
      for (String key : at.propertyNames()) {
        all.add(change(path, key, null));
        for (Object value : List.of(7, 0, 1000, true, "", " ", "x y", List.of(), "a")) {
          all.add(change(path, key, value));
        }
        collect(at.get(key), append(path, key), all);
      }
    } else if (at.isArray()) {
      for (int i = 0; i < at.size(); i++) {
        collect(at.get(i), append(path, Integer.toString(i)), all);
      }
    }
  }

  private static List<String> append(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  private static Changed change(List<String> path, String key, Object value) {
    ObjectNode flow = full();
    JsonNode at = flow;
    for (String step : path) {
      at = at.isArray() ? at.get(Integer.parseInt(step)) : at.get(step);
    }
    ObjectNode object = (ObjectNode) at;
    switch (value) {
      case null -> object.remove(key);
      case Integer number -> object.put(key, number);
      case Boolean flag -> object.put(key, flag);
      case List<?> _ -> object.set(key, YAML.createArrayNode());
      default -> object.put(key, value.toString());
    }
    return new Changed(String.join(".", append(path, key)) + " = " + value, flow);
  }

  @ParameterizedTest
  @MethodSource("changed")
  void schemaAndReaderAgree(Changed changed) {
    boolean bySchema = schema.allows(changed.flow());
    boolean byReader = read(changed.flow()).filter(FlowSchemaTest::idsAreIds).isPresent();
    assertEquals(byReader, bySchema, changed.what());
  }

  /** What the reader leaves to the validator, and the schema can say. */
  private static boolean idsAreIds(Flow flow) {
    Set<String> ids = new TreeSet<>(List.of(flow.start()));
    for (Node node : flow.nodes()) {
      ids.add(node.id());
      Flow.waysOut(node).forEach(way -> ids.add(way.to()));
      if (!node.expectedExits().containsAll(node.exits().keySet())
          || PLAYS.contains(node.kind()) && node.prompts().isEmpty()) {
        return false;
      }
    }
    return ids.stream().allMatch(id -> id.matches("[a-z0-9-]{1,40}"));
  }

  @Test
  void everyExitIsInTheSchema() throws Exception {
    JsonNode published = JsonMapper.builder().build().readTree(SCRIPTS.text("flow.schema.json"));
    for (String kind : FlowFile.TYPES) {
      Set<String> exits = new TreeSet<>();
      Node.exitsOf(kind).forEach(exit -> exits.add(exit.written()));
      JsonNode written = published.at("/$defs/" + kind + "/properties/exits/properties");
      assertEquals(exits, new TreeSet<>(written.propertyNames()), kind);
    }
    Set<String> all = new TreeSet<>();
    for (Exit exit : Exit.values()) {
      all.add(exit.written());
    }
    assertEquals(
        all, new TreeSet<>(published.at("/properties/default_exits/properties").propertyNames()));
  }

  @Test
  void aListOfNothingIsNoText() {
    ArrayNode empty = YAML.createArrayNode();
    ObjectNode flow = full();
    flow.set("greeting", empty);
    assertEquals(read(flow).isPresent(), schema.allows(flow));
  }
}
