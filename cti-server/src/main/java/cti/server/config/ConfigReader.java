package cti.server.config;

import cti.core.callback.CallbackPolicy;
import cti.core.id.GatewayId;
import cti.server.config.CtiConfig.Extras;
import cti.server.config.GatewayConfig.Ami;
import cti.server.config.GatewayConfig.BackOff;
import cti.server.config.GatewayConfig.Limits;
import cti.server.config.GatewayConfig.Logs;
import cti.server.config.GatewayConfig.Ping;
import cti.server.config.GatewayConfig.Tls;
import cti.server.config.Section.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads conf/cti.yaml: every fault at once, unknown keys refused. */
public final class ConfigReader {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
  private static final Pattern NAME = Pattern.compile("\\S{1,64}");
  private static final Pattern GATEWAY = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final Pattern CODEC = Pattern.compile("(?!slin)[a-z][a-z0-9]{0,15}");
  private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_]{1,64}");
  private static final Pattern TABLE =
      Pattern.compile("[A-Za-z0-9_]{1,64}(\\.[A-Za-z0-9_]{1,64})?");
  private static final Pattern HOUR = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]|never");
  private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?");
  private static final Pattern ANYTHING = Pattern.compile(".{1,500}");
  private static final Pattern FLOW = Pattern.compile("[A-Za-z0-9_-]{1,60}\\.yaml");
  private static final Pattern WEBHOOK =
      Pattern.compile("[a-z0-9-]{1,40}=https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?");
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path workingFolder;
  private final Map<String, String> environment;

  /**
   * @param workingFolder relative paths in the configuration begin here
   * @param environment where env: references are looked up
   */
  public ConfigReader(Path workingFolder, Map<String, String> environment) {
    this.workingFolder = workingFolder;
    this.environment = Map.copyOf(environment);
  }

  /**
   * @throws ConfigurationException with every fault of the file
   */
  public CtiConfig read(Path file) {
    String name = file.toString();
    try {
      return read(name, Files.readString(workingFolder.resolve(file)));
    } catch (NoSuchFileException missing) {
      throw new ConfigurationException(
          name, List.of(new Fault(name, "no such file", "the configuration of the server")));
    } catch (IOException unreadable) {
      throw new ConfigurationException(
          name, List.of(new Fault(name, "cannot be read: " + unreadable, "a text file in UTF-8")));
    }
  }

  /**
   * @param name of the file, for messages
   * @throws ConfigurationException with every fault of the text
   */
  public CtiConfig read(String name, String yaml) {
    List<Fault> faults = new ArrayList<>();
    Section root = Section.root(new Source(workingFolder, environment, faults), tree(name, yaml));
    CtiConfig config = config(root);
    SoftphoneReader.refuseCallersOutsideTheDemo(root, config);
    root.refuseUnknownKeys();
    if (!faults.isEmpty()) {
      throw new ConfigurationException(name, faults);
    }
    return config;
  }

  private static JsonNode tree(String name, String yaml) {
    JsonNode tree;
    try {
      tree = YAML.readTree(yaml);
    } catch (JacksonException broken) {
      String place =
          broken.getLocation() == null
              ? name
              : "line %d, column %d"
                  .formatted(broken.getLocation().getLineNr(), broken.getLocation().getColumnNr());
      throw new ConfigurationException(
          name,
          List.of(
              new Fault(
                  place,
                  broken.getOriginalMessage().strip().replaceAll("\\s*\\R\\s*", " "),
                  "YAML with each key once")));
    }
    if (tree == null || tree.isMissingNode() || tree.isNull()) {
      return null;
    }
    if (!tree.isObject()) {
      throw new ConfigurationException(
          name, List.of(new Fault(name, "no key at all", "keys with values")));
    }
    return tree;
  }

  private static CtiConfig config(Section root) {
    ZoneId zone = root.zone("zone", "Asia/Shanghai");
    return new CtiConfig(
        zone,
        gateway(root.section("gateway"), zone),
        agi(root.section("agi")),
        web(root.section("web")),
        database(root.section("database")),
        journal(root.section("journal")),
        recordings(root.section("recordings")),
        new Extras(
            root.flag("sample-data", false),
            root.section("logging").flag("mask-numbers", true),
            LdapReader.read(root.section("directory")),
            ivr(root.section("ivr"))));
  }

  private static IvrConfig ivr(Section section) {
    Section callbacks = section.section("callbacks");
    return new IvrConfig(
        section.optionalPath("scripts"),
        section.text("flow", "hotline.yaml", "a file name such as hotline.yaml", FLOW),
        section.optionalPath("prompts"),
        webhooks(section),
        section.duration("webhook-limit", "3s", "100ms", "10s"),
        new CallbackPolicy(
            callbacks.number("attempts", 3, 1, 10),
            callbacks.duration("pause", "5m", "10s", "4h"),
            callbacks.duration("validity", "4h", "5m", "1d"),
            callbacks.duration("ring", "30s", "10s", "2m"),
            callbacks.number("priority", 90, 1, 100),
            callbacks.number("most-open", 50, 1, 1_000),
            numbers(callbacks)));
  }

  private static String numbers(Section callbacks) {
    String expected = "a regular expression of the numbers that may be called";
    String written = callbacks.text("numbers", CallbackPolicy.USUAL_NUMBERS, expected, ANYTHING);
    try {
      Pattern.compile(written);
    } catch (PatternSyntaxException e) {
      callbacks.mustHold(false, "numbers", "'" + written + "': " + e.getDescription(), expected);
      return CallbackPolicy.USUAL_NUMBERS;
    }
    return written;
  }

  private static Map<String, URI> webhooks(Section section) {
    Map<String, URI> hooks = new LinkedHashMap<>();
    for (String hook : section.texts("webhooks", "name=https://host/path", WEBHOOK)) {
      int equals = hook.indexOf('=');
      String name = hook.substring(0, equals);
      section.mustHold(
          hooks.put(name, URI.create(hook.substring(equals + 1))) == null,
          "webhooks",
          "'" + name + "' twice",
          "each name once");
    }
    return hooks;
  }

  private static GatewayConfig gateway(Section section, ZoneId zone) {
    String id = section.text("id", "1 to 32 of A-Z a-z 0-9 _ -", GATEWAY);
    Ami ami = ami(section.section("ami"));
    List<String> codecs =
        section.texts("codecs", "a codec by Asterisk's name, such as alaw, not slin", CODEC);
    return new GatewayConfig(
        new GatewayId(id.isEmpty() ? "none" : id),
        ami,
        logs(section.section("logs"), zone),
        codecs.isEmpty() ? GatewayConfig.USUAL_CODECS : codecs,
        SoftphoneReader.read(section.section("softphone")));
  }

  private static Logs logs(Section section, ZoneId zone) {
    Logs logs =
        new Logs(
            section.optionalPath("queue-log"),
            Optional.of(section.text("queue-log-table", "", "[database.]table", TABLE))
                .filter(name -> !name.isEmpty()),
            section.optionalPath("cdr"),
            section.zone("time-zone", zone.getId()),
            timeOfDay(section.text("nightly-check", "03:30", "HH:MM in quotes, or never", HOUR)));
    section.mustHold(
        logs.queueLog().isEmpty() || logs.queueLogTable().isEmpty(),
        "queue-log-table",
        "'" + logs.queueLogTable().orElse("") + "' beside queue-log",
        "one of the two");
    return logs;
  }

  private static Optional<LocalTime> timeOfDay(String text) {
    return text.contains(":") ? Optional.of(LocalTime.parse(text)) : Optional.empty();
  }

  private static Ami ami(Section section) {
    return new Ami(
        section.text("host", "a host name or an IP address", HOST),
        section.number("port", 5038, 1, 65535),
        section.text("user", "a name of manager.conf", NAME),
        section.secret("secret"),
        tls(section.section("tls")),
        limits(section.section("limits")),
        ping(section.section("ping")),
        backOff(section.section("back-off")));
  }

  private static Tls tls(Section section) {
    boolean enabled = section.flag("enabled", false);
    Optional<Path> certificate = section.optionalPath("trust-certificate");
    section.mustHold(
        !enabled || certificate.isEmpty() || Files.isReadable(certificate.get()),
        "trust-certificate",
        "'" + certificate.map(Path::toString).orElse("") + "' cannot be read",
        "a readable file with a certificate in PEM");
    return new Tls(enabled, certificate);
  }

  private static Limits limits(Section section) {
    return new Limits(
        section.duration("connect", "5s", "100ms", "1m"),
        section.duration("login", "5s", "100ms", "1m"),
        section.duration("action", "5s", "100ms", "1m"));
  }

  private static Ping ping(Section section) {
    return new Ping(
        section.duration("interval", "5s", "100ms", "1m"), section.number("misses", 3, 1, 10));
  }

  private static BackOff backOff(Section section) {
    BackOff backOff =
        new BackOff(
            section.duration("least", "500ms", "10ms", "1m"),
            section.duration("most", "5s", "10ms", "10m"));
    section.mustHold(
        backOff.least().compareTo(backOff.most()) <= 0,
        "least",
        "longer than most",
        "at most the value of most");
    return backOff;
  }

  private static AgiConfig agi(Section section) {
    return new AgiConfig(
        section.address("bind-address", "127.0.0.1"),
        section.number("port", 4573, 1, 65535),
        section.number("most-sessions", 200, 1, 10_000),
        section.duration("read-limit", "60s", "1s", "10m"));
  }

  private static WebConfig web(Section section) {
    Section session = section.section("session");
    Section rates = section.section("rate-limits");
    WebConfig web =
        new WebConfig(
            section.address("bind-address", "127.0.0.1"),
            section.number("port", 8080, 1, 65535),
            new WebConfig.Session(
                session.duration("idle", "2h", "1m", "7d"),
                session.duration("absolute", "12h", "1m", "30d"),
                session.flag("secure-cookie", false)),
            section.texts("origins", "an origin such as https://portal:8443", ORIGIN),
            section.addresses("trusted-proxies"),
            section.size("biggest-frame", "64KiB", "1KiB", "16MiB"),
            new WebConfig.Rates(
                rate(rates.section("session"), 100, 400), rate(rates.section("address"), 50, 500)));
    session.mustHold(
        web.session().idle().compareTo(web.session().absolute()) <= 0,
        "idle",
        "longer than absolute",
        "at most the value of absolute");
    return web;
  }

  private static WebConfig.Rate rate(Section section, int perSecond, int burst) {
    WebConfig.Rate rate =
        new WebConfig.Rate(
            section.number("per-second", perSecond, 1, 10_000),
            section.number("burst", burst, 1, 100_000));
    section.mustHold(
        rate.burst() >= rate.perSecond(),
        "burst",
        "%d, less than the %d of per-second".formatted(rate.burst(), rate.perSecond()),
        "at least the value of per-second");
    return rate;
  }

  private static DatabaseConfig database(Section section) {
    String kind = section.choice("kind", List.of("embedded", "mysql"));
    int poolSize = section.number("pool-size", 8, 2, 100);
    if (kind.equals("mysql")) {
      section.passOver("embedded");
      Section mysql = section.section("mysql");
      return new DatabaseConfig.MySql(
          mysql.text("host", "a host name or an IP address", HOST),
          mysql.number("port", 3306, 1, 65535),
          mysql.text("name", "1 to 64 of A-Z a-z 0-9 _", DATABASE),
          mysql.text("user", "a user of the database", NAME),
          mysql.secret("password"),
          mysql.flag("require-tls", false),
          poolSize);
    }
    section.passOver("mysql");
    Section embedded = section.section("embedded");
    return new DatabaseConfig.Embedded(
        embedded.path("folder", "data/database"), embedded.number("port", 0, 0, 65535), poolSize);
  }

  private static RecordingsConfig recordings(Section section) {
    return new RecordingsConfig(
        section.optionalPath("folder"),
        section.number("least-free-mib", 1_024, 1, 1_048_576),
        section.duration("longest-pause", "2m", "5s", "1h"));
  }

  private static JournalConfig journal(Section section) {
    Section keep = section.section("keep");
    return new JournalConfig(
        section.path("folder", "data/journal"),
        section.size("segment-size", "64MiB", "64KiB", "1024MiB"),
        section.number("mailbox-capacity", 65_536, 256, 1_048_576),
        new JournalConfig.Checkpoint(
            section.section("checkpoint").number("every", 20_000, 100, 10_000_000)),
        new JournalConfig.Keep(
            keep.number("segments", 2, 0, 1_000), keep.duration("time", "1d", "0s", "365d")),
        disk(section.section("disk")));
  }

  private static JournalConfig.Disk disk(Section section) {
    Section critical = section.section("critical");
    JournalConfig.Disk disk =
        new JournalConfig.Disk(
            diskLimit(section.section("warn"), 2_048, 10, "1d"), diskLimit(critical, 512, 3, "1h"));
    critical.mustHold(
        disk.critical().freeMebibytes() <= disk.warn().freeMebibytes(),
        "free-mib",
        "%d, more than the %d of warn"
            .formatted(disk.critical().freeMebibytes(), disk.warn().freeMebibytes()),
        "at most the value of warn");
    critical.mustHold(
        disk.critical().percent() <= disk.warn().percent(),
        "percent",
        "%d, more than the %d of warn".formatted(disk.critical().percent(), disk.warn().percent()),
        "at most the value of warn");
    return disk;
  }

  private static JournalConfig.DiskLimit diskLimit(
      Section section, int freeMebibytes, int percent, String fullWithin) {
    return new JournalConfig.DiskLimit(
        section.number("free-mib", freeMebibytes, 0, 16_777_216),
        section.number("percent", percent, 0, 99),
        section.duration("full-within", fullWithin, "0s", "365d"));
  }
}
