package cti.testbed.e2e;

import com.sun.net.httpserver.HttpServer;
import cti.testbed.client.Unexpected;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of another origin, in a real Chromium, that tries to use the bridge's local API. */
final class ForeignPage {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final Pattern RESULT = Pattern.compile("<p id=\"result\">([^<]*)</p>");

  private ForeignPage() {}

  /**
   * Opens it.
   *
   * @return a word for reading, for a plain request that needs no leave (POST of text), and for one
   *     with the token: read or refused
   */
  static String tries(int port, String token) throws IOException, InterruptedException {
    String page =
        """
        <!doctype html><p id="result">not yet</p><script>
        const api = 'http://127.0.0.1:%d/v1/';
        const word = (asked) => asked.then((answer) => answer.ok ? 'read' : 'refused', () => 'refused');
        Promise.all([
          word(fetch(api + 'state')),
          word(fetch(api + 'dial', {method: 'POST', body: '{"number":"8005"}'})),
          word(fetch(api + 'state', {headers: {Authorization: 'Bearer %s'}})),
        ]).then((words) => { document.getElementById('result').textContent = words.join(' '); });
        </script>
        """
            .formatted(port, token);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    Path profile = Files.createTempDirectory("cti-chromium-");
    try {
      return result("http://127.0.0.1:" + server.getAddress().getPort() + "/", profile);
    } finally {
      server.stop(0);
      Workshop.remove(profile);
    }
  }

  private static String result(String address, Path profile)
      throws IOException, InterruptedException {
    Path dump = profile.resolve("page.html");
    Process chromium =
        new ProcessBuilder(
                List.of(
                    "chromium",
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--user-data-dir=" + profile.resolve("profile"),
                    "--virtual-time-budget=5000",
                    "--dump-dom",
                    address))
            .redirectOutput(dump.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!chromium.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      chromium.destroyForcibly();
      throw Unexpected.instead("Chromium ends within " + LIMIT, "it runs on");
    }
    String text = Files.readString(dump);
    Matcher found = RESULT.matcher(text);
    if (!found.find()) {
      throw Unexpected.instead("the page with its result", text);
    }
    return found.group(1);
  }
}
