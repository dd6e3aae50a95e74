package cti.bridge.pairing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the pairing is kept: a file in the user's own configuration folder that nobody else reads.
 */
public final class PairingFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final Path file;

  public PairingFile(Path folder) {
    this.file = folder.resolve("pairing.json");
  }

  /**
   * Reads it.
   *
   * @throws IOException where it cannot be read or is none, with one clear message
   */
  public Optional<Pairing> read() throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(text);
      Pairing pairing =
          new Pairing(
              URI.create(node.path("server").asString("")),
              node.path("bridge").asString(""),
              node.path("agent").asString(""),
              node.path("token").asString(""));
      if (pairing.token().isEmpty() || pairing.server().getHost() == null) {
        throw new IOException(file + " holds no server and token; pair anew");
      }
      return Optional.of(pairing);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(file + " is damaged; pair anew", e);
    }
  }

  public void write(Pairing pairing) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("server", pairing.server().toString());
    node.put("bridge", pairing.bridge());
    node.put("agent", pairing.agent());
    node.put("token", pairing.token());
    PrivateFile.write(file, JSON.writeValueAsString(node));
  }

  /** Forgets it; false where there was none. */
  public boolean delete() throws IOException {
    return Files.deleteIfExists(file);
  }
}
