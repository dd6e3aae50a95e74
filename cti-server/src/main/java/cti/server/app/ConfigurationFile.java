package cti.server.app;

import cti.server.config.ConfigReader;
import cti.server.config.CtiConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration, for every command that reads it. */
final class ConfigurationFile {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("conf/cti.yaml");

  Path file() {
    return file;
  }

  /**
   * @throws cti.server.config.ConfigurationException with every fault of the file
   */
  CtiConfig read() {
    return new ConfigReader(Path.of("").toAbsolutePath(), System.getenv()).read(file);
  }
}
