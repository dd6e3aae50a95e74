package cti.testbed.bridge;

import cti.testbed.client.Json;
import cti.testbed.client.Patience;
import cti.testbed.client.Unexpected;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The bridge from its jar, as it runs on an agent's computer, and its local API. */
public final class BridgeProcess implements AutoCloseable {
  private static final Path JAR =
      Path.of("agent-softphone-bridge/target/agent-softphone-bridge-0.1.0.jar");
  private static final Duration TO_BEGIN = Duration.ofSeconds(20);
  private static final Duration TO_END = Duration.ofSeconds(10);

  private final Path project;
  private final Path home;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private Optional<Process> process = Optional.empty();
  private Optional<Desktop> desktop = Optional.empty();

  private BridgeProcess(Path project, Path home, int port) {
    this.project = project;
    this.home = home;
    this.port = port;
  }

  /**
   * A bridge with settings of its own; it is not started.
   *
   * @param settings of bridge.yaml, without the section local
   */
  public static BridgeProcess in(Path project, Path home, String settings) throws IOException {
    Files.createDirectories(home);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Files.writeString(home.resolve("bridge.yaml"), settings + "local: {port: " + port + "}\n");
    return new BridgeProcess(project, home, port);
  }

  /** It is started on that desktop; without one it has none. */
  public void on(Desktop shown) {
    desktop = Optional.of(shown);
  }

  public int port() {
    return port;
  }

  public Path log() {
    return home.resolve("bridge.log");
  }

  /** What programs on the same computer show to use it. */
  public String token() throws IOException {
    return Files.readString(home.resolve("local.token")).strip();
  }

  /** What a command printed, and how it ended. */
  public record Ended(int code, String output) {}

  /** Runs a command of the bridge to its end. */
  public Ended command(String... words) throws IOException, InterruptedException {
    return ended(
        "the bridge's " + words[0],
        new ProcessBuilder(line(words)).redirectErrorStream(true).start());
  }

  /**
   * Makes it what opens links on that desktop, for a user of their own, and opens one there.
   *
   * @return how register-links, then xdg-open, ended
   */
  public List<Ended> opens(String link, Desktop on) throws IOException, InterruptedException {
    Path user = Files.createDirectories(home.resolve("user"));
    List<String> register = new ArrayList<>(line("register-links"));
    register.add(1, "-Duser.home=" + user);
    List<Ended> ended = new ArrayList<>();
    for (List<String> command : List.of(register, List.of("xdg-open", link))) {
      ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
      program
          .environment()
          .putAll(
              java.util.Map.of(
                  "HOME", user.toString(),
                  "XDG_DATA_HOME", user.resolve(".local/share").toString(),
                  "XDG_CONFIG_HOME", user.resolve(".config").toString(),
                  "CTI_BRIDGE_HOME", home.toString(),
                  "DISPLAY", on.display()));
      ended.add(ended(command.getFirst(), program.start()));
    }
    return ended;
  }

  private static Ended ended(String name, Process program)
      throws IOException, InterruptedException {
    String output = new String(program.getInputStream().readAllBytes());
    if (!program.waitFor(TO_BEGIN.toSeconds(), TimeUnit.SECONDS)) {
      program.destroyForcibly();
      throw Unexpected.instead(name + " ends", "it runs on");
    }
    return new Ended(program.exitValue(), output.strip());
  }

  private List<String> line(String... words) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"));
    line.add(project.resolve(JAR).toString());
    line.addAll(List.of("--home", home.toString()));
    line.addAll(List.of(words));
    return line;
  }

  /** Starts it and waits until it has its stream. */
  public void start() throws IOException, InterruptedException {
    ProcessBuilder run =
        new ProcessBuilder(line("run"))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
    run.environment().remove("DISPLAY");
    desktop.ifPresent(shown -> run.environment().put("DISPLAY", shown.display()));
    process = Optional.of(run.start());
    awaitState("the bridge has its stream", TO_BEGIN, at("/server/state"), "live");
  }

  public long pid() {
    return process.orElseThrow().pid();
  }

  /** Ends it as a power failure would. */
  public void kill() throws InterruptedException {
    process.orElseThrow().destroyForcibly().waitFor();
  }

  /** A field of the state, as a text; empty where it is not there. */
  public static Function<JsonNode, String> at(String pointer) {
    return state -> state.at(pointer).asString("");
  }

  /** Waits until something in its state is as wanted. */
  public void awaitState(
      String what, Duration limit, Function<JsonNode, String> field, String wanted)
      throws InterruptedException {
    Patience.until(
        what,
        limit,
        () -> {
          try {
            JsonNode state = get("/v1/state");
            return field.apply(state).equals(wanted)
                ? Optional.empty()
                : Optional.of(state.toString());
          } catch (IOException notYet) {
            return Optional.of(
                process.filter(Process::isAlive).isPresent()
                    ? "no answer: " + notYet
                    : "it has ended: " + tail());
          }
        });
  }

  /** Waits for the one call at the phone to be in a state; its id. */
  public String awaitCall(String state, Duration limit) throws InterruptedException {
    List<String> found = new ArrayList<>();
    Patience.until(
        "a call at the phone is " + state,
        limit,
        () -> {
          try {
            JsonNode calls = get("/v1/calls").path("items");
            if (calls.size() == 1 && calls.get(0).path("state").asString().equals(state)) {
              found.add(calls.get(0).path("id").asString());
              return Optional.empty();
            }
            return Optional.of(calls.toString());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    return found.getLast();
  }

  /** Waits until no call is at the phone. */
  public void awaitNoCall(Duration limit) throws InterruptedException {
    Patience.until(
        "no call is at the phone",
        limit,
        () -> {
          try {
            JsonNode calls = get("/v1/calls").path("items");
            return calls.isEmpty() ? Optional.empty() : Optional.of(calls.toString());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", path, "");
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answered " + answer.statusCode() + " " + answer.body());
    }
    return Json.tree(answer.body());
  }

  /** An order; the id of its refusal, or empty where it was performed. */
  public String order(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    return answer.statusCode() == 204 ? "" : Json.tree(answer.body()).path("type").asString();
  }

  /** An order in a call that must be performed. */
  public void inCall(String call, String order, String body)
      throws IOException, InterruptedException {
    String refusal = order("POST", "/v1/calls/" + call + "/" + order, body);
    if (!refusal.isEmpty()) {
      throw Unexpected.instead("the phone takes " + order, refusal);
    }
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(15))
            .header("Authorization", "Bearer " + token())
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void close() {
    process.ifPresent(
        running -> {
          running.destroy();
          try {
            if (!running.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
              running.destroyForcibly();
            }
          } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
          }
        });
    http.shutdownNow();
  }
}
