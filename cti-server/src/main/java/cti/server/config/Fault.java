package cti.server.config;

/**
 * Something wrong in the configuration.
 *
 * @param path of the key, such as gateway.ami.port
 * @param found the offending value, or what is the matter; a secret is never shown
 * @param expected what should have been there
 */
public record Fault(String path, String found, String expected) {
  @Override
  public String toString() {
    return path + ": " + found + ", expected " + expected;
  }
}
