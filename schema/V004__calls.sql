-- What the journal is folded into. No foreign keys to master data: a record outlives its desk.

CREATE TABLE journal_mark (
  journal  VARCHAR(32) NOT NULL COMMENT 'always main while there is one journal',
  sequence BIGINT      NOT NULL COMMENT 'the last record that was stored; 0 for none',
  PRIMARY KEY (journal)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO journal_mark (journal, sequence) VALUES ('main', 0);

CREATE TABLE call_event (
  sequence BIGINT       NOT NULL COMMENT 'of the journal',
  call_id  VARCHAR(128) NOT NULL,
  at       DATETIME(6)  NOT NULL,
  type     VARCHAR(40)  NOT NULL,
  event    MEDIUMTEXT   NOT NULL COMMENT 'JSON as written; MySQL would put the keys of a JSON column in another order',
  PRIMARY KEY (sequence),
  KEY call_event_call (call_id, sequence)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE call_record (
  call_id           VARCHAR(128) NOT NULL,
  gateway           VARCHAR(32)  NULL,
  direction         VARCHAR(16)  NOT NULL COMMENT 'INBOUND, OTHER',
  channel_name      VARCHAR(255) NOT NULL,
  calling_number    VARCHAR(64)  NOT NULL COMMENT 'as presented; may be empty',
  calling_name      VARCHAR(100) NOT NULL,
  dialled_number    VARCHAR(64)  NOT NULL,
  started_at        DATETIME(6)  NOT NULL,
  answered_at       DATETIME(6)  NULL COMMENT 'first talk with an agent',
  ended_at          DATETIME(6)  NULL,
  site_id           VARCHAR(32)  NULL COMMENT 'of the desk, as it was then',
  desk_id           VARCHAR(32)  NULL COMMENT 'the last that the call was given to',
  queue_name        VARCHAR(80)  NULL,
  agent_id          VARCHAR(32)  NULL COMMENT 'the first who talked to the caller',
  routing_rule      VARCHAR(100) NULL,
  explanation       VARCHAR(1000) NULL,
  keys_pressed      VARCHAR(255) NOT NULL COMMENT 'node=digits, in order, separated by blanks',
  fallback_reason   VARCHAR(255) NULL COMMENT 'the gateway used its static queue',
  flow_ended_at_node VARCHAR(100) NULL,
  wait_ms           BIGINT       NOT NULL COMMENT 'in queues, until answered or left; milliseconds',
  talk_ms           BIGINT       NOT NULL COMMENT 'with agents; milliseconds',
  outcome           VARCHAR(24)  NULL COMMENT 'NULL while the call lasts',
  cleared_by        VARCHAR(16)  NULL,
  data_quality      VARCHAR(16)  NOT NULL COMMENT 'LIVE, RECOVERED, LOST_TRACK',
  PRIMARY KEY (call_id),
  KEY call_record_started (started_at, call_id),
  KEY call_record_desk (desk_id, started_at),
  KEY call_record_agent (agent_id, started_at),
  KEY call_record_outcome (outcome, started_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE call_match (
  call_id  VARCHAR(128) NOT NULL,
  staff_id VARCHAR(32)  NOT NULL,
  ordinal  INT          NOT NULL COMMENT 'order of the matches, from 0; none is picked',
  PRIMARY KEY (call_id, staff_id),
  KEY call_match_staff (staff_id, call_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE queue_visit (
  visit_id       VARCHAR(160) NOT NULL,
  call_id        VARCHAR(128) NOT NULL,
  queue_name     VARCHAR(80)  NOT NULL,
  desk_id        VARCHAR(32)  NULL COMMENT 'NULL for the static queue of the gateway',
  entered_at     DATETIME(6)  NOT NULL,
  answered_at    DATETIME(6)  NULL,
  left_at        DATETIME(6)  NULL,
  entry_position INT          NOT NULL,
  exit_position  INT          NULL,
  offers         INT          NOT NULL COMMENT 'ring attempts',
  agents_offered INT          NOT NULL COMMENT 'different phones that rang',
  outcome        VARCHAR(24)  NULL,
  wait_ms        BIGINT       NOT NULL COMMENT 'until answered, else until left; milliseconds',
  PRIMARY KEY (visit_id),
  KEY queue_visit_call (call_id),
  KEY queue_visit_desk (desk_id, entered_at),
  KEY queue_visit_queue (queue_name, entered_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE ring_attempt (
  attempt_id      VARCHAR(200) NOT NULL,
  visit_id        VARCHAR(160) NOT NULL,
  call_id         VARCHAR(128) NOT NULL,
  agent_id        VARCHAR(32)  NULL COMMENT 'NULL where nobody is logged on at the extension',
  extension       VARCHAR(20)  NOT NULL,
  delivered_at    DATETIME(6)  NOT NULL,
  ended_at        DATETIME(6)  NULL COMMENT 'of the ringing',
  outcome         VARCHAR(16)  NULL,
  talk_ended_at   DATETIME(6)  NULL,
  talk_cleared_by VARCHAR(16)  NULL,
  ring_ms         BIGINT       NOT NULL COMMENT 'milliseconds',
  talk_ms         BIGINT       NOT NULL COMMENT 'milliseconds',
  PRIMARY KEY (attempt_id),
  KEY ring_attempt_call (call_id),
  KEY ring_attempt_visit (visit_id),
  KEY ring_attempt_agent (agent_id, delivered_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE missed_call (
  call_id    VARCHAR(128) NOT NULL,
  missed_at  DATETIME(6)  NOT NULL,
  desk_id    VARCHAR(32)  NULL,
  queue_name VARCHAR(80)  NOT NULL,
  reason     VARCHAR(24)  NOT NULL,
  PRIMARY KEY (call_id),
  KEY missed_call_at (missed_at, call_id),
  KEY missed_call_desk (desk_id, missed_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE agent_state_log (
  sequence  BIGINT       NOT NULL COMMENT 'of the journal',
  agent_id  VARCHAR(32)  NOT NULL,
  at        DATETIME(6)  NOT NULL,
  state     VARCHAR(24)  NOT NULL,
  reason    VARCHAR(255) NULL,
  extension VARCHAR(20)  NULL COMMENT 'at log-on',
  desks     VARCHAR(1000) NULL COMMENT 'at log-on, separated by blanks',
  call_id   VARCHAR(128) NULL,
  until_at  DATETIME(6)  NULL COMMENT 'the end of a wrap-up as planned',
  PRIMARY KEY (sequence),
  KEY agent_state_log_agent (agent_id, at),
  KEY agent_state_log_at (at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE gateway_state_log (
  sequence BIGINT       NOT NULL COMMENT 'of the journal',
  gateway  VARCHAR(32)  NOT NULL,
  at       DATETIME(6)  NOT NULL,
  state    VARCHAR(8)   NOT NULL COMMENT 'LIVE, LOST',
  detail   VARCHAR(255) NOT NULL COMMENT 'the version of the gateway, or why the link was lost',
  PRIMARY KEY (sequence),
  KEY gateway_state_log_gateway (gateway, at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
