package cti.server.link;

import cti.core.port.WebhookException;
import cti.core.port.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks other systems over HTTP: POST of the facts as a JSON object, answered with {@code {"word":
 * "…"}}. Only the addresses of the configuration are asked, and no redirect is followed.
 */
public final class HttpWebhooks implements Webhooks, AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BIGGEST_ANSWER = 4096;
  private static final String WORD = "[A-Za-z0-9._-]{1,40}";

  private final Map<String, URI> hooks;
  private final Duration limit;
  private final HttpClient client;

  /**
   * @param hooks the address of each, by name
   * @param limit how long one may take
   */
  public HttpWebhooks(Map<String, URI> hooks, Duration limit) {
    this.hooks = Map.copyOf(hooks);
    this.limit = limit;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(limit)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public String ask(String hook, Map<String, String> facts) {
    URI address = hooks.get(hook);
    if (address == null) {
      throw new WebhookException(
          "no webhook " + hook + ", expected one of " + new TreeMap<>(hooks).keySet());
    }
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(limit)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(new TreeMap<>(facts))))
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new WebhookException("answered " + answer.statusCode() + ", expected 200");
      }
      return word(answer.body());
    } catch (IOException e) {
      throw new WebhookException("did not answer within " + limit.toMillis() + " ms: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WebhookException("was given up: the server stops", e);
    }
  }

  private static String word(byte[] body) {
    if (body.length > BIGGEST_ANSWER) {
      throw new WebhookException(
          "answered " + body.length + " bytes, expected at most " + BIGGEST_ANSWER);
    }
    try {
      JsonNode word = JSON.readTree(body).path("word");
      if (word.isString() && word.stringValue().matches(WORD)) {
        return word.stringValue();
      }
    } catch (JacksonException e) {
      throw new WebhookException("answered no JSON: " + e.getOriginalMessage(), e);
    }
    throw new WebhookException(
        "answered without a word, expected {\"word\": …} of 1 to 40 of A-Z a-z 0-9 . _ -");
  }

  @Override
  public void close() {
    client.close();
  }
}
