-- Why agents may be not ready, what desks let their agents do, and who changed that.

CREATE TABLE pause_reason (
  reason_id       VARCHAR(32)  NOT NULL COMMENT 'stands in agent_state_log and on the gateway',
  chinese         VARCHAR(40)  NOT NULL,
  english         VARCHAR(40)  NOT NULL,
  longest_seconds INT          NULL COMMENT 'over it the pause is flagged, never ended; NULL for no limit',
  productive      BOOLEAN      NOT NULL COMMENT 'the time counts as work',
  phone_key       INT          NULL COMMENT 'the digit on a desk phone, 0 to 9; NULL where it cannot be chosen there',
  active          BOOLEAN      NOT NULL COMMENT 'false: kept for old records, not on offer',
  ordinal         INT          NOT NULL COMMENT 'order of display',
  PRIMARY KEY (reason_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO pause_reason
  (reason_id, chinese, english, longest_seconds, productive, phone_key, active, ordinal)
VALUES
  ('meal', '用餐', 'Meal', 3600, FALSE, 1, TRUE, 10),
  ('break', '小休', 'Break', 900, FALSE, 2, TRUE, 20),
  ('meeting', '会议', 'Meeting', 7200, TRUE, 3, TRUE, 30),
  ('training', '培训', 'Training', 14400, TRUE, 4, TRUE, 40),
  ('follow-up', '事后处理', 'Follow-up', 1800, TRUE, 5, TRUE, 50),
  ('field-work', '现场处理', 'Field work', 14400, TRUE, 6, TRUE, 60),
  ('other', '其他', 'Other', 1800, FALSE, 9, TRUE, 70),
  ('by-supervisor', '由主管设置', 'By supervisor', NULL, FALSE, NULL, TRUE, 80);

-- A desk without a row has the usual rules.
CREATE TABLE desk_agent_rules (
  desk_id                   VARCHAR(32) NOT NULL,
  wrap_up_extension_seconds INT         NOT NULL COMMENT 'by how much an agent may lengthen a wrap-up at a time',
  wrap_up_extensions        INT         NOT NULL COMMENT 'how often in one wrap-up',
  misses_in_a_row           INT         NOT NULL COMMENT 'unanswered rings until the agent is not ready; 0 for any number',
  unreachable_at_once       BOOLEAN     NOT NULL COMMENT 'an agent whose phone cannot be reached is not ready at once',
  PRIMARY KEY (desk_id),
  CONSTRAINT desk_agent_rules_desk FOREIGN KEY (desk_id) REFERENCES desk (desk_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What people changed by hand in the rules above.
CREATE TABLE agent_rule_change (
  change_id BIGINT        NOT NULL AUTO_INCREMENT,
  at        DATETIME(6)   NOT NULL,
  author    VARCHAR(64)   NOT NULL COMMENT 'user name',
  subject   VARCHAR(80)   NOT NULL COMMENT 'pause-reason or desk, a blank, its id',
  before_it VARCHAR(1000) NOT NULL COMMENT 'what stood there before; empty for something new',
  after_it  VARCHAR(1000) NOT NULL,
  PRIMARY KEY (change_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What happened to agents besides their state: pending, missed rings, overdue pauses, healed drift.
CREATE TABLE agent_event (
  sequence BIGINT      NOT NULL COMMENT 'of the journal',
  agent_id VARCHAR(32) NULL COMMENT 'NULL where nobody is known for it',
  at       DATETIME(6) NOT NULL,
  type     VARCHAR(40) NOT NULL,
  event    MEDIUMTEXT  NOT NULL COMMENT 'JSON as written',
  PRIMARY KEY (sequence),
  KEY agent_event_agent (agent_id, at),
  KEY agent_event_type (type, at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
