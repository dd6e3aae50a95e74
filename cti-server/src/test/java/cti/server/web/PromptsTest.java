package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.prompt.PromptHouse;
import cti.server.web.WebFixture.User;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Prompts and PINs over HTTP. */
class PromptsTest {
  private static final String ALL = "/api/v1/ivr/prompts";
  private static final String WELCOME = ALL + "/welcome";
  private static final String PIN = "/api/v1/ivr/phone-pin";

  private final WebFixture web = new WebFixture();
  private User admin;

  @BeforeEach
  void speak() throws IOException {
    web.prompts.speaks("zh", "welcome");
    admin = web.signIn("admin");
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private HttpResponse<String> upload(String query, String type, byte[] file, User user) {
    return web.send(
        user.on(web.request(WELCOME + "/recordings" + query))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(file)));
  }

  private JsonNode chinese() {
    for (JsonNode prompt : WebFixture.json(web.get(ALL, admin)).get("items")) {
      if (prompt.get("id").asString().equals("welcome")) {
        for (JsonNode one : prompt.get("languages")) {
          if (one.get("language").asString().equals("zh")) {
            return one;
          }
        }
      }
    }
    throw new AssertionError("welcome is not listed in Chinese");
  }

  @Test
  void theListTellsWhatIsPlayedAndByWhom() {
    JsonNode list = WebFixture.json(web.get(ALL, web.signIn("supervisor")));
    assertTrue(list.get("folder").asBoolean());
    assertFalse(list.get("converter").asBoolean());
    assertEquals(120, list.get("mostSeconds").asInt());
    JsonNode first = list.get("items").get(0);
    assertEquals(101, first.get("number").asInt());
    assertEquals("flow", first.get("usedBy").get(0).get("kind").asString());
    assertEquals("placeholder", chinese().get("source").asString());
    assertEquals(500, chinese().get("milliseconds").asInt());
    assertEquals(403, web.get(ALL, web.signIn("agent1")).statusCode());
  }

  @Test
  void aRecordingIsHandedInListenedToAndTakenBack() {
    HttpResponse<String> made =
        upload("?language=zh&name=w.wav", "audio/wav", PromptHouse.tone(900, 300), admin);
    assertEquals(201, made.statusCode(), made.body());
    JsonNode version = WebFixture.json(made).get("versions").get(0);
    assertEquals("w.wav", version.get("fileName").asString());
    assertEquals("admin", version.get("madeBy").asString());
    assertEquals("upload", chinese().get("source").asString());
    assertTrue(chinese().get("inPlace").asBoolean());
    HttpResponse<String> part =
        web.send(
            admin
                .on(web.request(version.get("audio").asString()))
                .header("Range", "bytes=0-3")
                .GET());
    assertEquals(206, part.statusCode());
    assertEquals("RIFF", part.body());
    assertEquals("audio/wav", part.headers().firstValue("Content-Type").orElse(""));
    String tag = part.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> back =
        web.send("PUT", WELCOME + "/in-use", "{\"language\":\"zh\",\"version\":0}", admin);
    assertEquals(200, back.statusCode(), back.body());
    assertEquals("placeholder", chinese().get("source").asString());
    HttpResponse<String> now = web.get(chinese().get("audio").asString(), admin);
    assertEquals(200, now.statusCode());
    assertFalse(tag.equals(now.headers().firstValue("ETag").orElseThrow()));
    assertEquals(
        "no-such-version",
        WebFixture.json(
                web.send("PUT", WELCOME + "/in-use", "{\"language\":\"zh\",\"version\":9}", admin))
            .get("type")
            .asString());
  }

