package cti.testbed.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Transcripts for the tests of cti-server: of each scenario what the gateway told ({@code .txt}),
 * and what became of its calls on record ({@code .record}), a line each.
 *
 * @param folder where they are written
 */
record Transcripts(Path folder) {
  Transcripts {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "no folder " + folder + "; expected one for the transcripts");
    }
  }

  void write(Scenario scenario, byte[] heard, List<CallOnRecord> calls, Records records)
      throws IOException, SQLException {
    String name = fileName(scenario.name());
    Files.write(folder.resolve(name + ".txt"), heard);
    StringBuilder lines = new StringBuilder();
    for (CallOnRecord call : calls) {
      PartsOnRecord parts = records.parts(call.id());
      lines.append(
          "call %s %s %s %s by %s missed=%s\n"
              .formatted(
                  call.onGateway(),
                  parts.direction(),
                  call.number(),
                  call.outcome(),
                  call.clearedBy(),
                  call.missed().stream().findFirst().orElse("no")));
      lines.append(
          "  times flow=%d queue=%d ring=%d talk=%d hold=%d ending=%d\n"
              .formatted(
                  parts.flow(),
                  parts.queue(),
                  parts.ring(),
                  parts.talk(),
                  parts.hold(),
                  parts.ending()));
      call.visits()
          .forEach(
              visit ->
                  lines.append(
                      "  visit %s %s: %s\n"
                          .formatted(
                              visit.queue(),
                              visit.outcome(),
                              visit.attempts().stream()
                                  .map(ring -> ring.extension() + "=" + ring.outcome())
                                  .collect(Collectors.joining(" ")))));
      parts.inWords().forEach(part -> lines.append("  part ").append(part).append('\n'));
    }
    Files.writeString(folder.resolve(name + ".record"), lines);
  }

  /** The scenario's name in words that every file system takes. */
  static String fileName(String scenario) {
    return scenario.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
  }
}
