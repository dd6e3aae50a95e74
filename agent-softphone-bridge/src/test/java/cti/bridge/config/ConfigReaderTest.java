package cti.bridge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.bridge.pop.PopAction;
import cti.bridge.pop.PopRules;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  @TempDir Path folder;

  @Test
  void withoutAFileEverythingHasItsDefault() throws Exception {
    BridgeConfig config = ConfigReader.read(folder);
    assertEquals("gateway", config.phone().kind());
    assertEquals(PopRules.NONE, config.pop());
    assertEquals(4600, config.local().port());
    assertEquals(Set.of(), config.local().origins());
    assertEquals(Optional.empty(), config.trust());
  }

  @Test
  void everythingCanBeSaid() throws Exception {
    BridgeConfig config =
        ConfigReader.parse(
            """
            trust: ca.pem
            phone: {kind: baresip, address: "127.0.0.1:5555", extension: "8031", auto-answer: true}
            pop:
              when: answer
              url: https://crm.example/open?number={number}
              command: [notify-send, "{number}", "{caller}"]
              post: http://127.0.0.1:9000/pop
            local: {port: 4700, origins: ["https://crm.example"]}
            """,
            folder);
    assertEquals(5555, config.phone().address().getPort());
    assertTrue(config.phone().autoAnswer());
    assertEquals(PopRules.When.ANSWER, config.pop().when());
    assertEquals(
        java.util.List.of(
            PopAction.OpenUrl.class, PopAction.RunCommand.class, PopAction.PostJson.class),
        config.pop().actions().stream().map(Object::getClass).toList());
    assertEquals(Optional.of(folder.resolve("ca.pem")), config.trust());
  }

  @Test
  void everyFaultIsToldAtOnce() {
    ConfigFaultsException faults =
        assertThrows(
            ConfigFaultsException.class,
            () ->
                ConfigReader.parse(
                    "phone: {kind: skype}\n"
                        + "pop: {url: 'https://x/{nummer}'}\n"
                        + "local: {port: x}\n"
                        + "x: 1\n",
                    folder));
    assertEquals(4, faults.getMessage().lines().count(), faults.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pop: {url: 'https://crm/{nummer}'} | pop.url: it has the field {nummer}, expected one of",
        "pop: {url: 'https://{number}/x'} | expected http:// or https:// and a host without fields",
        "pop: {url: 'file:///etc/passwd'} | expected http:// or https://",
        "pop: {command: ['{number}']} | the program is '{number}', expected one without fields",
        "pop: {command: ['run.bat', '{number}']} | expected one that is no batch file",
        "pop: {command: run} | expected a list of texts",
        "pop: {post: 'http://elsewhere.example/'} | expected http://127.0.0.1:port/path",
        "pop: {when: later} | it is 'later', expected ring, answer or never",
        "phone: {address: '192.0.2.1:4444'} | expected an address of this computer",
        "phone: {address: nowhere} | expected host:port",
        "phone: {extension: abc} | expected 2 to 20 digits",
        "phone: {auto-answer: perhaps} | expected true or false",
        "local: {origins: ['*']} | expected one as browsers write it",
        "local: {port: 70000} | expected 1 to 65535",
        "[1, 2] | expected keys and values",
        "'a: b: c' | bridge.yaml",
      })
  void eachFaultNamesTheValueAndWhatWasExpected(String yaml, String expected) {
    ConfigFaultsException fault =
        assertThrows(ConfigFaultsException.class, () -> ConfigReader.parse(yaml, folder));
    assertTrue(fault.getMessage().contains(expected), fault.getMessage());
  }
}