  @Test
  void aPromptOfOnesOwnIsAddedRewordedAndRemoved() {
    String body = "{\"id\":\"flu-shots\",\"zh\":\"接种按9。\",\"en\":\"Shots: 9.\",\"number\":601}";
    HttpResponse<String> made = web.send("POST", ALL, body, admin);
    assertEquals(201, made.statusCode(), made.body());
    JsonNode prompt = WebFixture.json(made).get("prompt");
    assertTrue(prompt.get("added").asBoolean());
    assertEquals(601, prompt.get("number").asInt());
    assertEquals("none", prompt.get("languages").get(0).get("source").asString());
    assertRefused(409, "prompt-exists", web.send("POST", ALL, body, admin));
    assertRefused(
        422,
        "invalid",
        web.send("POST", ALL, body.replace("flu-shots", "Flu Shots").replace("601", "7"), admin));
    assertRefused(
        409,
        "number-taken",
        web.send("POST", ALL, body.replace("flu-shots", "other").replace("601", "101"), admin));
    assertEquals(403, web.send("POST", ALL, body, web.signIn("supervisor")).statusCode());
    String own = ALL + "/flu-shots";
    HttpResponse<String> reworded =
        web.send("PUT", own, "{\"zh\":\"按9。\",\"en\":\"Nine.\"}", admin);
    assertEquals(200, reworded.statusCode(), reworded.body());
    assertFalse(WebFixture.json(reworded).get("prompt").has("number"));
    assertRefused(
        409, "shipped-prompt", web.send("PUT", WELCOME, "{\"zh\":\"好\",\"en\":\"Hi\"}", admin));
    assertRefused(409, "shipped-prompt", web.send(admin.on(web.request(WELCOME)).DELETE()));
    web.prompts.named = id -> java.util.List.of("version 8 of the flow");
    HttpResponse<String> named = web.send(admin.on(web.request(own)).DELETE());
    assertRefused(409, "prompt-in-use", named);
    assertTrue(named.body().contains("version 8 of the flow"), named.body());
    web.prompts.named = id -> java.util.List.of();
    assertEquals(204, web.send(admin.on(web.request(own)).DELETE()).statusCode());
    assertRefused(404, "no-such-prompt", web.get(own, admin));
    assertRefused(404, "no-such-prompt", web.send(admin.on(web.request(own)).DELETE()));
  }

  @Test
  void whatCannotBeTakenSaysWhy() {
    byte[] tone = PromptHouse.tone(900, 300);
    byte[] text = "no sound".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        403, upload("?language=zh", "audio/wav", tone, web.signIn("supervisor")).statusCode());
    assertRefused(422, "invalid", upload("", "audio/wav", tone, admin));
    assertRefused(422, "invalid", upload("?language=fr", "audio/wav", tone, admin));
    assertRefused(422, "invalid", upload("?language=zh", "audio/wav", new byte[0], admin));
    assertRefused(415, "unsupported-media-type", upload("?language=zh", "text/plain", text, admin));
    // Here is no converter.
    assertRefused(409, "no-converter", upload("?language=zh", "audio/mpeg", text, admin));
    assertRefused(
        422,
        "audio-too-short",
        upload("?language=zh", "audio/wav", PromptHouse.tone(100, 300), admin));
    assertRefused(404, "no-such-prompt", web.get(ALL + "/nothing", admin));
    assertRefused(404, "no-audio", web.get(WELCOME + "/audio?language=en", admin));
    assertRefused(422, "invalid", web.get(WELCOME + "/audio", admin));
    assertEquals("placeholder", chinese().get("source").asString());
  }

  private static void assertRefused(int status, String type, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(type, WebFixture.json(answer).get("type").asString());
  }

  @Test
  void anAdministratorHasAPinThatNobodyReads() {
    assertFalse(WebFixture.json(web.get(PIN, admin)).get("set").asBoolean());
    for (String weak :
        new String[] {"123456", "12345", "777777", "98765432", "12345678901", "abcdef"}) {
      HttpResponse<String> refused = web.send("PUT", PIN, "{\"pin\":\"" + weak + "\"}", admin);
      assertEquals(422, refused.statusCode(), weak);
      assertFalse(refused.body().contains(weak), refused.body());
    }
    HttpResponse<String> set = web.send("PUT", PIN, "{\"pin\":\"480372\"}", admin);
    assertEquals(200, set.statusCode(), set.body());
    assertFalse(set.body().contains("480372"));
    assertEquals(101, WebFixture.json(set).get("number").asInt());
    assertEquals(
        403, web.send("PUT", PIN, "{\"pin\":\"480372\"}", web.signIn("supervisor")).statusCode());
    assertEquals(204, web.send(admin.on(web.request(PIN)).DELETE()).statusCode());
    assertFalse(WebFixture.json(web.get(PIN, admin)).get("set").asBoolean());
  }
}
