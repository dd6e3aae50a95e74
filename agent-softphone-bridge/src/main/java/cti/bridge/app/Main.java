package cti.bridge.app;

import cti.bridge.config.BridgeConfig;
import cti.bridge.config.ConfigFaultsException;
import cti.bridge.config.ConfigReader;
import cti.bridge.links.LinkRegistration;
import cti.bridge.local.LocalToken;
import cti.bridge.pairing.Pairing;
import cti.bridge.pairing.PairingFile;
import cti.bridge.server.ServerHttp;
import java.io.Console;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code java -jar agent-softphone-bridge.jar}: exit code 0 done, 1 it did not go (one line on
 * stderr), 2 wrong use.
 */
@Command(
    name = "cti-bridge",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Links the phone beside it to cti-server.")
public final class Main {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "Settings and pairing; without it the user's configuration folder.")
  private Path home = Home.ofThisUser();

  private Main() {}

  /** Of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {version()};
    }
  }

  static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("0");
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    // Windows: an argument with a quote in it is refused, not cut in two.
    System.setProperty("jdk.lang.Process.allowAmbiguousCommands", "false");
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (fault, command, parsed) -> {
          if (fault instanceof IOException
              || fault instanceof ConfigFaultsException
              || fault instanceof IllegalArgumentException) {
            command.getErr().println(fault.getMessage());
            return 1;
          }
          throw fault;
        });
    return line.execute(arguments);
  }

  private BridgeConfig config() throws IOException, ConfigFaultsException {
    return ConfigReader.read(home);
  }

  @Command(name = "pair", description = "Pairs this computer by a code that the console shows.")
  int pair(
      @Parameters(paramLabel = "SERVER", description = "Such as https://cti.example") String server,
      @Parameters(
              paramLabel = "CODE",
              arity = "0..1",
              description = "Asked for where it is not given")
          String code,
      @Option(
              names = "--insecure",
              description = "Goes to another computer without TLS: whoever listens gets the token")
          boolean insecure)
      throws IOException, InterruptedException, ConfigFaultsException {
    URI address = address(server);
    if (address.getScheme().equals("http") && !insecure && !loopback(address)) {
      throw new IllegalArgumentException(
          "server is '" + address + "', expected https://host (or --insecure)");
    }
    String typed = code == null ? asked() : code;
    try (ServerHttp http = ServerHttp.trusting(config().trust())) {
      ServerHttp.Answer answer =
          http.pair(
              address,
              typed,
              computer(),
              System.getProperty("os.name") + " " + System.getProperty("os.version"),
              version());
      if (answer.status() != 201) {
        throw new IOException(address + " refused to pair: " + answer.problem());
      }
      Pairing pairing =
          new Pairing(
              address,
              answer.body().at("/bridge/id").asString(""),
              answer.body().at("/bridge/agent").asString(""),
              answer.body().path("token").asString(""));
      new PairingFile(home).write(pairing);
      System.out.println("paired: " + pairing);
    }
    return 0;
  }

  private static String asked() throws IOException {
    Console console = System.console();
    String line = console == null ? null : console.readLine("Code from the console: ");
    if (line == null || line.isBlank()) {
      throw new IOException("no code, expected one such as K7QM-3XWA");
    }
    return line.strip();
  }

  private static URI address(String text) {
    URI address;
    try {
      address = URI.create(text.replaceFirst("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("server is '" + text + "', expected https://host", e);
    }
    if (address.getHost() == null
        || !List.of("http", "https").contains(String.valueOf(address.getScheme()))
        || !address.getPath().isEmpty()) {
      throw new IllegalArgumentException("server is '" + text + "', expected https://host");
    }
    return address;
  }

  private static boolean loopback(URI address) {
    return List.of("localhost", "[::1]").contains(address.getHost())
        || address.getHost().matches("127(\\.[0-9]{1,3}){3}");
  }

  private static String computer() {
    String name;
    try {
      name = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      name = "computer";
    }
    return name.length() > 64 ? name.substring(0, 64) : name;
  }

  @Command(name = "unpair", description = "Forgets the pairing and has it revoked.")
  int unpair() throws IOException, InterruptedException, ConfigFaultsException {
    PairingFile file = new PairingFile(home);
    Optional<Pairing> pairing = file.read();
    if (pairing.isEmpty()) {
      throw new IOException("this computer is not paired");
    }
    try (ServerHttp http = ServerHttp.trusting(config().trust())) {
      String path = "/api/v1/bridges/" + pairing.get().bridge();
      ServerHttp.Answer answer =
          http.ask(pairing.get(), "DELETE", path, Optional.empty())
              .exceptionally(away -> null)
              .join();
      file.delete();
      System.out.println(
          answer != null && answer.status() == 204
              ? "no longer paired"
              : "no longer paired here; the server could not be told: have it revoked there");
    }
    return 0;
  }

  @Command(name = "run", description = "Links the phone to the server, until it is ended.")
  int run(
      @Option(names = "--verbose", description = "Logs more.") boolean verbose,
      @Option(names = "--no-tray", description = "Shows no icon in the desktop's tray.")
          boolean noTray)
      throws IOException, ConfigFaultsException, InterruptedException {
    Logging.begin(verbose);
    Bridge bridge = new Bridge(config(), home);
    if (!noTray) {
      bridge.showInTray(() -> System.exit(0));
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  bridge.close();
                  ended.countDown();
                }));
    ended.await();
    return 0;
  }

  @Command(name = "dial", description = "Dials a number, or a link tel:, callto: or sip:.")
  int dial(@Parameters(paramLabel = "NUMBER") String number)
      throws IOException, InterruptedException, ConfigFaultsException {
    ask("POST", "/v1/dial", Optional.of(Map.of("number", number)));
    return 0;
  }

  @Command(name = "status", description = "What the bridge that runs says of itself.")
  int status() throws IOException, InterruptedException, ConfigFaultsException {
    System.out.println(
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(ask("GET", "/v1/state", Optional.empty())));
    return 0;
  }

  private JsonNode ask(String method, String path, Optional<Map<String, String>> body)
      throws IOException, InterruptedException, ConfigFaultsException {
    int port = config().local().port();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(15))
            .header("Authorization", "Bearer " + LocalToken.of(home).value())
            .header("Content-Type", "application/json")
            .method(
                method,
                body.map(
                        fields ->
                            HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(fields)))
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    HttpResponse<String> answer;
    try (HttpClient client = HttpClient.newHttpClient()) {
      answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.net.ConnectException nobody) {
      throw new IOException(
          "no bridge runs on 127.0.0.1:" + port + ", expected the command run before", nobody);
    }
    JsonNode said =
        answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          said.path("type").asString("refused") + ": " + said.path("detail").asString(""));
    }
    return said;
  }

  @Command(
      name = "register-links",
      description = "Makes the bridge what opens tel:, callto: and sip: links, for this user.")
  int registerLinks(
      @Option(names = "--print", description = "Only says what would be done.") boolean print)
      throws IOException, InterruptedException {
    List<LinkRegistration.Step> steps =
        LinkRegistration.steps(
            LinkRegistration.Os.of(System.getProperty("os.name")),
            Path.of(System.getProperty("user.home")),
            Path.of(System.getProperty("java.home"), "bin", "java"),
            jar());
    if (print) {
      steps.forEach(System.out::println);
    } else {
      LinkRegistration.perform(steps);
    }
    return 0;
  }

  private static Path jar() throws IOException {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IOException("where this jar lies is not known: " + e.getMessage(), e);
    }
  }
}
