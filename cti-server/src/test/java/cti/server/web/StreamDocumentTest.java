package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.web.stream.CloseCode;
import cti.server.web.stream.StreamContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds docs/api/stream.md and the code against each other. */
class StreamDocumentTest {
  private final List<String> lines;

  StreamDocumentTest() throws IOException {
    lines = Files.readAllLines(Path.of("../docs/api/stream.md"));
  }

  /** The rows of the table whose first heading this is, as cells. */
  private List<List<String>> table(String heading) {
    List<List<String>> rows = new ArrayList<>();
    int at = 0;
    while (!lines.get(at).startsWith("| " + heading + " |")) {
      at++;
    }
    for (at += 2; at < lines.size() && lines.get(at).startsWith("|"); at++) {
      rows.add(
          Arrays.stream(lines.get(at).substring(1).split("\\|", -1)).map(String::strip).toList());
    }
    return rows;
  }

  private List<String> firstColumn(String heading) {
    return table(heading).stream().map(row -> row.getFirst().replace("`", "")).toList();
  }

  @Test
  void framesTopicsAndCommandsAreThoseOfTheCode() {
    assertEquals(StreamContract.ops(), firstColumn("op"));
    assertEquals(StreamContract.commands(), firstColumn("command"));
    assertEquals(StreamContract.topics(), firstColumn("topic"));
    assertEquals(List.copyOf(StreamContract.frames().keySet()), firstColumn("type"));
  }

  @Test
  void fieldsOfFramesAreThoseOfTheCode() {
    for (List<String> row : table("type")) {
      String type = row.get(0).replace("`", "");
      List<String> fields =
          Arrays.stream(row.get(1).replaceAll("\\{[^}]*}", "").split(","))
              .map(field -> field.replace("`", "").strip())
              .toList();
      assertEquals(StreamContract.frames().get(type), fields, type);
    }
  }

  @Test
  void closeCodesAreThoseOfTheCode() {
    List<String> documented =
        table("code").stream().map(row -> row.get(0) + " " + row.get(1)).toList();
    assertEquals(
        Arrays.stream(CloseCode.values()).map(code -> code.code() + " " + code.reason()).toList(),
        documented);
    for (CloseCode code : CloseCode.values()) {
      assertTrue(code.reason().length() <= 123, "RFC 6455, 5.5: " + code);
    }
  }
}
