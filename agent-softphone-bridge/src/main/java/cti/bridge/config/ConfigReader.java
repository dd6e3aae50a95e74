package cti.bridge.config;

import cti.bridge.config.BridgeConfig.LocalRules;
import cti.bridge.config.BridgeConfig.PhoneRules;
import cti.bridge.pop.PopAction;
import cti.bridge.pop.PopRules;
import cti.bridge.pop.PopTemplate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads bridge.yaml: every fault at once, unknown keys refused. */
public final class ConfigReader {
  static final int USUAL_PORT = 4600;
  private static final InetSocketAddress USUAL_PHONE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4444);

  private final Path folder;
  private final List<String> faults = new ArrayList<>();

  private ConfigReader(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads the file of a folder; where there is none, everything has its default.
   *
   * @throws ConfigFaultsException with every fault
   * @throws IOException where the file cannot be read
   */
  public static BridgeConfig read(Path folder) throws IOException, ConfigFaultsException {
    Path file = folder.resolve("bridge.yaml");
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException none) {
      text = "";
    }
    return parse(text, folder);
  }

  static BridgeConfig parse(String yaml, Path folder) throws ConfigFaultsException {
    ConfigReader reader = new ConfigReader(folder);
    JsonNode root = reader.tree(yaml);
    reader.known(root, "", Set.of("phone", "pop", "local", "trust"));
    BridgeConfig config =
        new BridgeConfig(
            reader.phone(root.path("phone")),
            reader.pop(root.path("pop")),
            reader.local(root.path("local")),
            reader.text(root, "", "trust").map(folder::resolve));
    if (!reader.faults.isEmpty()) {
      throw new ConfigFaultsException(reader.faults);
    }
    return config;
  }

  private JsonNode tree(String yaml) {
    JsonNode empty = JsonNodeFactory.instance.objectNode();
    if (yaml.isBlank()) {
      return empty;
    }
    try {
      JsonNode root = YAMLMapper.builder().build().readTree(yaml);
      if (root.isObject()) {
        return root;
      }
      fault("", "it is " + root + ", expected keys and values");
    } catch (JacksonException e) {
      fault("", "it is no YAML: " + e.getOriginalMessage());
    }
    return empty;
  }

  private void fault(String where, String what) {
    faults.add("bridge.yaml: " + (where.isEmpty() ? "" : where + ": ") + what);
  }

  private void known(JsonNode node, String where, Set<String> keys) {
    if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
      fault(where, "it is " + node + ", expected keys and values");
      return;
    }
    for (String key : node.propertyNames()) {
      if (!keys.contains(key)) {
        fault(path(where, key), "no such key, expected one of " + new TreeSet<>(keys));
      }
    }
  }

  private static String path(String where, String key) {
    return where.isEmpty() ? key : where + "." + key;
  }

  private Optional<String> text(JsonNode node, String where, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value.isContainer()) {
      fault(path(where, key), "it is " + value + ", expected a text");
      return Optional.empty();
    }
    return Optional.of(value.asString().strip());
  }

  private boolean flag(JsonNode node, String where, String key) {
    JsonNode value = node.path(key);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      fault(path(where, key), "it is " + value + ", expected true or false");
    }
    return value.asBoolean(false);
  }

  private List<String> texts(JsonNode node, String where, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray() || value.values().stream().anyMatch(JsonNode::isContainer)) {
      fault(path(where, key), "it is " + value + ", expected a list of texts");
      return List.of();
    }
    return value.values().stream().map(JsonNode::asString).toList();
  }

  private PhoneRules phone(JsonNode node) {
    known(node, "phone", Set.of("kind", "address", "extension", "auto-answer"));
    String kind = text(node, "phone", "kind").orElse("gateway");
    if (!Set.of("gateway", "baresip").contains(kind)) {
      fault("phone.kind", "it is '" + kind + "', expected gateway or baresip");
    }
    Optional<String> extension = text(node, "phone", "extension");
    extension
        .filter(digits -> !digits.matches("[0-9]{2,20}"))
        .ifPresent(
            digits -> fault("phone.extension", "it is '" + digits + "', expected 2 to 20 digits"));
    return new PhoneRules(
        kind,
        text(node, "phone", "address").flatMap(this::address).orElse(USUAL_PHONE),
        extension,
        flag(node, "phone", "auto-answer"));
  }

  /** ctrl_tcp asks nobody for a password: whoever reaches it has the phone. */
  private Optional<InetSocketAddress> address(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      fault("phone.address", "it is '" + text + "', expected host:port such as 127.0.0.1:4444");
      return Optional.empty();
    }
    InetSocketAddress address =
        new InetSocketAddress(text.substring(0, colon), Integer.parseInt(port));
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      fault(
          "phone.address",
          "it is '" + text + "', expected an address of this computer such as 127.0.0.1:4444");
      return Optional.empty();
    }
    return Optional.of(address);
  }

  private PopRules pop(JsonNode node) {
    known(node, "pop", Set.of("when", "url", "command", "post"));
    List<PopAction> actions = new ArrayList<>();
    text(node, "pop", "url").flatMap(this::openUrl).ifPresent(actions::add);
    command(texts(node, "pop", "command")).ifPresent(actions::add);
    text(node, "pop", "post").flatMap(this::post).ifPresent(actions::add);
    String when = text(node, "pop", "when").orElse("ring").toLowerCase(Locale.ROOT);
    return switch (when) {
      case "ring", "answer" -> {
        if (actions.isEmpty()) {
          yield PopRules.NONE;
        }
        yield new PopRules(PopRules.When.valueOf(when.toUpperCase(Locale.ROOT)), actions);
      }
      case "never" -> PopRules.NONE;
      default -> {
        fault("pop.when", "it is '" + when + "', expected ring, answer or never");
        yield PopRules.NONE;
      }
    };
  }

  private Optional<PopTemplate> template(String where, String text) {
    try {
      return Optional.of(PopTemplate.of(text));
    } catch (IllegalArgumentException e) {
      fault(where, "it has " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<PopAction> openUrl(String text) {
    if (!text.matches("(?i)https?://[^{}/]+(/.*)?")) {
      fault(
          "pop.url",
          "it is '" + text + "', expected http:// or https:// and a host without fields in it");
      return Optional.empty();
    }
    return template("pop.url", text).map(PopAction.OpenUrl::new);
  }

  private Optional<PopAction> command(List<String> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String program = words.getFirst();
    if (program.isBlank() || program.contains("{")) {
      fault("pop.command", "the program is '" + program + "', expected one without fields");
      return Optional.empty();
    }
    // Windows starts these by cmd.exe, which reads its own signs in the arguments.
    if (program.toLowerCase(Locale.ROOT).matches(".*\\.(bat|cmd)")) {
      fault("pop.command", "the program is '" + program + "', expected one that is no batch file");
      return Optional.empty();
    }
    List<PopTemplate> templates = new ArrayList<>();
    for (String word : words) {
      template("pop.command", word).ifPresent(templates::add);
    }
    return Optional.of(new PopAction.RunCommand(templates));
  }

  private Optional<PopAction> post(String text) {
    try {
      URI address = URI.create(text);
      if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null
          && InetAddress.getByName(address.getHost()).isLoopbackAddress()) {
        return Optional.of(new PopAction.PostJson(address));
      }
    } catch (IllegalArgumentException | IOException e) {
      // Told below, as anything else that is no address of this computer.
    }
    fault("pop.post", "it is '" + text + "', expected http://127.0.0.1:port/path");
    return Optional.empty();
  }

  private LocalRules local(JsonNode node) {
    known(node, "local", Set.of("port", "origins"));
    String port = text(node, "local", "port").orElse(Integer.toString(USUAL_PORT));
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
      fault("local.port", "it is '" + port + "', expected 1 to 65535, or 0 for no local API");
      port = "0";
    }
    Set<String> origins = new TreeSet<>(texts(node, "local", "origins"));
    for (String origin : origins) {
      if (!origin.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?")) {
        fault(
            "local.origins",
            "it has '" + origin + "', expected one as browsers write it: https://crm.example");
      }
    }
    return new LocalRules(Integer.parseInt(port), origins);
  }
}
