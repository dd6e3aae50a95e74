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
