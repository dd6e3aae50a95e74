-- What callers leave besides talks: promises to call back, messages, marks, and who is affected by a
-- major incident.

-- Promises to call somebody back, and their attempts; folded from the journal.

CREATE TABLE callback (
  callback_id  VARCHAR(128) NOT NULL,
  call_id      VARCHAR(128) NOT NULL COMMENT 'in which it was asked for',
  desk_id      VARCHAR(32)  NOT NULL,
  number       VARCHAR(32)  NOT NULL,
  since        DATETIME(6)  NOT NULL COMMENT 'the place in the queue: when the caller entered it',
  requested_at DATETIME(6)  NOT NULL,
  until_at     DATETIME(6)  NOT NULL COMMENT 'when it expires',
  state        VARCHAR(16)  NOT NULL COMMENT 'WAITING, DIALLING, REACHED, ENDED',
  outcome      VARCHAR(16)  NULL COMMENT 'TALKED, SETTLED, LEFT, NOT_REACHED, EXPIRED, CANCELLED',
  attempts     INT          NOT NULL,
  made_call_id VARCHAR(128) NULL COMMENT 'the last call that was made for it',
  last_reason  VARCHAR(255) NULL COMMENT 'why the last attempt failed',
  not_before   DATETIME(6)  NULL COMMENT 'the next attempt',
  ended_at     DATETIME(6)  NULL,
  ended_by     VARCHAR(64)  NULL COMMENT 'user who cancelled it',
  PRIMARY KEY (callback_id),
  KEY callback_call (call_id),
  KEY callback_made (made_call_id),
  KEY callback_requested (requested_at, callback_id),
  KEY callback_desk (desk_id, requested_at),
  KEY callback_state (state, desk_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Messages that callers left: folded from the journal, completed by what is found in the folder.

CREATE TABLE voicemail (
  voicemail_id  VARCHAR(210) NOT NULL COMMENT 'call~part',
  call_id       VARCHAR(128) NOT NULL,
  desk_id       VARCHAR(32)  NOT NULL,
  file_name     VARCHAR(255) NOT NULL COMMENT 'below the folder voicemail of the recordings',
  begun_at      DATETIME(6)  NOT NULL,
  longest_s     INT          NOT NULL COMMENT 'seconds that it may last',
  state         VARCHAR(16)  NOT NULL COMMENT 'BEGUN (file not looked at yet), NEW, HEARD, EMPTY (nothing was said), DELETED',
  bytes         BIGINT       NULL,
  audio_ms      BIGINT       NULL COMMENT 'length of the sound; milliseconds',
  sha256        CHAR(64)     NULL,
  transcription TEXT         NULL COMMENT 'NULL where nothing transcribes, or not yet',
  heard_at      DATETIME(6)  NULL,
  heard_by      VARCHAR(64)  NULL COMMENT 'user name',
  PRIMARY KEY (voicemail_id),
  UNIQUE KEY voicemail_file (file_name),
  KEY voicemail_call (call_id),
  KEY voicemail_begun (begun_at, voicemail_id),
  KEY voicemail_desk (desk_id, begun_at),
  KEY voicemail_state (state, begun_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE voicemail_audit (
  entry_id BIGINT       NOT NULL AUTO_INCREMENT,
  at       DATETIME(6)  NOT NULL,
  action   VARCHAR(16)  NOT NULL COMMENT 'PLAYED, HEARD, DELETED',
  subject  VARCHAR(210) NOT NULL COMMENT 'the message',
  actor    VARCHAR(64)  NOT NULL,
  address  VARCHAR(64)  NOT NULL,
  detail   VARCHAR(500) NOT NULL,
  PRIMARY KEY (entry_id),
  KEY voicemail_audit_subject (subject, entry_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Marks that callers gave after a talk.
CREATE TABLE survey_answer (
  call_id  VARCHAR(128) NOT NULL,
  node     VARCHAR(40)  NOT NULL COMMENT 'of the flow',
  at       DATETIME(6)  NOT NULL,
  mark     INT          NOT NULL COMMENT '1 (worst) to 5',
  desk_id  VARCHAR(32)  NULL COMMENT 'whose agent talked last',
  agent_id VARCHAR(32)  NULL,
  PRIMARY KEY (call_id, node),
  KEY survey_answer_at (at),
  KEY survey_answer_desk (desk_id, at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Calls whose callers are on the list of a major incident.
CREATE TABLE major_incident_affected (
  notice_id BIGINT       NOT NULL COMMENT 'of major_incident',
  call_id   VARCHAR(128) NOT NULL,
  at        DATETIME(6)  NOT NULL,
  PRIMARY KEY (notice_id, call_id),
  KEY major_incident_affected_at (notice_id, at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
