package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.server.config.ConfigReader;
import cti.server.config.CtiConfig;
import cti.server.config.LdapConfig;
import cti.server.config.Secret;
import cti.server.db.DatabaseAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * docs/directory.md, run: a whole server on a new database without the sample, and every example of
 * the guide in its order.
 */
class DirectoryGuideTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path GUIDE = Path.of("../docs/directory.md");

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private EmbeddedServer embedded;
  private CtiConfig config;
  private Lifecycle lifecycle = new Lifecycle();
  private String token;
  private String version = "";
  private String id = "";
  private String previewToken = "";
  private JsonNode last;

  /** One request of the guide. */
  private record Example(String method, String path, String body, int status, String shows) {}

  @BeforeEach
  void start() throws Exception {
    embedded = EmbeddedServer.withoutData();
    DatabaseAddress address = embedded.address();
    config =
        new ConfigReader(folder, Map.of())
            .read(
                "cti.yaml",
                """
                gateway: {id: gw1, ami: {host: 127.0.0.1, port: %d, user: cti, secret: "unused"}}
                agi: {port: %d}
                web: {port: %d}
                database:
                  kind: mysql
                  mysql: {host: 127.0.0.1, port: %d, name: %s, user: %s, password: "%s"}
                sample-data: false
                """
                    .formatted(
                        freePort(),
                        freePort(),
                        freePort(),
                        address.port(),
                        address.name(),
                        address.user(),
                        address.password().reveal()));
    embedded
        .accounts()
        .create(
            new Account("boss", "员工0900", Role.ADMIN, Optional.empty(), false),
            new Secret("correct horse battery"));
    Wiring.start(config, false, lifecycle);
    token = signIn();
  }

  @AfterEach
  void stop() {
    lifecycle.stop();
    embedded.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private String signIn() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(uri("/api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"user\":\"boss\",\"password\":\"correct horse"
                            + " battery\",\"token\":true}"))
                .build(),
            BodyHandlers.ofString());
    assertEquals(201, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body()).get("token").asString();
  }

  private URI uri(String path) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      escaped.append(b <= ' ' ? "%%%02X".formatted(b & 0xFF) : String.valueOf((char) b));
    }
    return URI.create("http://127.0.0.1:" + config.web().port() + escaped);
  }

  private static List<String> blocks(String language) throws IOException {
    Matcher block =
        Pattern.compile("(?s)```" + language + "\\n(.*?)```").matcher(Files.readString(GUIDE));
    List<String> blocks = new ArrayList<>();
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    Pattern form =
        Pattern.compile("(?m)^(GET|POST|PUT|DELETE) (\\S.*)\\n((?:(?!→).*\\n)*)→ (\\d{3}) ?(.*)$");
    for (String block : blocks("http")) {
      Matcher one = form.matcher(block);
      while (one.find()) {
        examples.add(
            new Example(
                one.group(1),
                one.group(2).strip(),
                one.group(3).strip(),
                Integer.parseInt(one.group(4)),
                one.group(5).strip()));
      }
    }
    return examples;
  }

  @Test
  void everyExampleOfTheGuideDoesWhatItSays() throws Exception {
    List<Example> examples = examples();
    assertEquals(25, examples.size(), "examples that were found in the guide");
    assertTrue(health().contains("call-flow"), "no desk is there that the flow names");
    String csv = blocks("csv").getFirst();
    for (Example example : examples) {
      run(example, csv);
    }
    // What was entered is there after a restart.
    assertTrue(lifecycle.stop());
    lifecycle = new Lifecycle();
    Wiring.start(config, false, lifecycle);
    String found = send("GET", "/api/v1/directory/staff?number=1012", "", "").body();
    assertTrue(found.contains("员工0002"), found);
    assertTrue(send("GET", "/api/v1/desks", "", "").body().contains("cti-hq-desktop"));
    assertTrue(send("GET", "/api/v1/agents", "", "").body().contains("工程师1001"));
  }

  private void run(Example example, String csv) throws Exception {
    String path = filled(example.path());
    boolean file = example.body().equals("@csv");
    String body = file ? csv : filled(example.body());
    HttpResponse<String> answer =
        send(example.method(), path, file ? "text/csv" : "application/json", body);
    if (example.method().equals("GET") && path.contains("/previews/")) {
      answer = settled(path);
    }
    String line = example.method() + " " + path + " answered " + answer.body();
    assertEquals(example.status(), answer.statusCode(), line);
    assertTrue(answer.body().contains(example.shows()), line);
    if (answer.statusCode() < 300 && !answer.body().isEmpty()) {
      last = JSON.readTree(answer.body());
      if (last.has("version")) {
        version = last.get("version").asString();
      }
      if (last.has("counts")) {
        id = last.get("id").asString();
        previewToken = last.has("token") ? last.get("token").asString() : previewToken;
      }
    }
  }

  private HttpResponse<String> settled(String path) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              String state = send("GET", path, "", "").body();
              return !state.contains("\"reading\"") && !state.contains("\"applying\"");
            });
    try {
      return send("GET", path, "", "");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String filled(String text) {
    Matcher site = Pattern.compile("\\{version:(\\w+)}").matcher(text);
    String filled = text;
    while (site.find()) {
      String wanted = site.group(1);
      String found =
          last.get("items").values().stream()
              .filter(one -> one.get("id").asString().equals(wanted))
              .map(one -> one.get("version").asString())
              .findFirst()
              .orElseThrow();
      filled = filled.replace(site.group(), found);
    }
    return filled
        .replace("{version}", version)
        .replace("{token}", previewToken)
        .replace("/{id}", "/" + id);
  }

  private HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private String health() throws Exception {
    return http.send(HttpRequest.newBuilder(uri("/health/ready")).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void theSectionOfTheGuideIsRead() throws Exception {
    CtiConfig read =
        new ConfigReader(folder, Map.of("LDAP_PASSWORD", "secret"))
            .read(
                "cti.yaml",
                """
                gateway: {id: gw1, ami: {host: pbx, user: cti, secret: "not used"}}
                database: {kind: embedded}
                """
                    + blocks("yaml").getFirst());
    LdapConfig ldap = read.ldap().orElseThrow();
    assertEquals(LdapConfig.Tls.LDAPS, ldap.server().tls());
    assertEquals(9, ldap.mapping().attributes().size());
    assertEquals("gz", ldap.mapping().sites().get("广州"));
    assertEquals(Duration.ofHours(1), ldap.schedule().every());
  }
}
