package cti.bench.directory;

import cti.bench.house.Clocked;
import cti.bench.house.House;
import cti.bench.house.Server;
import cti.core.directory.StaffField;
import cti.core.directory.StaffMember;
import cti.server.directory.sheet.CsvSheet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/** Everybody in one file, each with another remark: previewed and applied over REST. */
final class Imports {
  private static final String PREVIEWS = "/api/v1/directory/previews/";
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private Imports() {}

  /** How long each step took, in seconds. */
  record Took(double preview, double apply, int changed, int bytes) {}

  static Took run(House house, List<StaffMember> people) throws IOException, InterruptedException {
    String token = house.administrator();
    List<List<String>> rows = new ArrayList<>();
    rows.add(StaffField.columns());
    for (StaffMember one : people) {
      List<String> row = new ArrayList<>(StaffField.texts(one).values());
      row.set(StaffField.REMARK.ordinal(), "导入");
      rows.add(row);
    }
    byte[] csv = CsvSheet.write(rows);
    Server server = house.server();
    long began = System.nanoTime();
    String id =
        server
            .post("/api/v1/directory/imports?gone=retire", token, "text/csv", csv)
            .get("id")
            .asString();
    JsonNode ready = settled(server, token, id, "ready");
    double preview = (System.nanoTime() - began) / 1e9;
    long decided = System.nanoTime();
    String body = "{\"token\":\"" + ready.get("token").asString() + "\"}";
    server.post(
        PREVIEWS + id + "/apply", token, "application/json", body.getBytes(StandardCharsets.UTF_8));
    JsonNode applied = settled(server, token, id, "applied");
    return new Took(
        preview,
        (System.nanoTime() - decided) / 1e9,
        applied.at("/counts/changed").asInt(),
        csv.length);
  }

  private static JsonNode settled(Server server, String token, String id, String wanted)
      throws IOException, InterruptedException {
    AtomicReference<JsonNode> last = new AtomicReference<>();
    Clocked.until(
        "the preview is " + wanted,
        LIMIT,
        () -> {
          JsonNode now = server.read(PREVIEWS + id, token);
          last.set(now);
          String state = now.get("state").asString();
          if (state.equals("failed") || state.equals("faulty")) {
            throw new IOException("the preview is " + now);
          }
          return state.equals(wanted);
        });
    return last.get();
  }
}
