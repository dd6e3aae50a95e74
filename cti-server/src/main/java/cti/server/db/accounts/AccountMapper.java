package cti.server.db.accounts;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link AccountStore}. */
interface AccountMapper {
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

  @Delete("DELETE FROM web_session WHERE user_name = #{user}")
  void endSessions(@Param("user") String user);

  @Delete("DELETE FROM account WHERE user_name = #{user}")
  int delete(@Param("user") String user);

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
