package cti.testbed.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An account of the sample catalogue with its generated password.
 *
 * @param role agent, supervisor, admin
 * @param agent the agent's number, for an agent
 */
public record SampleAccount(String user, String password, String role, Optional<String> agent) {

  /** Never shows the password. */
  @Override
  public String toString() {
    return user + " (" + role + ")";
  }

  /**
   * Reads what the server wrote: user, password, role, agent, separated by tabs, one account a
   * line; a line that begins with # or "user" is a heading.
   */
  public static List<SampleAccount> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("user\t"))
        .map(SampleAccount::parse)
        .toList();
  }

  static SampleAccount parse(String line) {
    String[] column = line.split("\t", -1);
    if (column.length < 3 || column.length > 4) {
      throw new IllegalArgumentException(
          "a line of sample-accounts.tsv has %d columns; expected user, password, role, agent"
              .formatted(column.length));
    }
    Optional<String> agent =
        column.length == 4 && !column[3].isBlank() ? Optional.of(column[3]) : Optional.empty();
    return new SampleAccount(column[0], column[1], column[2].toLowerCase(), agent);
  }
}
