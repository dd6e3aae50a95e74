package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.engine.CallbackCommand;
import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.VoicemailId;
import cti.core.port.Callbacks.Progress;
import cti.core.port.Callbacks.StoredCallback;
import cti.core.port.Callbacks.Times;
import cti.core.port.Surveys;
import cti.core.port.Voicemails.Audio;
import cti.core.port.Voicemails.Content;
import cti.core.port.Voicemails.StoredVoicemail;
import cti.server.web.WebFixture.User;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Callbacks, messages, marks and notices over HTTP. */
class LeftTest {
  private static final Instant AT = Instant.parse("2026-11-21T00:30:00Z");
  private static final String MESSAGE = "/api/v1/voicemails/gw1%3A1.1%7E1";

  private final WebFixture web = new WebFixture();
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path folder;

  @BeforeEach
  void fill() throws Exception {
    byte[] sound = new byte[4000];
    Arrays.fill(sound, (byte) 7);
    Path file = Files.write(folder.resolve("message.wav"), sound);
    web.audio = name -> Optional.of(file);
    VoicemailId id = new VoicemailId("gw1:1.1~1");
    web.left.messages.put(
        id,
        new StoredVoicemail(
            id,
            new CallId("gw1:1.1"),
            new DeskId("hq-desktop"),
            Optional.of(new MissedCaseId("gw1:1.1")),
            World.KNOWN_NUMBER,
            "20261121/1.1_1.1_1.wav",
            AT,
            Duration.ofMinutes(2),
            new Content(
                "NEW",
                Optional.of(new Audio(4000, Duration.ofMillis(247), "ab".repeat(32))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
    web.left.callbacks.add(
        new StoredCallback(
            new CallbackId("gw1:1.2"),
            new CallId("gw1:1.2"),
            new DeskId("hq-desktop"),
            "13900000025",
            new Times(AT, AT, AT.plusSeconds(3600), Optional.empty()),
            "WAITING",
            Optional.empty(),
            new Progress(
                1, Optional.empty(), Optional.of("BUSY"), Optional.empty(), Optional.empty())));
  }

  @AfterEach
  void stop() {
    http.close();
    web.close();
  }

  private HttpResponse<String> put(User user, String path) {
    return web.send(user.on(web.request(path)).PUT(HttpRequest.BodyPublishers.noBody()));
  }

  private HttpResponse<String> delete(User user, String path) {
    return web.send(user.on(web.request(path)).DELETE());
  }

  private static JsonNode items(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return WebFixture.json(answer).get("items");
  }

  @Test
  void aMessageIsHeardByWhoeverWorksAtTheDesk() throws Exception {
    User agent = web.signIn("agent1");
    JsonNode one = items(web.get("/api/v1/voicemails?state=new", agent)).get(0);
    assertEquals("gw1:1.1", one.get("missedCase").asString());
    assertEquals(World.KNOWN_NUMBER, one.get("number").asString());
    assertEquals(2, one.get("callers").size(), "whom to call back: " + one);
    assertEquals(MESSAGE + "/audio", one.get("audio").asString());
    HttpResponse<byte[]> part =
        http.send(
            agent
                .on(web.request(MESSAGE + "/audio"))
                .header("Range", "bytes=100-199")
                .GET()
                .build(),
            BodyHandlers.ofByteArray());
    assertEquals(206, part.statusCode());
    assertEquals(100, part.body().length);
    assertArrayEquals(new byte[] {7, 7}, Arrays.copyOf(part.body(), 2));
    assertEquals("PLAYED", web.left.lines.getFirst().action());
    assertEquals("bytes 100-199/4000", web.left.lines.getFirst().detail());
    assertEquals(200, put(agent, MESSAGE + "/heard").statusCode());
    assertEquals(0, items(web.get("/api/v1/voicemails?state=new", agent)).size());
    JsonNode detail = WebFixture.json(web.get(MESSAGE, agent));
    assertEquals("heard", detail.get("voicemail").get("state").asString());
    assertEquals(2, detail.get("audit").size());
  }

  @Test
  void aMessageOfAnotherDeskIsNotThere() {
    User other = web.signIn("agent2");
    assertEquals(0, items(web.get("/api/v1/voicemails", other)).size());
    assertEquals(404, web.get(MESSAGE, other).statusCode());
    assertEquals(404, web.get(MESSAGE + "/audio", other).statusCode());
    assertEquals(List.of(), web.left.lines);
  }

  @Test
  void callbacksAreListedByWhetherTheyAreOver() {
    User agent = web.signIn("agent1");
    JsonNode one = items(web.get("/api/v1/callbacks?open=true", agent)).get(0);
    assertEquals("waiting", one.get("state").asString());
    assertEquals("BUSY", one.get("lastReason").asString());
    assertEquals(0, items(web.get("/api/v1/callbacks?open=false", agent)).size());
    assertEquals(422, web.get("/api/v1/callbacks?open=maybe", agent).statusCode());
  }

  /** Of whoever has no seat at its desk, or is not limited to it, it is not there. */
  @Test
  void aCallbackIsCancelledByWhoeverSeesIt() {
    String one = "/api/v1/callbacks/gw1%3A1.2";
    assertEquals(403, delete(web.signIn("agent1"), one).statusCode());
    assertEquals(204, delete(web.signIn("supervisor"), one).statusCode());
    web.stores.accounts.limit("supervisor", Set.of(World.DESKTOP));
    assertEquals(204, delete(web.signIn("supervisor"), one).statusCode());
    CallbackCommand cancel = new CallbackCommand.Cancel(new CallbackId("gw1:1.2"), "supervisor");
    assertEquals(List.of(cancel, cancel), web.world.callbackCommands);
    web.stores.accounts.limit("supervisor", Set.of(World.GUANGZHOU));
    HttpResponse<String> refused = delete(web.signIn("supervisor"), one);
    assertEquals(404, refused.statusCode());
    assertEquals("no-such-callback", WebFixture.json(refused).get("type").asString());
    assertEquals(2, web.world.callbackCommands.size());
  }

  @Test
  void marksComeWithFiguresOverAllOfThem() {
    web.left.answers.add(
        new Surveys.Answer(
            new CallId("gw1:1.1"),
            "survey",
            AT,
            5,
            Optional.of(new DeskId("hq-desktop")),
            Optional.empty(),
            List.of()));
    JsonNode page = WebFixture.json(web.get("/api/v1/surveys", web.signIn("supervisor")));
    assertEquals(1, page.get("answers").asInt());
    assertEquals(5, page.get("sum").asInt());
    assertEquals(403, web.get("/api/v1/surveys", web.signIn("agent1")).statusCode());
  }

  @Test
  void theSchemaIsServedAsItIs() {
    HttpResponse<String> answer = web.get("/api/v1/ivr/flow-schema", web.signIn("agent1"));
    assertEquals(200, answer.statusCode());
    assertEquals("A call flow", WebFixture.json(answer).get("title").asString());
  }
}
