package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.web.stream.CloseCode;
import cti.server.web.stream.StreamContract;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds docs/api/asyncapi.yaml and the stream against each other, both ways. */
class AsyncApiDocumentTest {
  private static final Path FOLDER = Path.of("../docs/api");
  private static final JsonNode DOCUMENT = read("asyncapi.yaml");
  private static final JsonNode HTTP = read("openapi.yaml");

  private final Set<String> compared = new HashSet<>();

  private static JsonNode read(String file) {
    return YAMLMapper.builder().build().readTree(FOLDER.resolve(file).toFile());
  }

  private static JsonNode schema(String name) {
    JsonNode found = DOCUMENT.at("/components/schemas/" + name);
    assertFalse(found.isMissingNode(), "no schema " + name);
    return found;
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static List<String> texts(JsonNode list) {
    return list.values().stream().map(JsonNode::asString).toList();
  }

  /** The names behind the last slash of a list of references. */
  private static List<String> referred(JsonNode list) {
    return list.values().stream()
        .map(one -> one.get("$ref").asString())
        .map(one -> one.substring(one.lastIndexOf('/') + 1))
        .toList();
  }

  @Test
  void itIsAsyncApi3AndItsChannelIsTheRoute() {
    assertEquals("3.0.0", DOCUMENT.get("asyncapi").asString());
    String address = DOCUMENT.at("/channels/stream/address").asString();
    assertEquals("/api/v1/stream", address);
    assertFalse(HTTP.get("paths").path(address).isMissingNode());
  }

  @Test
  void messagesAreThoseOfTheCodeEachWayOfTheirOwn() {
    List<String> told = StreamContract.ops().stream().map(op -> "client" + capital(op)).toList();
    List<String> heard = List.copyOf(StreamContract.frames().keySet());
    assertEquals(told, referred(DOCUMENT.at("/operations/tell/messages")));
    assertEquals("receive", DOCUMENT.at("/operations/tell/action").asString());
    assertEquals(heard, referred(DOCUMENT.at("/operations/hear/messages")));
    assertEquals("send", DOCUMENT.at("/operations/hear/action").asString());
    List<String> all = new ArrayList<>(told);
    all.addAll(heard);
    assertEquals(all, List.copyOf(DOCUMENT.at("/channels/stream/messages").propertyNames()));
    assertEquals(all, List.copyOf(DOCUMENT.at("/components/messages").propertyNames()));
    for (String message : all) {
      JsonNode payload = DOCUMENT.at("/components/messages/" + message + "/payload/$ref");
      assertEquals("#/components/schemas/" + message, payload.asString());
    }
  }

  @Test
  void topicsAndCloseCodesAreThoseOfTheCode() {
    assertEquals(StreamContract.topics(), texts(DOCUMENT.get("x-topics")));
    assertEquals(
        StreamContract.topics(),
        texts(schema("clientSubscribe").at("/properties/topics/items/enum")));
    Map<String, String> codes = new LinkedHashMap<>();
    for (CloseCode code : CloseCode.values()) {
      codes.put(Integer.toString(code.code()), code.reason());
    }
    Map<String, String> documented = new LinkedHashMap<>();
    DOCUMENT
        .get("x-close-codes")
        .properties()
        .forEach(code -> documented.put(code.getKey(), code.getValue().asString()));
    assertEquals(codes, documented);
  }

  @Test
  void commandsAreThoseOfTheCode() {
    assertEquals(StreamContract.commands(), referred(schema("clientCommand").get("oneOf")));
    for (String command : StreamContract.commands()) {
      assertEquals(
          command, schema(command).at("/properties/command/const").asString(), "const of it");
    }
  }

  /** A command with every field that it requires is read; without one of them it is refused. */
  @Test
  void commandsNeedWhatTheDocumentRequires() {
    for (String command : StreamContract.commands()) {
      JsonNode schema = schema(command);
      Map<String, Object> whole = new LinkedHashMap<>();
      for (String field : texts(schema.get("required"))) {
        whole.put(field, value(command, field, schema.at("/properties/" + field)));
      }
      schema.path("oneOf").values().stream()
          .findFirst()
          .ifPresent(one -> whole.put(one.at("/required/0").asString(), "1002"));
      if (command.equals("notReady")) {
        whole.put("reason", "meal");
      }
      assertEquals(Optional.empty(), StreamContract.fault(whole), command);
      for (String field : whole.keySet()) {
        Map<String, Object> less = new LinkedHashMap<>(whole);
        less.remove(field);
        assertTrue(StreamContract.fault(less).isPresent(), command + " without " + field);
      }
      Set<String> taken = new TreeSet<>(schema.get("properties").propertyNames());
      Set<String> known = new TreeSet<>(StreamContract.commandFields());
      assertTrue(known.containsAll(taken), () -> command + " has fields that nobody reads");
    }
  }

  private static Object value(String command, String field, JsonNode schema) {
    if (schema.has("const")) {
      return schema.get("const").asString();
    }
    return switch (field) {
      case "op" -> "command";
      case "id" -> "7";
      case "command" -> command;
      case "desks" -> List.of("hq-erp");
      default -> "1002";
    };
  }

  @Test
  void framesHaveTheFieldsOfTheCode() {
    StreamContract.frameTypes()
        .forEach(
            (name, type) -> {
              List<String> fields = new ArrayList<>(List.of("type"));
              fields.addAll(StreamContract.frames().get(name));
              assertEquals(
                  fields, List.copyOf(schema(name).get("properties").propertyNames()), name);
              assertEquals(name, schema(name).at("/properties/type/const").asString());
              compareFields(name, type, List.of("type"));
            });
    Set<String> all = new TreeSet<>(DOCUMENT.at("/components/schemas").propertyNames());
    all.removeAll(StreamContract.frames().keySet());
    all.removeAll(StreamContract.commands());
    StreamContract.ops().forEach(op -> all.remove("client" + capital(op)));
    assertEquals(all, compared, "schemas that nothing uses, or that are nowhere");
  }

  private void compareFields(String name, Class<?> record, List<String> before) {
    List<String> always = new ArrayList<>(before);
    for (RecordComponent field : record.getRecordComponents()) {
      Type type = field.getGenericType();
      // A reply that went well has no refusal.
      if (field.getType() == Optional.class) {
        type = ((ParameterizedType) type).getActualTypeArguments()[0];
      } else {
        always.add(field.getName());
      }
      compareType(schema(name).at("/properties/" + field.getName()), type, name + "." + field);
    }
    assertEquals(always, texts(schema(name).get("required")), name);
  }

  private void compareType(JsonNode schema, Type type, String where) {
    if (type instanceof ParameterizedType list) {
      assertEquals("array", schema.path("type").asString(), where);
      if (!schema.path("items").has("oneOf")) {
        compareType(schema.path("items"), list.getActualTypeArguments()[0], where);
      }
    } else if (type instanceof Class<?> one && one.isRecord()) {
      String reference = schema.path("$ref").asString();
      assertEquals(one.getSimpleName(), reference.substring(reference.lastIndexOf('/') + 1), where);
      // Those of openapi.yaml are held against the code by ApiDocumentTest.
      if (reference.startsWith("#") && compared.add(one.getSimpleName())) {
        List<String> fields = new ArrayList<>();
        for (RecordComponent field : one.getRecordComponents()) {
          fields.add(field.getName());
        }
        assertEquals(
            fields,
            List.copyOf(schema(one.getSimpleName()).get("properties").propertyNames()),
            where);
        compareFields(one.getSimpleName(), one, List.of());
      }
    } else {
      String expected =
          type == boolean.class
              ? "boolean"
              : type == String.class || type == Instant.class ? "string" : "integer";
      assertEquals(expected, schema.path("type").asString(), where);
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = new ArrayList<>();
    collect(DOCUMENT, references);
    assertTrue(references.size() > 60);
    for (String reference : references) {
      JsonNode target =
          reference.startsWith("./openapi.yaml#")
              ? HTTP.at(reference.substring(reference.indexOf('#') + 1))
              : DOCUMENT.at(reference.substring(1));
      assertFalse(target.isMissingNode(), reference);
    }
  }

  private static void collect(JsonNode node, List<String> references) {
    if (node.has("$ref")) {
      references.add(node.get("$ref").asString());
    }
    node.forEach(child -> collect(child, references));
  }
}
