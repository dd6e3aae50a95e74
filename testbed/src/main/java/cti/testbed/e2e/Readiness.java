package cti.testbed.e2e;

import cti.testbed.client.Patience;
import cti.testbed.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** What /health/ready says of a server that cannot work yet. */
final class Readiness {
  private static final Duration TO_ANSWER = Duration.ofSeconds(60);

  private Readiness() {}

  /** Waits until the server answers that it is not ready, and names this reason. */
  static void awaitNotReady(URI address, ServerProcess server, String reason)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      Patience.until(
          "/health/ready says 503 because of the " + reason,
          TO_ANSWER,
          () -> {
            Expect.that("a server that runs", server.isAlive(), server.logTail(5));
            try {
              HttpResponse<String> answer =
                  client.send(request, HttpResponse.BodyHandlers.ofString());
              boolean well = answer.statusCode() == 503 && answer.body().contains(reason);
              return well
                  ? Optional.empty()
                  : Optional.of(answer.statusCode() + " " + answer.body());
            } catch (IOException notYet) {
              return Optional.of("no answer: " + notYet);
            }
          });
    }
  }
}
