package cti.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  /** The least that a configuration must say. */
  private static final String LEAST =
      """
      gateway:
        id: gw1
        ami: {host: pbx, user: cti, secret: "inline-secret"}
      database: {kind: embedded}
      """;

  @TempDir private Path folder;

  private CtiConfig read(String yaml) {
    return new ConfigReader(folder, Map.of("CTI_SECRET", "from-environment", "EMPTY", ""))
        .read("cti.yaml", yaml);
  }

  private List<String> faults(String yaml) {
    return assertThrows(ConfigurationException.class, () -> read(yaml)).faults().stream()
        .map(Fault::toString)
        .toList();
  }

  @Test
  void whatIsNotSaidHasItsDefault() {
    CtiConfig config = read(LEAST);
    assertEquals(5038, config.gateway().ami().port());
    assertEquals(Duration.ofSeconds(5), config.gateway().ami().ping().interval());
    assertEquals(4573, config.agi().port());
    assertEquals("127.0.0.1", config.web().bindAddress().getHostAddress());
    assertEquals(65536, config.web().biggestFrameBytes());
    assertEquals(
        new DatabaseConfig.Embedded(folder.resolve("data/database"), 0, 8), config.database());
    assertEquals(folder.resolve("data/journal"), config.journal().folder());
    assertFalse(config.sampleData());
    assertTrue(config.maskNumbers());
  }

  /** Linear sound is what a call of ours must not speak (conf/asterisk/README.md). */
  @Test
  void callsThatWeBeginSpeakWhatTheTrunkSpeaks() {
    assertEquals(List.of("alaw"), read(LEAST).gateway().codecs());
    String gateway = "gateway:\n  codecs: %s\n";
    String with = LEAST.replace("gateway:\n", gateway.formatted("[ulaw, g722]"));
    assertEquals(List.of("ulaw", "g722"), read(with).gateway().codecs());
    for (String wrong : List.of("slin", "slin16", "G.711", "'alaw,ulaw'")) {
      String yaml = LEAST.replace("gateway:\n", gateway.formatted("[" + wrong + "]"));
      assertEquals(
          List.of(
              "gateway.codecs[0]: '%s', expected a codec by Asterisk's name, such as alaw, not slin"
                  .formatted(wrong.replace("'", ""))),
          faults(yaml));
    }
  }

  /** The file that we ship says aloud what the defaults are, and the sample data. */
  @Test
  void theShippedFileRunsAsItIs() throws Exception {
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/ami.secret"), "shipped\n");
    String shipped = Files.readString(Path.of("..", "conf", "cti.yaml"));
    CtiConfig config = read(shipped);
    CtiConfig least = read(LEAST);
    assertEquals(new Secret("shipped"), config.gateway().ami().secret());
    assertEquals(least.gateway().ami().limits(), config.gateway().ami().limits());
    assertEquals(least.gateway().ami().ping(), config.gateway().ami().ping());
    assertEquals(least.gateway().ami().backOff(), config.gateway().ami().backOff());
    assertEquals(least.zone(), config.zone());
    assertEquals(least.agi(), config.agi());
    assertEquals(least.web(), config.web());
    assertEquals(least.database(), config.database());
    assertEquals(least.journal(), config.journal());
    assertTrue(config.sampleData());
    String withMySql =
        shipped
            .replace("kind: embedded", "kind: mysql")
            .replace("file:conf/mysql.secret", "env:CTI_SECRET")
            .replaceAll("(?m)^  # (mysql:|  [a-z-]+: \\S+)$", "  $1");
    DatabaseConfig.MySql mysql =
        assertInstanceOf(DatabaseConfig.MySql.class, read(withMySql).database());
    assertEquals(new Secret("from-environment"), mysql.password());
    assertEquals(3306, mysql.port());
  }

  @Test
  void everyFaultIsToldAtOnce() {
    assertEquals(
        List.of(
                "zone: 'Mars/Olympus', expected a time zone such as Asia/Shanghai",
                "gateway.id: missing, expected 1 to 32 of A-Z a-z 0-9 _ -",
                "gateway.ami.host: missing, expected a host name or an IP address",
                "gateway.ami.port: 70000, expected a whole number from 1 to 65535",
                "gateway.ami.secret: missing, expected a secret, or where it is: file:PATH or"
                    + " env:NAME",
                "database.kind: 'oracle', expected embedded or mysql",
                "sample-data: 'maybe', expected true or false",
                "gateway.ami.prot: unknown key, expected port (did you mean that?)",
                "colour: unknown key, expected one of zone, gateway, agi, web, database, journal,"
                    + " recordings, sample-data, logging, directory, ivr")
            .stream()
            .sorted()
            .toList(),
        faults(
                """
                zone: Mars/Olympus
                gateway:
                  ami: {user: cti, port: 70000, prot: 5038}
                database: {kind: oracle}
                sample-data: maybe
                colour: blue
                """)
            .stream()
            .sorted()
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          agi: {port: 0}                        | agi.port: 0, expected a whole number from 1 to 65535
          agi: {port: '4573'}                   | agi.port: '4573', expected a whole number from 1 to 65535
          agi: {port: 45.73}                    | agi.port: 45.73, expected a whole number from 1 to 65535
          agi: {port: 99999999999}              | agi.port: 99999999999, expected a whole number from 1 to 65535
          agi: [1, 2]                           | agi: [1,2], expected keys with values below it
          agi: {bind-address: localhost}        | agi.bind-address: 'localhost', expected an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all
          agi: {bind-address: 127.0.0.999}      | agi.bind-address: '127.0.0.999', expected an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all
          agi: {read-limit: 5}                  | agi.read-limit: 5, expected a duration from 1s to 10m, written like 200ms, 5s, 10m, 2h or 1d
          agi: {read-limit: 5 seconds}          | agi.read-limit: '5 seconds', expected a duration from 1s to 10m, written like 200ms, 5s, 10m, 2h or 1d
          agi: {read-limit: 11m}                | agi.read-limit: '11m', expected a duration from 1s to 10m, written like 200ms, 5s, 10m, 2h or 1d
          agi: {read-limit: 999ms}              | agi.read-limit: '999ms', expected a duration from 1s to 10m, written like 200ms, 5s, 10m, 2h or 1d
          agi: {readlimit: 5s}                  | agi.readlimit: unknown key, expected read-limit (did you mean that?)
          agi: {bind_address: 0.0.0.0}          | agi.bind_address: unknown key, expected bind-address (did you mean that?)
          agi: {tls: true}                      | agi.tls: unknown key, expected one of bind-address, port, most-sessions, read-limit
          web: {biggest-frame: 64kb}            | web.biggest-frame: '64kb', expected a size from 1KiB to 16MiB, written like 64KiB or 16MiB
          web: {biggest-frame: 17MiB}           | web.biggest-frame: '17MiB', expected a size from 1KiB to 16MiB, written like 64KiB or 16MiB
          web: {origins: https://portal}        | web.origins: 'https://portal', expected a list of an origin such as https://portal:8443
          web: {origins: [https://a, b/c]}      | web.origins[1]: 'b/c', expected an origin such as https://portal:8443
          web: {trusted-proxies: 10.0.0.5}      | web.trusted-proxies: '10.0.0.5', expected a list of IP addresses such as 192.0.2.7
          web: {trusted-proxies: ['::1', proxy]} | web.trusted-proxies[1]: 'proxy', expected an IP address such as 192.0.2.7
          web: {session: {idle: 3h, absolute: 2h}} | web.session.idle: longer than absolute, expected at most the value of absolute
          logging: {mask-numbers: 1}            | logging.mask-numbers: 1, expected true or false
          journal: {folder: 7}                  | journal.folder: 7, expected a path
          journal: {mailbox-capacity: 255}      | journal.mailbox-capacity: 255, expected a whole number from 256 to 1048576
          agi: {read-limit: -5s}                | agi.read-limit: '-5s', expected a duration from 1s to 10m, written like 200ms, 5s, 10m, 2h or 1d
          """)
  void oneFaultIsToldWithItsPathItsValueAndWhatWasExpected(String yaml, String fault) {
    assertEquals(List.of(fault), faults(LEAST + yaml + "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          file:no.secret   | 'file:no.secret' cannot be read, expected a readable file with the secret on its first line
          file:empty       | 'file:empty' is empty, expected a readable file with the secret on its first line
          env:NOT_THERE    | 'env:NOT_THERE', expected that environment variable to be set
          env:EMPTY        | 'env:EMPTY', expected that environment variable to be set
          12345            | not a text, expected a secret, or where it is: file:PATH or env:NAME, in quotes
          ' '              | not a text, expected a secret, or where it is: file:PATH or env:NAME, in quotes
          """)
  void aSecretThatIsNotThereIsTold(String secret, String fault) throws Exception {
    Files.writeString(folder.resolve("empty"), "\n");
    assertEquals(
        List.of("gateway.ami.secret: " + fault),
        faults(LEAST.replace("\"inline-secret\"", secret)));
  }

  @Test
  void aSecretComesFromAFileOrTheEnvironmentAndIsNeverPrinted() throws Exception {
    Files.writeString(folder.resolve("ami.secret"), "from-file\nsecond line\n");
    CtiConfig file = read(LEAST.replace("inline-secret", "file:ami.secret"));
    assertEquals(new Secret("from-file"), file.gateway().ami().secret());
    CtiConfig environment = read(LEAST.replace("inline-secret", "env:CTI_SECRET"));
    assertEquals(new Secret("from-environment"), environment.gateway().ami().secret());
    String printed = read(LEAST).toString();
    assertFalse(printed.contains("inline-secret"), printed);
    assertTrue(printed.contains("[REDACTED]"), printed);
  }

  @Test
  void relaysForPhonesInBrowsersAreReadAndTheirSecretIsNeverPrinted() {
    String with =
        LEAST.replace(
            "database:",
            """
              softphone:
                address: ws://127.0.0.1:8088/ws
                turn:
                  servers: ["turn:turn.example:3478?transport=udp", "turns:turn.example"]
                  secret: env:CTI_SECRET
                  lifetime: 1h
            database:\
            """);
    CtiConfig config = read(with);
    GatewayConfig.Turn turn = config.gateway().softphone().orElseThrow().turn().orElseThrow();
    assertEquals(2, turn.servers().size());
    assertEquals(new Secret("from-environment"), turn.secret());
    assertEquals(Duration.ofHours(1), turn.lifetime());
    assertFalse(config.toString().contains("from-environment"), config.toString());
  }

  @Test
  void whatIsWrongWithRelaysIsTold() {
    String with =
        LEAST.replace(
            "database:",
            """
              softphone:
                address: ws://127.0.0.1:8088/ws
                turn: {servers: ["stun:turn.example"], lifetime: 5m}
            database:\
            """);
    assertEquals(
        List.of(
            "gateway.softphone.turn.lifetime: '5m', expected a duration from 10m to 24h, written"
                + " like 200ms, 5s, 10m, 2h or 1d",
            "gateway.softphone.turn.secret: missing, expected a secret, or where it is: file:PATH"
                + " or env:NAME",
            "gateway.softphone.turn.servers: an empty list, expected at least one of a relay such"
                + " as turn:turn.example:3478?transport=udp",
            "gateway.softphone.turn.servers[0]: 'stun:turn.example', expected a relay such as"
                + " turn:turn.example:3478?transport=udp"),
        faults(with).stream().sorted().toList());
  }

  @Test
  void mySqlNeedsItsAddressAndPassword() {
    assertEquals(
        List.of(
            "database.mysql.host: missing, expected a host name or an IP address",
            "database.mysql.name: missing, expected 1 to 64 of A-Z a-z 0-9 _",
            "database.mysql.user: missing, expected a user of the database",
            "database.mysql.password: missing, expected a secret, or where it is: file:PATH or"
                + " env:NAME"),
        faults(LEAST.replace("kind: embedded", "kind: mysql")));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () -> new ConfigReader(folder, Map.of()).read(Path.of("conf/cti.yaml")));
    assertEquals(
        "conf/cti.yaml has a fault\n  conf/cti.yaml: no such file, expected the configuration of"
            + " the server",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'a: [1'            | line 1
          'a: 1\\na: 2'      | line 2
          'just a text'      | no key at all
          """)
  void whatIsNoYamlIsToldWithItsPlace(String yaml, String named) {
    List<String> faults = faults(yaml.replace("\\n", "\n"));
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(faults.getFirst().contains(named), faults.toString());
  }

  @Test
  void anEmptyFileLacksWhatIsNeeded() {
    assertTrue(faults("").contains("database.kind: missing, expected embedded or mysql"));
    assertTrue(
        faults("# nothing\n").contains("database.kind: missing, expected embedded or mysql"));
  }
}
