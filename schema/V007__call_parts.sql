-- The devices of a call, and the time of its caller without gap or overlap: flow_ms + wait_ms +
-- ring_ms + talk_ms + hold_ms + ending_ms is the time from started_at to ended_at.

ALTER TABLE call_record
  MODIFY COLUMN direction VARCHAR(16) NOT NULL COMMENT 'INBOUND, OUTBOUND, INTERNAL, OTHER',
  MODIFY COLUMN agent_id VARCHAR(32) NULL COMMENT 'the first who talked to the caller; of a call of ours who made it',
  MODIFY COLUMN wait_ms BIGINT NOT NULL COMMENT 'in queues, phones ringing or not; milliseconds',
  MODIFY COLUMN talk_ms BIGINT NOT NULL COMMENT 'with somebody, without hold; milliseconds',
  ADD COLUMN flow_ms BIGINT NOT NULL DEFAULT 0 COMMENT 'greeting, menus, before anything rings; milliseconds',
  ADD COLUMN ring_ms BIGINT NOT NULL DEFAULT 0 COMMENT 'for a phone outside a queue; milliseconds',
  ADD COLUMN hold_ms BIGINT NOT NULL DEFAULT 0 COMMENT 'with somebody, on hold; milliseconds',
  ADD COLUMN ending_ms BIGINT NOT NULL DEFAULT 0 COMMENT 'talked or waited, not yet gone; milliseconds',
  ADD COLUMN transfers INT NOT NULL DEFAULT 0 COMMENT 'how often the caller was handed on',
  ADD COLUMN merged_into VARCHAR(128) NULL COMMENT 'the call that goes on with its parts';

CREATE TABLE call_part (
  call_id       VARCHAR(128) NOT NULL,
  connection_id VARCHAR(200) NOT NULL COMMENT 'in two calls where one became part of the other',
  ordinal       INT          NOT NULL COMMENT 'in the order in which they came, from 0',
  role          VARCHAR(16)  NOT NULL COMMENT 'CALLER, QUEUE_AGENT, CALLED, CONSULTED, TRANSFERRED_TO, CONFERENCED',
  agent_id      VARCHAR(32)  NULL,
  number        VARCHAR(64)  NOT NULL COMMENT 'extension, or number as presented or dialled; may be empty',
  state         VARCHAR(16)  NOT NULL COMMENT 'of CSTA: INITIATED, ALERTING, CONNECTED, HELD, QUEUED, FAILED, NULL',
  started_at    DATETIME(6)  NOT NULL,
  answered_at   DATETIME(6)  NULL,
  ended_at      DATETIME(6)  NULL,
  failure       VARCHAR(16)  NULL COMMENT 'why it never took part',
  talk_ms       BIGINT       NOT NULL COMMENT 'from the answer to the end, without hold; milliseconds. Of the one who began the call that of the call',
  hold_ms       BIGINT       NOT NULL COMMENT 'how long it held the others, from the answer to the end; milliseconds. As talk_ms',
  PRIMARY KEY (call_id, connection_id),
  KEY call_part_agent (agent_id, started_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Calls from before this table keep their talks.
INSERT INTO call_part (call_id, connection_id, ordinal, role, agent_id, number, state, started_at,
  answered_at, ended_at, failure, talk_ms, hold_ms)
SELECT call_id, attempt_id, 1, 'QUEUE_AGENT', agent_id, extension,
  CASE WHEN outcome = 'ANSWERED' THEN 'NULL' ELSE 'FAILED' END, delivered_at,
  CASE WHEN outcome = 'ANSWERED' THEN ended_at END,
  COALESCE(talk_ended_at, ended_at), CASE WHEN outcome <> 'ANSWERED' THEN outcome END, talk_ms, 0
FROM ring_attempt;

CREATE TABLE agent_wrap_up (
  sequence   BIGINT       NOT NULL COMMENT 'of the journal',
  agent_id   VARCHAR(32)  NOT NULL,
  call_id    VARCHAR(128) NOT NULL,
  began_at   DATETIME(6)  NOT NULL,
  ended_at   DATETIME(6)  NULL COMMENT 'NULL while it lasts',
  wrap_up_ms BIGINT       NOT NULL COMMENT 'milliseconds',
  PRIMARY KEY (sequence),
  KEY agent_wrap_up_call (call_id, agent_id),
  KEY agent_wrap_up_agent (agent_id, began_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
