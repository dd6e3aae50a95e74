package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Role;
import cti.server.web.WebFixture.User;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import cti.server.web.stream.Topic;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of who may do what, walked line by line over real sockets. */
class RolesTest {
  private final WebFixture web = new WebFixture();

  @AfterEach
  void stop() {
    web.close();
  }

  private int status(Route route, User user) {
    return answer(route, user).statusCode();
  }

  private HttpResponse<String> answer(Route route, User user) {
    String path = route.path().text().replace("{id}", "1001");
    return web.send(
        user.on(web.request(path))
            .header("Content-Type", "application/json")
            .method(
                route.method(),
                route.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString("{}")));
  }

  @Test
  void everyRouteRefusesWhoeverIsTooLow() {
    Map<Role, String> users = new EnumMap<>(Role.class);
    users.put(Role.AGENT, "agent1");
    users.put(Role.SUPERVISOR, "supervisor");
    users.put(Role.ADMIN, "admin");
    List<String> walked = new ArrayList<>();
    for (Route route : web.server.routes()) {
      String line = route.method() + " " + route.path().text();
      walked.add(line);
      Optional<Role> least = route.least();
      if (least.isEmpty()) {
        assertNotEquals(403, status(route, User.NOBODY), line);
        continue;
      }
      assertEquals(401, status(route, User.NOBODY), line);
      for (Role role : Role.values()) {
        int status = status(route, web.signIn(users.get(role)));
        if (role.atLeast(least.get())) {
          assertTrue(status != 401 && status != 403, line + " as " + role + " gave " + status);
        } else {
          assertEquals(403, status, line + " as " + role);
        }
      }
    }
    assertTrue(walked.size() >= 25, walked.toString());
  }

  /** A one-time password opens what it takes to choose another, and nothing else, for no role. */
  @Test
  void everyOtherRouteWaitsForThePasswordToBeChanged() {
    List<String> answered = new ArrayList<>();
    for (String name : List.of("agent1", "supervisor", "admin")) {
      web.stores.accounts.mustChange(name);
    }
    for (Route route : web.server.routes()) {
      String line = route.method() + " " + route.path().text();
      for (String name : List.of("agent1", "supervisor", "admin")) {
        HttpResponse<String> answer = answer(route, web.signIn(name));
        if (route.least().isEmpty() || route.beforePasswordChange()) {
          assertNotEquals(403, answer.statusCode(), line + " as " + name);
          if (name.equals("agent1") && route.least().isPresent()) {
            answered.add(line);
          }
        } else {
          assertEquals(403, answer.statusCode(), line + " as " + name);
          assertEquals(
              "password-change-required", WebFixture.json(answer).get("type").asString(), line);
        }
      }
    }
    assertEquals(
        List.of("GET /api/v1/session", "DELETE /api/v1/session", "PUT /api/v1/me/password"),
        answered);
    assertEquals(200, web.get("/", web.signIn("agent1")).statusCode());
  }

  @Test
  void onlyThePathsThatMustAreOpen() {
    List<String> open =
        web.server.routes().stream()
            .filter(route -> route.least().isEmpty())
            .map(route -> route.method() + " " + route.path().text())
            .toList();
    assertEquals(
        List.of(
            "POST /api/v1/session",
            "POST /api/v1/bridges",
            "GET /health/live",
            "GET /health/ready",
            "GET /metrics"),
        open);
  }

  @Test
  void everyTopicIsOpenToWhoeverItIsFor() {
    String[][] mayPops = {
      {"agent1", "true"}, {"clerk", "false"}, {"supervisor", "true"}, {"admin", "true"}
    };
    for (String[] row : mayPops) {
      User user = web.signIn(row[0]);
      for (Topic topic : Topic.values()) {
        TestStream stream = web.stream(user);
        stream.subscribe(Words.of(topic));
        if (topic == Topic.POPS && row[1].equals("false")) {
          assertEquals(4403, stream.closeCode());
        } else {
          stream.next("snapshot");
        }
      }
    }
  }
}
