package cti.server.db.accounts;

import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link AccountStore}. */
interface AccountMapper extends AuditMapper {
  record AccountRow(
      String userName,
      String displayName,
      String passwordHash,
      String accountRole,
      String agentId,
      boolean mustChange,
      Instant createdAt,
      Instant changedAt) {}

  record FailureRow(String userName, int failures, Instant lastFailedAt, Instant lockedUntil) {}

  @Select("SELECT * FROM account ORDER BY user_name")
  List<AccountRow> accounts();

  @Select("SELECT * FROM account WHERE user_name = #{user}")
  AccountRow account(String user);

  @Insert(
      """
      INSERT INTO account (user_name, display_name, password_hash, account_role, agent_id,
        must_change, created_at, changed_at)
      VALUES (#{userName}, #{displayName}, #{passwordHash}, #{accountRole}, #{agentId},
        #{mustChange}, #{createdAt}, #{changedAt})\
      """)
  void add(AccountRow row);

  /** Only where the password is still the one that was looked at. */
  @Update(
      """
      UPDATE account SET password_hash = #{hash}, must_change = FALSE, changed_at = #{at}
      WHERE user_name = #{user} AND password_hash = #{old}\
      """)
  int replacePassword(
      @Param("user") String user,
      @Param("old") String oldHash,
      @Param("hash") String hash,
      @Param("at") Instant at);

  /** Puts a password of ours, for one use. */
  @Update(
      """
      UPDATE account SET password_hash = #{hash}, must_change = TRUE, changed_at = #{at}
      WHERE user_name = #{user}\
      """)
  int resetPassword(
      @Param("user") String user, @Param("hash") String hash, @Param("at") Instant at);

  record LimitRow(String userName, String limitKind, String limitId) {}

  record UseRow(String userName, int sessions, Instant lastUsedAt) {}

  @Select("SELECT * FROM account_limit")
  List<LimitRow> limits();

  @Select("SELECT * FROM account_limit WHERE user_name = #{user}")
  List<LimitRow> limitsOf(String user);

  @Insert(
      """
      INSERT INTO account_limit (user_name, limit_kind, limit_id)
      VALUES (#{userName}, #{limitKind}, #{limitId})\
      """)
  void addLimit(LimitRow row);

  @Delete("DELETE FROM account_limit WHERE user_name = #{user}")
  void deleteLimits(@Param("user") String user);

  @Update(
      """
      UPDATE account SET display_name = #{displayName}, account_role = #{accountRole},
        agent_id = #{agentId}, changed_at = #{changedAt}
      WHERE user_name = #{userName}\
      """)
  void change(AccountRow row);

  /** Locked until the transaction ends, so that two do not take away the last administrator. */
  @Select("SELECT * FROM account ORDER BY user_name FOR UPDATE")
  List<AccountRow> lockedAccounts();

  @Select(
      """
      SELECT user_name, COUNT(*) AS sessions, MAX(last_used_at) AS last_used_at
      FROM web_session GROUP BY user_name\
      """)
  List<UseRow> uses();

  @Select("SELECT * FROM sign_in_failure WHERE locked_until > #{now}")
  List<FailureRow> locked(@Param("now") Instant now);

  /** Newest first. */
  @Select(
      """
      SELECT password_hash FROM password_history WHERE user_name = #{user}
      ORDER BY history_id DESC LIMIT #{limit}\
      """)
  List<String> passwordsOf(@Param("user") String user, @Param("limit") int limit);

  @Insert(
      """
      INSERT INTO password_history (user_name, password_hash, replaced_at)
      VALUES (#{user}, #{hash}, #{at})\
      """)
  void rememberPassword(
      @Param("user") String user, @Param("hash") String hash, @Param("at") Instant at);

  @Delete("DELETE FROM web_session WHERE user_name = #{user}")
  int endSessions(@Param("user") String user);

  @Delete("DELETE FROM account WHERE user_name = #{user}")
  int delete(@Param("user") String user);

  record BridgeRow(long bridgeId, String agentId, String computer) {}

  /** Those that were not revoked, locked until the transaction ends. */
  @Select(
      """
      SELECT bridge_id, agent_id, computer FROM bridge
      WHERE user_name = #{user} AND revoked_at IS NULL ORDER BY bridge_id FOR UPDATE\
      """)
  List<BridgeRow> lockedBridges(@Param("user") String user);

  @Update(
      """
      UPDATE bridge SET revoked_at = #{at} WHERE user_name = #{user} AND revoked_at IS NULL\
      """)
  void revokeBridges(@Param("user") String user, @Param("at") Instant at);

  @Delete("DELETE FROM bridge_code WHERE user_name = #{user}")
  void deletePairingCode(@Param("user") String user);

  @Select("SELECT * FROM sign_in_failure WHERE user_name = #{user}")
  FailureRow failure(String user);

  /** One statement, so that attempts at the same moment all count. */
  @Insert(
      """
      INSERT INTO sign_in_failure (user_name, failures, last_failed_at, locked_until)
      VALUES (#{user}, 1, #{at}, NULL)
      ON DUPLICATE KEY UPDATE failures = failures + 1, last_failed_at = #{at}\
      """)
  void countFailure(@Param("user") String user, @Param("at") Instant at);

  @Update("UPDATE sign_in_failure SET locked_until = #{until} WHERE user_name = #{user}")
  void lockUntil(@Param("user") String user, @Param("until") Instant until);

  @Delete("DELETE FROM sign_in_failure WHERE user_name = #{user}")
  void forgetFailures(String user);

  @Delete("DELETE FROM sign_in_failure WHERE last_failed_at < #{before}")
  void forgetFailuresBefore(Instant before);
}
