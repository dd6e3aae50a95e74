package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.web.WebFixture.User;
import cti.server.web.http.Problem;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds docs/api/openapi.yaml and the routes against each other, both ways. */
class ApiDocumentTest {
  private static final JsonNode DOCUMENT =
      YAMLMapper.builder().build().readTree(Path.of("../docs/api/openapi.yaml").toFile());

  private final WebFixture web = new WebFixture();
  private final Set<String> compared = new HashSet<>();

  @AfterEach
  void stop() {
    web.close();
  }

  private static JsonNode operation(Route route) {
    return DOCUMENT
        .get("paths")
        .path(route.path().text())
        .path(route.method().toLowerCase(Locale.ROOT));
  }

  @Test
  void pathsAndMethodsAreThoseOfTheRoutes() {
    Set<String> documented = new TreeSet<>();
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .propertyNames()
                    .forEach(
                        method ->
                            documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> served = new TreeSet<>();
    web.server.routes().forEach(route -> served.add(route.method() + " " + route.path().text()));
    assertEquals(served, documented);
  }

  @Test
  void rolesParametersAndBodiesAreThoseOfTheRoutes() {
    for (Route route : web.server.routes()) {
      String line = route.method() + " " + route.path().text();
      JsonNode operation = operation(route);
      assertEquals(
          route.least().map(Words::of).orElse("public"), operation.get("x-roles").asString(), line);
      List<String> query = new ArrayList<>();
      List<String> path = new ArrayList<>();
      for (JsonNode parameter : operation.path("parameters")) {
        String name = parameter.get("name").asString();
        switch (parameter.get("in").asString()) {
          case "query" -> query.add(name);
          case "path" -> path.add("{" + name + "}");
          default -> assertEquals("Idempotency-Key", name, line);
        }
      }
      assertEquals(route.query(), query, line);
      assertEquals(
          route.path().parts().stream().filter(part -> part.startsWith("{")).toList(), path, line);
      JsonNode body =
          operation
              .path("requestBody")
              .path("content")
              .path("application/json")
              .path("schema")
              .path("properties");
      assertEquals(route.body(), List.copyOf(body.propertyNames()), line);
    }
  }

  @Test
  void bodiesAreReadAsDocumented() {
    User admin = web.signIn("admin");
    for (Route route : web.server.routes()) {
      if (route.body().isEmpty()) {
        continue;
      }
      String path = route.path().text().replace("{id}", "1001");
      HttpResponse<String> answer =
          web.send(
              admin
                  .on(web.request(path))
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", "k")
                  .method(route.method(), BodyPublishers.ofString("{\"no-such-field\":1}")));
      JsonNode problem = WebFixture.json(answer);
      assertEquals("unknown-field", problem.get("type").asString(), path);
      List<String> taken =
          problem.get("expected").values().stream().map(JsonNode::asString).toList();
      assertEquals(route.body(), taken, path);
    }
  }

  @Test
  void answersHaveTheFieldsOfTheViews() {
    for (Route route : web.server.routes()) {
      String line = route.method() + " " + route.path().text();
      JsonNode responses = operation(route).get("responses");
      Set<String> schemas = new HashSet<>();
      for (String code : List.of("200", "201", "202")) {
        JsonNode content = responses.path(code).path("content").path("application/json");
        if (!content.isMissingNode()) {
          schemas.add(content.get("schema").get("$ref").asString());
        }
      }
      if (route.answer().isRecord()) {
        assertEquals(1, schemas.size(), line);
        compare(schemas.iterator().next(), route.answer(), line);
      } else {
        assertTrue(schemas.isEmpty(), line);
      }
    }
    compare("#/components/schemas/Problem", Problem.class, "Problem");
    assertEquals(
        new TreeSet<>(compared),
        new TreeSet<>(DOCUMENT.get("components").get("schemas").propertyNames()),
        "schemas that nothing uses");
  }

  private void compare(String reference, Class<?> view, String where) {
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    assertEquals(view.getSimpleName(), name, where);
    if (!compared.add(name)) {
      return;
    }
    JsonNode schema = DOCUMENT.get("components").get("schemas").path(name);
    List<String> fields = new ArrayList<>();
    List<String> always = new ArrayList<>();
    for (RecordComponent field : view.getRecordComponents()) {
      fields.add(field.getName());
      Type type = field.getGenericType();
      if (field.getType() == Optional.class) {
        type = ((ParameterizedType) type).getActualTypeArguments()[0];
      } else {
        always.add(field.getName());
      }
      compareType(schema.path("properties").path(field.getName()), type, name, field.getName());
    }
    assertEquals(fields, List.copyOf(schema.path("properties").propertyNames()), name);
    assertEquals(
        always, schema.path("required").values().stream().map(JsonNode::asString).toList(), name);
  }

  private void compareType(JsonNode schema, Type type, String view, String field) {
    String where = view + "." + field;
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      assertEquals("object", schema.path("type").asString(), where);
      compareType(
          schema.path("additionalProperties"), map.getActualTypeArguments()[1], view, field);
    } else if (type instanceof ParameterizedType list) {
      assertEquals("array", schema.path("type").asString(), where);
      compareType(schema.path("items"), list.getActualTypeArguments()[0], view, field);
    } else if (type instanceof Class<?> one && one.isRecord()) {
      compare(schema.path("$ref").asString(), one, where);
    } else {
      String expected =
          type == boolean.class || type == Boolean.class
              ? "boolean"
              : type == String.class || type == Instant.class
                  ? "string"
                  : type == double.class || type == Double.class ? "number" : "integer";
      assertEquals(expected, schema.path("type").asString(), where);
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = new ArrayList<>();
    collect(DOCUMENT, references);
    assertTrue(references.size() > 100);
    for (String reference : references) {
      assertTrue(!DOCUMENT.at(reference.substring(1)).isMissingNode(), reference);
    }
  }

  private static void collect(JsonNode node, List<String> references) {
    if (node.has("$ref")) {
      references.add(node.get("$ref").asString());
    }
    node.forEach(child -> collect(child, references));
  }

  @Test
  void faultsOfEveryRouteAreDocumented() {
    for (Route route : web.server.routes()) {
      String line = route.method() + " " + route.path().text();
      JsonNode responses = operation(route).get("responses");
      assertEquals(route.least().isPresent(), responses.has("401") && !isSignIn(route), line);
      if (!route.body().isEmpty()) {
        assertTrue(responses.has("415") && responses.has("422") && responses.has("400"), line);
      }
      if (route.least().isPresent() && !route.method().equals("GET")) {
        assertTrue(responses.has("403"), line + " has no csrf fault");
      }
      if (route.least().isPresent() && !route.beforePasswordChange()) {
        assertTrue(responses.has("403"), line + " has no password-change-required");
      }
      if (!route.query().isEmpty() || route.path().text().contains("{")) {
        assertTrue(responses.has("422"), line);
      }
    }
  }

  private static boolean isSignIn(Route route) {
    return route.method().equals("POST") && route.path().text().equals("/api/v1/session");
  }
}
