package cti.server.db.agents;

import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of {@link AgentSettingsStore}. */
interface AgentSettingsMapper extends AuditMapper {
  record ReasonRow(
      String reasonId,
      String chinese,
      String english,
      Integer longestSeconds,
      boolean productive,
      Integer phoneKey,
      boolean active,
      int ordinal) {}

  record RulesRow(
      String deskId,
      int wrapUpExtensionSeconds,
      int wrapUpExtensions,
      int missesInARow,
      boolean unreachableAtOnce,
      boolean listenersHidden) {}

  record ChangeRow(
      long changeId, Instant at, String author, String subject, String beforeIt, String afterIt) {}

  @Select("SELECT * FROM pause_reason ORDER BY ordinal, reason_id")
  List<ReasonRow> reasons();

  @Select("SELECT * FROM pause_reason ORDER BY ordinal, reason_id FOR UPDATE")
  List<ReasonRow> lockReasons();

  @Insert(
      """
      REPLACE INTO pause_reason (reason_id, chinese, english, longest_seconds, productive,
        phone_key, active, ordinal)
      VALUES (#{reasonId}, #{chinese}, #{english}, #{longestSeconds}, #{productive}, #{phoneKey},
        #{active}, #{ordinal})\
      """)
  void putReason(ReasonRow row);

  @Select("SELECT * FROM desk_agent_rules")
  List<RulesRow> rules();

  @Select("SELECT COUNT(*) FROM desk WHERE desk_id = #{desk}")
  int desks(String desk);

  @Insert(
      """
      REPLACE INTO desk_agent_rules (desk_id, wrap_up_extension_seconds, wrap_up_extensions,
        misses_in_a_row, unreachable_at_once, listeners_hidden)
      VALUES (#{deskId}, #{wrapUpExtensionSeconds}, #{wrapUpExtensions}, #{missesInARow},
        #{unreachableAtOnce}, #{listenersHidden})\
      """)
  void putRules(RulesRow row);

  @Insert(
      """
      INSERT INTO agent_rule_change (at, author, subject, before_it, after_it)
      VALUES (#{at}, #{author}, #{subject}, #{beforeIt}, #{afterIt})\
      """)
  void addChange(ChangeRow row);

  @Select("SELECT * FROM agent_rule_change ORDER BY change_id DESC LIMIT #{limit}")
  List<ChangeRow> changes(@Param("limit") int limit);
}
