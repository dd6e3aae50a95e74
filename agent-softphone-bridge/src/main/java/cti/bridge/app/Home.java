package cti.bridge.app;

import java.nio.file.Path;
import java.util.Map;

/** The bridge's folder in the user's own configuration: pairing, settings, tokens. */
final class Home {
  private static final String NAME = "cti-bridge";

  private Home() {}

  /**
   * Where it is: CTI_BRIDGE_HOME where that is set; on Windows below APPDATA, on macOS below
   * Library/Application Support, elsewhere below XDG_CONFIG_HOME or .config.
   */
  static Path folder(String os, Path user, Map<String, String> environment) {
    String named = environment.getOrDefault("CTI_BRIDGE_HOME", "");
    if (!named.isBlank()) {
      return Path.of(named);
    }
    if (os.startsWith("Windows")) {
      String roaming = environment.getOrDefault("APPDATA", "");
      return (roaming.isBlank() ? user.resolve("AppData/Roaming") : Path.of(roaming)).resolve(NAME);
    }
    if (os.startsWith("Mac")) {
      return user.resolve("Library/Application Support").resolve(NAME);
    }
    String configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
    return (configuration.isBlank() ? user.resolve(".config") : Path.of(configuration))
        .resolve(NAME);
  }

  static Path ofThisUser() {
    return folder(
        System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
  }
}
