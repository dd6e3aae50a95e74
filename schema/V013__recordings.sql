-- Recordings of talks: folded from the journal, completed by what is found in the folder of files.
-- No foreign keys to calls and master data: a file may be found before its call arrives, and a
-- record outlives its desk.

CREATE TABLE recording (
  recording_id VARCHAR(210) NOT NULL COMMENT 'attempt~part',
  call_id      VARCHAR(128) NOT NULL,
  attempt_id   VARCHAR(200) NOT NULL,
  agent_id     VARCHAR(32)  NULL,
  desk_id      VARCHAR(32)  NULL COMMENT 'NULL for the static queue of the gateway',
  file_name    VARCHAR(255) NOT NULL COMMENT 'below the folder of recordings',
  started_at   DATETIME(6)  NOT NULL,
  stopped_at   DATETIME(6)  NULL,
  state        VARCHAR(16)  NOT NULL COMMENT 'RECORDING, STOPPED (file not looked at yet), STORED, MISSING, DELETING, DELETED',
  bytes        BIGINT       NULL,
  audio_ms     BIGINT       NULL COMMENT 'length of the sound; milliseconds',
  sha256       CHAR(64)     NULL COMMENT 'of the file, hexadecimal',
  fault        VARCHAR(255) NULL COMMENT 'what is wrong with the file',
  checked_at   DATETIME(6)  NULL COMMENT 'when the file was looked for last',
  legal_hold   BOOLEAN      NOT NULL COMMENT 'never deleted while it is set',
  deleted_at   DATETIME(6)  NULL,
  PRIMARY KEY (recording_id),
  UNIQUE KEY recording_file (file_name),
  KEY recording_started (started_at, recording_id),
  KEY recording_call (call_id),
  KEY recording_desk (desk_id, started_at),
  KEY recording_agent (agent_id, started_at),
  KEY recording_state (state, stopped_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE recording_pause (
  recording_id VARCHAR(210) NOT NULL,
  paused_at    DATETIME(6)  NOT NULL,
  until_at     DATETIME(6)  NOT NULL COMMENT 'when it would have ended by itself',
  resumed_at   DATETIME(6)  NULL,
  PRIMARY KEY (recording_id, paused_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE recording_audit (
  entry_id BIGINT       NOT NULL AUTO_INCREMENT,
  at       DATETIME(6)  NOT NULL,
  action   VARCHAR(16)  NOT NULL COMMENT 'PLAYED, HELD, RELEASED, DELETED, RULES_CHANGED',
  subject  VARCHAR(210) NOT NULL COMMENT 'the recording; the desk for RULES_CHANGED',
  actor    VARCHAR(64)  NOT NULL COMMENT 'user name; retention for the job of that name',
  address  VARCHAR(64)  NOT NULL COMMENT 'where the request came from; may be empty',
  detail   VARCHAR(500) NOT NULL COMMENT 'the bytes that were asked for, the rules before and after, …',
  PRIMARY KEY (entry_id),
  KEY recording_audit_subject (subject, entry_id),
  KEY recording_audit_at (at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
