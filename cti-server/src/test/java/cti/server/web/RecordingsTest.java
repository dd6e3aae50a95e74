package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.RecordingId;
import cti.core.port.Recordings.Action;
import cti.core.port.Recordings.Audit;
import cti.core.recording.Recording;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import cti.core.recording.RecordingState;
import cti.core.recording.StoredRecording;
import cti.server.recording.WavSamples;
import cti.server.web.WebFixture.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Recordings over real sockets: found, played by parts, each playback on record. */
class RecordingsTest {
  private static final byte[] SOUND = WavSamples.closed(4_000);
  private static final String NAME = "20261121/5.1_5.2_1.wav";
  private static final String ID = "gw1:5.2~1";
  private static final String AUDIO = "/api/v1/recordings/gw1%3A5.2~1/audio";
  private static final String TAG = "\"" + "ab".repeat(16) + "\"";

  private final WebFixture web = new WebFixture();
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private User admin;
  private Path file;

  @BeforeEach
  void aRecording() throws IOException {
    file = folder.resolve("a.wav");
    Files.write(file, SOUND);
    web.audio = name -> name.equals(NAME) ? Optional.of(file) : Optional.empty();
    add(ID, "1001", "hq-desktop", NAME, web.clock.instant().minusSeconds(60));
    admin = web.signIn("admin");
  }

  @AfterEach
  void close() {
    http.close();
    web.close();
  }

  private void add(String id, String agent, String desk, String name, Instant at) {
    web.recordings.all.add(
        new StoredRecording(
            new Recording(
                new RecordingId(id),
                new Recording.Talk(
                    new CallId("gw1:5.1"),
                    new AttemptId(id.substring(0, id.indexOf('~'))),
                    Optional.of(new AgentId(agent)),
                    Optional.of(new DeskId(desk))),
                name,
                at,
                List.of(),
                Optional.of(at.plusSeconds(4))),
            RecordingState.STORED,
            Optional.of(
                new StoredRecording.Audio(
                    SOUND.length, Duration.ofSeconds(4), "ab".repeat(32), "")),
            false,
            Optional.empty()));
  }

