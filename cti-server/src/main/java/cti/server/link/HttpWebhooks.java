package cti.server.link;

import cti.core.port.WebhookException;
import cti.core.port.Webhooks;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
            .version(HttpClient.Version.HTTP_1_1)
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
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(new TreeMap<>(facts))))
            .build();
    // The time limit of a request ends with the head of its answer; this one with the last byte.
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BIGGEST_ANSWER));
    try {
      HttpResponse<byte[]> answer = asked.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (answer.statusCode() != 200) {
        throw new WebhookException("answered " + answer.statusCode() + ", expected 200");
      }
      return word(answer.body());
    } catch (TimeoutException e) {
      asked.cancel(true);
      throw new WebhookException("did not answer within " + limit.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new WebhookException("cannot be asked: " + e.getCause(), e);
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw new WebhookException("was given up: the server stops", e);
    }
  }

  private static String word(byte[] body) {
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
    client.shutdownNow();
  }
}
