package cti.bench.house;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** cti-server from its jar, as a process. */
public final class Server implements AutoCloseable {
  /** The heap as a whole (G1), or its young and its old part (parallel and serial collector). */
  private static final Pattern HEAP_PART =
      Pattern.compile(
          "(?m)^\\s*(?:garbage-first heap|PSYoungGen|ParOldGen|DefNew|Tenured)\\b.*?used"
              + " ([0-9]+)K");

  private static final Path JAR = Path.of("cti-server/target/cti-server-0.1.0.jar");
  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final Duration TO_END = Duration.ofSeconds(40);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private Server(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts one; returns at once. */
  public static Server start(Configuration configuration, int heapMib, Path log)
      throws IOException {
    if (!Files.isRegularFile(JAR)) {
      throw new IOException("no file " + JAR + ", expected to be started in the project's root");
    }
    List<String> command = new ArrayList<>();
    command.add(Java.program());
    command.add("@conf/jvm.options");
    command.add("-Xmx" + heapMib + "m");
    String more = System.getenv("CTI_SERVER_OPTIONS");
    if (more != null && !more.isBlank()) {
      command.addAll(List.of(more.strip().split(" +")));
    }
    command.addAll(List.of("-jar", JAR.toString(), "run", "-c", configuration.write().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    return new Server(process, URI.create("http://127.0.0.1:" + configuration.webPort()));
  }

  /** Waits until database, journal and gateway link are there. */
  public void awaitReady() throws IOException, InterruptedException {
    Clocked.until(
        "cti-server is ready",
        TO_START,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("cti-server ended, exit code " + process.exitValue());
          }
          try {
            return get("/health/ready").statusCode() == 200;
          } catch (IOException notYet) {
            return false;
          }
        });
  }

  /** Signs in; the session's token. */
  public String signIn(String user, String password) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(address.resolve("/api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(
                            Map.of("user", user, "password", password, "token", true))))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IOException("sign-in answered " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body()).get("token").asString();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(10)).build(),
        BodyHandlers.ofString());
  }

  /** What stands at a path of the API, for whoever holds the token. */
  public JsonNode read(String path, String token) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** Asks for something to be done, without a body. */
  void post(String path, String token) throws IOException, InterruptedException {
    send(path, token, HttpRequest.BodyPublishers.noBody(), "");
  }

  /** Asks for something to be done; the answer. */
  public JsonNode post(String path, String token, String mediaType, byte[] body)
      throws IOException, InterruptedException {
    return JSON.readTree(
        send(path, token, HttpRequest.BodyPublishers.ofByteArray(body), mediaType));
  }

  private String send(String path, String token, HttpRequest.BodyPublisher body, String mediaType)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(Duration.ofSeconds(120))
            .header("Authorization", "Bearer " + token)
            .POST(body);
    if (!mediaType.isEmpty()) {
      request.header("Content-Type", mediaType);
    }
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  /** What /metrics says at this moment. */
  public Metrics metrics() throws IOException, InterruptedException {
    return new Metrics(get("/metrics").body());
  }

  /** The heap in use after a full collection, in MiB. */
  public double heapAfterCollection() throws IOException, InterruptedException {
    jcmd("GC.run");
    String told = jcmd("GC.heap_info");
    Matcher generation = HEAP_PART.matcher(told);
    long kibibytes = 0;
    boolean found = false;
    while (generation.find()) {
      found = true;
      kibibytes += Long.parseLong(generation.group(1));
    }
    if (!found) {
      throw new IOException("jcmd GC.heap_info names no part of the heap: " + told);
    }
    return kibibytes / 1024.0;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(Java.tool("jcmd"), Long.toString(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IOException("jcmd " + command + ": " + text);
    }
    return text;
  }

  /** CPU that the process has used. */
  public Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** CPU that the processes which it started have used: the embedded database. */
  public Duration databaseCpu() {
    return process
        .children()
        .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  public long pid() {
    return process.pid();
  }

  URI address() {
    return address;
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    client.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
