package cti.server.db.prompts;

import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link PhonePinStore}. */
interface PhonePinMapper extends AuditMapper {
  record PinRow(
      String userName,
      int number,
      String pinHash,
      int failures,
      Instant lockedUntil,
      Instant changedAt) {}

  @Select("SELECT * FROM account_phone_pin WHERE user_name = #{user}")
  PinRow ofUser(String user);

  @Select("SELECT * FROM account_phone_pin WHERE user_name = #{user} FOR UPDATE")
  PinRow lockUser(String user);

  @Select("SELECT * FROM account_phone_pin WHERE number = #{number}")
  PinRow ofNumber(int number);

  @Select("SELECT * FROM account_phone_pin WHERE number = #{number} FOR UPDATE")
  PinRow lockNumber(int number);

  @Select("SELECT COALESCE(MAX(number), 100) + 1 FROM account_phone_pin")
  int nextNumber();

  @Insert(
      """
      REPLACE INTO account_phone_pin (user_name, number, pin_hash, failures, locked_until,
        changed_at)
      VALUES (#{userName}, #{number}, #{pinHash}, #{failures}, #{lockedUntil}, #{changedAt})\
      """)
  void put(PinRow row);

  @Delete("DELETE FROM account_phone_pin WHERE user_name = #{user}")
  int remove(String user);

  @Update(
      """
      UPDATE account_phone_pin SET failures = #{failures}, locked_until = #{lockedUntil}
      WHERE number = #{number}\
      """)
  void failed(
      @Param("number") int number,
      @Param("failures") int failures,
      @Param("lockedUntil") Instant lockedUntil);

  /** Whether the user may still sign in and change things, without a password to be chosen. */
  @Select(
      """
      SELECT COUNT(*) FROM account
      WHERE user_name = #{user} AND account_role = 'ADMIN' AND must_change = FALSE\
      """)
  int mayChangeThings(String user);
}
