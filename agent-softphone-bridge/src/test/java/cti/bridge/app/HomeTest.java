package cti.bridge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {
  private static final Path USER = Path.of("/home/agent");

  @Test
  void eachSystemHasItsFolder() {
    assertEquals(USER.resolve(".config/cti-bridge"), Home.folder("Linux", USER, Map.of()));
    assertEquals(
        Path.of("/x/cti-bridge"), Home.folder("Linux", USER, Map.of("XDG_CONFIG_HOME", "/x")));
    assertEquals(
        USER.resolve("Library/Application Support/cti-bridge"),
        Home.folder("Mac OS X", USER, Map.of()));
    assertEquals(
        Path.of("/roaming/cti-bridge"),
        Home.folder("Windows 11", USER, Map.of("APPDATA", "/roaming")));
    assertEquals(
        Path.of("/own"), Home.folder("Windows 11", USER, Map.of("CTI_BRIDGE_HOME", "/own")));
  }
}
