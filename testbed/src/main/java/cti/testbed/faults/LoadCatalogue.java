package cti.testbed.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The desks of the load: five of the sample's desks with queues of their own
 * (testbed/gateway/queues.conf), no wrap-up, and fifty agents with phones of the switch's load
 * range.
 */
final class LoadCatalogue {
  /** Desk, its queue, its agents, the longest wait in seconds. */
  private enum LoadDesk {
    GZ("gz", "cti-load-gz", 12, 60),
    SG("sg", "cti-load-sg", 12, 60),
    MZ("mz", "cti-load-mz", 12, 60),
    /** Too few for its callers: they wait, leave, or are sent on. */
    ZJ("zj", "cti-load-zj", 2, 10),
    DESKTOP("hq-desktop", "cti-load-desktop", 12, 60);

    final String id;
    final String queue;
    final int agents;
    final int longestWaitSeconds;

    LoadDesk(String id, String queue, int agents, int longestWaitSeconds) {
      this.id = id;
      this.queue = queue;
      this.agents = agents;
      this.longestWaitSeconds = longestWaitSeconds;
    }
  }

  private static final int FIRST_AGENT = 2101;
  private static final int FIRST_EXTENSION = 8101;

  /** An agent with the phone at the desk. */
  record Seat(String agent, String extension, String desk) {}

  private LoadCatalogue() {}

  static List<Seat> seats() {
    List<Seat> seats = new ArrayList<>();
    for (LoadDesk desk : LoadDesk.values()) {
      for (int i = 0; i < desk.agents; i++) {
        int place = seats.size();
        seats.add(
            new Seat(
                Integer.toString(FIRST_AGENT + place),
                Integer.toString(FIRST_EXTENSION + place),
                desk.id));
      }
    }
    return seats;
  }

  static List<String> queues() {
    return List.of(LoadDesk.values()).stream().map(desk -> desk.queue).toList();
  }

  /** Writes it into a database that has the sample; a server reads it when it starts. */
  static void store(Connection connection) throws SQLException {
    for (LoadDesk desk : LoadDesk.values()) {
      try (PreparedStatement change =
          connection.prepareStatement(
              "UPDATE desk SET queue_name = ?, wrap_up_seconds = 0, longest_wait_seconds = ?"
                  + " WHERE desk_id = ?")) {
        change.setString(1, desk.queue);
        change.setInt(2, desk.longestWaitSeconds);
        change.setString(3, desk.id);
        if (change.executeUpdate() != 1) {
          throw new SQLException("no desk " + desk.id + " in the sample");
        }
      }
    }
    Map<String, String> rows =
        Map.of(
            "INSERT INTO agent (agent_id, name) VALUES ", "('%1$s', '工程师%1$s')",
            "INSERT INTO agent_seat (agent_id, desk_id, seat_role) VALUES ",
                "('%1$s', '%2$s', 'A')");
    try (Statement statement = connection.createStatement()) {
      // Agents before their seats.
      for (String insert : rows.keySet().stream().sorted().toList()) {
        statement.execute(
            insert
                + String.join(
                    ", ",
                    seats().stream()
                        .map(seat -> rows.get(insert).formatted(seat.agent(), seat.desk()))
                        .toList()));
      }
    }
  }
}
