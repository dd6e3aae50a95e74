package cti.bench.house;

import cti.core.agent.Agent;
import cti.server.db.DatabaseAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Sessions of agents, put on record before the server starts, which finds them as it finds those of
 * an earlier run: thousands of passwords would take minutes to hash, and that is not what is
 * measured. The accounts have no password that opens them.
 */
final class Tokens {
  private static final String NO_PASSWORD = "none";

  private Tokens() {}

  /** An account and a session for each agent; the tokens, in their order. */
  static List<String> make(DatabaseAddress address, List<Agent> agents) throws SQLException {
    SecureRandom random = new SecureRandom();
    List<String> tokens = new ArrayList<>(agents.size());
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:mysql://%s:%d/%s?rewriteBatchedStatements=true"
                    .formatted(address.host(), address.port(), address.name()),
                address.user(),
                address.password().reveal());
        PreparedStatement account =
            connection.prepareStatement(
                "INSERT INTO account (user_name, display_name, password_hash, account_role,"
                    + " agent_id, must_change, created_at, changed_at)"
                    + " VALUES (?, ?, ?, 'AGENT', ?, FALSE, ?, ?)");
        PreparedStatement session =
            connection.prepareStatement(
                "INSERT INTO web_session (token_hash, user_name, created_at, last_used_at)"
                    + " VALUES (?, ?, ?, ?)")) {
      for (Agent agent : agents) {
        String user = agent.id().value();
        account.setString(1, user);
        account.setString(2, agent.name());
        account.setString(3, NO_PASSWORD);
        account.setString(4, user);
        account.setObject(5, now);
        account.setObject(6, now);
        account.addBatch();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        session.setString(1, hash(token));
        session.setString(2, user);
        session.setObject(3, now);
        session.setObject(4, now);
        session.addBatch();
        tokens.add(token);
      }
      account.executeBatch();
      session.executeBatch();
    }
    return tokens;
  }

  private static String hash(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("no SHA-256 here", missing);
    }
  }
}