  private HttpResponse<byte[]> ask(String method, User user, String... headers) {
    HttpRequest.Builder request =
        user.on(web.request(AUDIO)).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private List<String> played() {
    return web.recordings.lines.stream().map(Audit::detail).toList();
  }

  @Test
  void theWholeFile() {
    HttpResponse<byte[]> answer = ask("GET", admin);
    assertEquals(200, answer.statusCode());
    assertArrayEquals(SOUND, answer.body());
    assertEquals("audio/wav", header(answer, "Content-Type"));
    assertEquals("bytes", header(answer, "Accept-Ranges"));
    assertEquals(TAG, header(answer, "ETag"));
    assertEquals("no-store", header(answer, "Cache-Control"));
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertEquals(
        "inline; filename=\"20261121-5.1_5.2_1.wav\"", header(answer, "Content-Disposition"));
    Audit line = web.recordings.lines.getFirst();
    assertEquals(Action.PLAYED, line.action());
    assertEquals(ID, line.subject());
    assertEquals("admin", line.actor());
    assertEquals("127.0.0.1", line.address());
    assertEquals("bytes 0-" + (SOUND.length - 1) + "/" + SOUND.length, line.detail());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-43, 0, 44",
    "bytes=44-, 44, 64044",
    "bytes=-100, 63944, 64044",
    "bytes=64043-64043, 64043, 64044",
    "bytes=64000-99999, 64000, 64044"
  })
  void aPart(String range, int from, int to) {
    HttpResponse<byte[]> answer = ask("GET", admin, "Range", range);
    assertEquals(206, answer.statusCode());
    assertEquals("bytes " + from + "-" + (to - 1) + "/64044", header(answer, "Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(SOUND, from, to), answer.body());
    assertEquals(List.of("bytes " + from + "-" + (to - 1) + "/64044"), played());
  }

  @Test
  void severalPartsAtOnce() throws IOException {
    HttpResponse<byte[]> answer = ask("GET", admin, "Range", "bytes=0-3,100-199,-2");
    assertEquals(206, answer.statusCode());
    String type = header(answer, "Content-Type");
    assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
    String boundary = type.substring(type.indexOf('=') + 1);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int[] span : new int[][] {{0, 4}, {100, 200}, {64_042, 64_044}}) {
      expected.write(
          ("\r\n--"
                  + boundary
                  + "\r\nContent-Type: audio/wav\r\nContent-Range: bytes "
                  + span[0]
                  + "-"
                  + (span[1] - 1)
                  + "/64044\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      expected.write(SOUND, span[0], span[1] - span[0]);
    }
    expected.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    assertArrayEquals(expected.toByteArray(), answer.body());
    assertEquals(List.of("bytes 0-3,100-199,64042-64043/64044"), played());
  }

  @Test
  void nothingOfTheRangeIsThere() {
    HttpResponse<byte[]> answer = ask("GET", admin, "Range", "bytes=64044-");
    assertEquals(416, answer.statusCode());
    assertEquals("bytes */64044", header(answer, "Content-Range"));
    assertEquals(List.of(), played(), "nothing was played");
  }

  @Test
  void aRangeThatIsNoneIsPassedOver() {
    assertEquals(200, ask("GET", admin, "Range", "seconds=1-2").statusCode());
    assertEquals(200, ask("GET", admin, "Range", "bytes=0-50,40-60").statusCode());
  }

  @Test
  void ifRangeHoldsOnlyForTheSameFile() {
    String changed = header(ask("HEAD", admin), "Last-Modified");
    for (String same : List.of(TAG, changed)) {
      assertEquals(
          206, ask("GET", admin, "Range", "bytes=0-1", "If-Range", same).statusCode(), same);
    }
    for (String other :
        List.of("\"other\"", "W/" + TAG, "Thu, 01 Jan 1970 00:00:00 GMT", "nonsense")) {
      assertEquals(
          200, ask("GET", admin, "Range", "bytes=0-1", "If-Range", other).statusCode(), other);
    }
  }

  @Test
  void conditions() {
    assertEquals(304, ask("GET", admin, "If-None-Match", TAG).statusCode());
    assertEquals(304, ask("GET", admin, "If-None-Match", "\"x\", W/" + TAG).statusCode());
    assertEquals(200, ask("GET", admin, "If-None-Match", "\"x\"").statusCode());
    assertEquals(412, ask("GET", admin, "If-Match", "\"x\"").statusCode());
    assertEquals(200, ask("GET", admin, "If-Match", "*").statusCode());
    assertEquals(2, played().size(), "304 and 412 play nothing");
  }

  @Test
  void headSaysAllAndPlaysNothing() {
    HttpResponse<byte[]> whole = ask("HEAD", admin);
    assertEquals(200, whole.statusCode());
    assertEquals("64044", header(whole, "Content-Length"));
    assertEquals(0, whole.body().length);
    HttpResponse<byte[]> part = ask("HEAD", admin, "Range", "bytes=0-9");
    assertEquals(206, part.statusCode());
    assertEquals("10", header(part, "Content-Length"));
    assertEquals(List.of(), played());
    assertEquals(200, ask("GET", admin).statusCode(), "the connection goes on");
  }

  @Test
  void aConnectionServesOnePartAfterTheOther() throws IOException {
    try (RawClient client = new RawClient(web.port)) {
      String request =
          "GET "
              + AUDIO
              + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + admin.token()
              + "\r\nRange: bytes=0-3\r\n";
      client.write(request + "\r\n" + request + "\r\n" + request + "Connection: close\r\n\r\n");
      String all = client.readToEnd();
      assertEquals(3, all.split("HTTP/1.1 206", -1).length - 1, all);
      assertEquals(3, all.split("RIFF", -1).length - 1, all);
    }
  }

  @Test
  void agentsHearTheirOwnWhereTheDeskLetsThem() {
    User agent = web.signIn("agent1");
    assertEquals(403, ask("GET", agent).statusCode());
    web.world.recording(
        new DeskId("hq-desktop"),
        new RecordingRules(RecordingPolicy.ALL, 0, "notice", false, false, true, 30));
    assertEquals(200, ask("GET", agent).statusCode());
    assertEquals("agent1", web.recordings.lines.getLast().actor());
    assertEquals(404, ask("GET", web.signIn("agent2")).statusCode());
    assertEquals(401, ask("GET", User.NOBODY).statusCode());
    assertEquals(200, ask("GET", web.signIn("supervisor")).statusCode());
  }

  @Test
  void withoutAnAuditLineNothingIsPlayed() {
    web.recordings.away = true;
    HttpResponse<byte[]> answer = ask("GET", admin);
    assertEquals(503, answer.statusCode());
    assertFalse(new String(answer.body(), StandardCharsets.ISO_8859_1).contains("RIFF"));
  }

  @Test
  void aFileThatIsNotThere() throws IOException {
    Files.delete(file);
    web.audio = name -> Optional.empty();
    HttpResponse<byte[]> answer = ask("GET", admin);
    assertEquals(404, answer.statusCode());
    assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("no-audio"));
  }

  @Test
  void aLongFileToASlowClientArrivesWhole() throws IOException {
    byte[] hours = WavSamples.closed(3 * 60 * 1_000);
    Files.write(file, hours);
    try (RawClient client = new RawClient(web.port, 4_096)) {
      client.write(
          "GET "
              + AUDIO
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
              + admin.token()
              + "\r\n\r\n");
      byte[] all = client.bytesToEnd();
      assertArrayEquals(hours, Arrays.copyOfRange(all, all.length - hours.length, all.length));
    }
  }

  @Test
  void theList() {
    add("gw1:6.2~1", "1002", "gz", "20261121/6.1_6.2_1.wav", web.clock.instant());
    JsonNode all = WebFixture.json(web.get("/api/v1/recordings", admin)).get("items");
    assertEquals(
        List.of("gw1:6.2~1", ID),
        all.values().stream().map(one -> one.get("id").asString()).toList());
    assertEquals(AUDIO.replace("~", "%7E"), all.get(1).get("audio").asString());
    assertEquals("stored", all.get(1).get("state").asString());
    assertEquals(4_000, all.get(1).get("milliseconds").asInt());
    JsonNode own =
        WebFixture.json(web.get("/api/v1/recordings", web.signIn("agent1"))).get("items");
    assertEquals(1, own.size());
    assertFalse(own.get(0).has("audio"), "this desk's agents do not listen");
    JsonNode supervisors =
        WebFixture.json(web.get("/api/v1/recordings", web.signIn("supervisor"))).get("items");
    assertEquals(1, supervisors.size(), "of the desks where they have a seat");
    assertEquals(ID, supervisors.get(0).get("id").asString());
    assertEquals(
        2,
        WebFixture.json(web.get("/api/v1/recordings?call=gw1%3A5.1", admin)).get("items").size());
    JsonNode first = WebFixture.json(web.get("/api/v1/recordings?limit=1", admin));
    JsonNode second =
        WebFixture.json(
            web.get("/api/v1/recordings?limit=1&after=" + first.get("next").asString(), admin));
    assertEquals(ID, second.get("items").get(0).get("id").asString());
    assertFalse(second.has("next"));
  }

  @Test
  void aHoldIsForAdministratorsAndOnRecord() {
    String path = "/api/v1/recordings/gw1%3A5.2~1/hold";
    String body = "{\"held\":true,\"reason\":\"劳动仲裁\"}";
    assertEquals(403, web.send("PUT", path, body, web.signIn("supervisor")).statusCode());
    HttpResponse<String> done = web.send("PUT", path, body, admin);
    assertEquals(200, done.statusCode(), done.body());
    assertTrue(WebFixture.json(done).get("legalHold").asBoolean());
    JsonNode audit = WebFixture.json(web.get("/api/v1/recordings/gw1%3A5.2~1", admin)).get("audit");
    assertEquals("held", audit.get(0).get("action").asString());
    assertEquals("劳动仲裁", audit.get(0).get("detail").asString());
    assertEquals(404, web.send("PUT", path.replace("5.2", "9.9"), body, admin).statusCode());
  }

  @Test
  void aDesksRulesAreChangedByAdministrators() {
    String path = "/api/v1/desks/gz/recording";
    String body =
        "{\"policy\":\"share\",\"sharePercent\":30,\"announcement\":\"recording-announcement\","
            + "\"agentMayStart\":false,\"agentMayPause\":true,\"agentMayListen\":false,"
            + "\"retentionDays\":90}";
    assertEquals(403, web.send("PUT", path, body, web.signIn("supervisor")).statusCode());
    HttpResponse<String> done = web.send("PUT", path, body, admin);
    assertEquals(200, done.statusCode(), done.body());
    assertEquals(
        new RecordingRules(
            RecordingPolicy.SHARE, 30, "recording-announcement", false, true, false, 90),
        web.recordings.saved.getFirst());
    Audit line = web.recordings.lines.getFirst();
    assertEquals(Action.RULES_CHANGED, line.action());
    assertTrue(line.detail().startsWith("none share=0"), line.detail());
    assertTrue(line.detail().contains("-> share share=30"), line.detail());
    JsonNode read = WebFixture.json(web.get(path, admin));
    assertEquals("admin", read.get("changes").get(0).get("user").asString());
    for (String[] wrong :
        new String[][] {
          {"\"sharePercent\":30", "\"sharePercent\":130", "expected 0 to 100"},
          {"\"retentionDays\":90", "\"retentionDays\":0", "expected 1 to 3650"},
          {"\"sharePercent\":30", "\"sharePercent\":0", "expected 1 to 100"},
          {"recording-announcement", "no-prompt", "no prompt no-prompt"},
          {"\"share\"", "\"some\"", "policy"},
        }) {
      HttpResponse<String> refused = web.send("PUT", path, body.replace(wrong[0], wrong[1]), admin);
      assertEquals(422, refused.statusCode(), refused.body());
      assertTrue(refused.body().contains(wrong[2]), refused.body());
    }
    assertEquals(1, web.recordings.saved.size());
    assertEquals(404, web.send("PUT", path.replace("gz", "mars"), body, admin).statusCode());
  }
}
