package cti.bridge.pop;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.json.JsonMapper;

/** Does what a screen-pop is. A fault is one line of the log. */
final class PopRunner implements AutoCloseable {
  private static final Logger log = System.getLogger(PopRunner.class.getName());
  private static final Duration TO_ANSWER = Duration.ofSeconds(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<String> browser;
  private final List<String> nothing;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TO_ANSWER)
          .build();

  /**
   * Makes one.
   *
   * @param browser the command that opens an address, which is put behind it
   */
  PopRunner(List<String> browser) {
    this.browser = List.copyOf(browser);
    this.nothing =
        List.of(System.getProperty("os.name").startsWith("Windows") ? "hostname" : "true");
  }

  /** The command by which this system opens an address in the user's own browser. */
  static List<String> systemBrowser(String os) {
    if (os.startsWith("Windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    return os.startsWith("Mac") ? List.of("open") : List.of("xdg-open");
  }

  /** Begins it; what it comes to is not waited for. True where it began. */
  boolean run(PopAction action, Map<PopField, String> values) {
    return switch (action) {
      case PopAction.OpenUrl(PopTemplate url) -> start(opening(url, values));
      case PopAction.RunCommand(List<PopTemplate> arguments) -> start(filled(arguments, values));
      case PopAction.PostJson(URI address) -> {
        post(request(address, values));
        yield true;
      }
    };
  }

  /** Does the same, and starts a program that does nothing in the place of what it is. */
  void rehearse(PopAction action, Map<PopField, String> values) {
    int made =
        switch (action) {
          case PopAction.OpenUrl(PopTemplate url) -> opening(url, values).size();
          case PopAction.RunCommand(List<PopTemplate> arguments) ->
              filled(arguments, values).size();
          case PopAction.PostJson(URI address) -> request(address, values).headers().map().size();
        };
    log.log(Level.DEBUG, "pop: rehearsed, of {0} parts", made);
    try {
      begin(nothing).onExit().join();
    } catch (IOException e) {
      log.log(Level.DEBUG, "pop: {0} is not there to rehearse with", nothing.getFirst());
    }
  }

  private List<String> opening(PopTemplate url, Map<PopField, String> values) {
    List<String> command = new ArrayList<>(browser);
    command.add(url.fill(values, text -> URLEncoder.encode(text, StandardCharsets.UTF_8)));
    return command;
  }

  private static List<String> filled(List<PopTemplate> arguments, Map<PopField, String> values) {
    return arguments.stream().map(one -> one.argument(values)).toList();
  }

  private static Process begin(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectInput(Redirect.from(nowhere()))
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
  }

  private static boolean start(List<String> command) {
    try {
      begin(command)
          .onExit()
          .thenAccept(
              ended -> {
                if (ended.exitValue() != 0) {
                  log.log(
                      Level.WARNING,
                      "pop: {0} ended with {1}",
                      command.getFirst(),
                      ended.exitValue());
                }
              });
      return true;
    } catch (IOException e) {
      log.log(
          Level.ERROR,
          "pop: {0} does not start: {1}; expected a program that is there",
          command.getFirst(),
          e.getMessage());
      return false;
    }
  }

  private static java.io.File nowhere() {
    return new java.io.File(
        System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
  }

  private static HttpRequest request(URI address, Map<PopField, String> values) {
    Map<String, String> body = new LinkedHashMap<>();
    values.forEach((field, value) -> body.put(field.word(), value));
    return HttpRequest.newBuilder(address)
        .timeout(TO_ANSWER)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
  }

  private void post(HttpRequest request) {
    URI address = request.uri();
    http.sendAsync(request, BodyHandlers.discarding())
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                log.log(Level.WARNING, "pop: {0} does not take it: {1}", address, why(failure));
              } else if (answer.statusCode() / 100 != 2) {
                log.log(Level.WARNING, "pop: {0} answered {1}", address, answer.statusCode());
              }
            });
  }

  private static String why(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof HttpTimeoutException) {
      return "no answer within " + TO_ANSWER.toSeconds() + " s";
    }
    return cause instanceof ConnectException ? "nobody answers there" : cause.toString();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
