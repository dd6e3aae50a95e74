package cti.server.web;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.fuzz.Fuzz;
import cti.server.fuzz.LoggedErrors;
import cti.server.web.WebFixture.User;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Requests with damage over real sockets: every answer is one of HTTP, none is the server's own
 * fault (5xx), nothing is logged as an error, and the server goes on serving.
 */
class HttpFuzzTest {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) ");

  private final WebFixture web = new WebFixture();
  private final Fuzz fuzz =
      new Fuzz(
          700,
          "\r\n\r\n",
          "\r\n",
          ":",
          "%00",
          "%zz",
          "%",
          "?",
          "&limit=-1",
          "&limit=99999999999999999999",
          "&from=9999-99-99T99:99:99Z",
          "from=+1000000000-12-31T23:59:59Z&",
          "cursor=AAAA",
          "../",
          "//",
          "\0",
          "null",
          "{}",
          "[]",
          "\"\\ud800\"",
          "1e999999999",
          "-0",
          "[".repeat(2_000),
          "Content-Length: -1\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Expect: 100-continue\r\n",
          "Upgrade: websocket\r\nConnection: Upgrade\r\n",
          "Range: bytes=-0\r\n",
          "Range: bytes=0-0,5-3,9999999999999999999-\r\n",
          "Accept: text/csv\r\n",
          "Authorization: Bearer \r\n",
          "Cookie: cti_session=%\r\n",
          "Origin: null\r\n",
          "员工0001");

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void whateverAClientSendsIsAnsweredOrClosed() {
    User agent = web.signIn("agent1");
    User supervisor = web.signIn("supervisor");
    List<String> requests =
        List.of(
            request("GET", "/health/ready", agent, ""),
            request("GET", "/api/v1/calls?from=2026-11-01T00:00:00Z&limit=10", supervisor, ""),
            request("GET", "/api/v1/calls/gw1:1763750000.1", agent, ""),
            request("GET", "/api/v1/missed-cases?state=open&desk=hq-erp", supervisor, ""),
            request("GET", "/api/v1/directory/search?q=0001", agent, ""),
            request("GET", "/api/v1/agents", supervisor, ""),
            request("POST", "/api/v1/session", User.NOBODY, "{\"user\":\"x\",\"password\":\"y\"}"),
            request(
                "POST",
                "/api/v1/incidents",
                agent,
                "{\"title\":\"t\",\"description\":\"d\",\"level\":\"IV\",\"desk\":\"hq-erp\","
                    + "\"kind\":\"consultation\",\"call\":\"gw1:1763750000.1\"}"),
            request("DELETE", "/api/v1/session", User.NOBODY, ""),
            request("GET", "/", User.NOBODY, ""));
    try (LoggedErrors errors = new LoggedErrors()) {
      fuzz.run(
          random -> {
            byte[] whole =
                requests.get(random.nextInt(requests.size())).getBytes(StandardCharsets.UTF_8);
            byte[] sent = fuzz.damaged(whole, random);
            String answer = talk(sent, random);
            Matcher status = STATUS.matcher(answer);
            boolean any = status.lookingAt();
            assertTrue(any || answer.isEmpty(), () -> "no HTTP: " + answer);
            for (; any; any = status.find()) {
              assertTrue(
                  Integer.parseInt(status.group(1)) < 500,
                  () -> answer + "\n to " + Fuzz.shown(sent));
            }
            assertEquals(List.of(), errors.all(), () -> "after " + Fuzz.shown(sent));
          });
    }
    assertEquals(200, web.get("/health/live", User.NOBODY).statusCode());
    await().until(() -> web.server.openStreams() == 0);
  }

  private static String request(String method, String target, User user, String body) {
    String signedIn =
        user.token().isEmpty() ? "" : "Authorization: Bearer " + user.token() + "\r\n";
    String content =
        body.isEmpty()
            ? ""
            : "Content-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n";
    return method + " " + target + " HTTP/1.1\r\nHost: a\r\n" + signedIn + content + "\r\n" + body;
  }

  /** Sends it in pieces, says that no more comes, and reads what the server has to say. */
  private String talk(byte[] sent, Random random) throws IOException {
    try (RawClient client = new RawClient(web.port)) {
      Socket socket = client.socket;
      try {
        int most = 1 + random.nextInt(600);
        for (int at = 0; at < sent.length; ) {
          int length = Math.min(1 + random.nextInt(most), sent.length - at);
          socket.getOutputStream().write(sent, at, length);
          at += length;
        }
        socket.shutdownOutput();
      } catch (SocketException e) {
        // The server had heard enough; what it said is read all the same.
      }
      return client.readToEnd();
    }
  }
}
