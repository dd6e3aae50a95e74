-- How complete the records are, by the gateway's own logs; and what the logs have put right.

ALTER TABLE call_record
  ADD COLUMN recovered_at   DATETIME(6) NULL COMMENT 'when the logs of the gateway told it; NULL where they did not',
  ADD COLUMN recovered_from VARCHAR(64) NULL COMMENT 'which logs: queue_log, cdr';

CREATE INDEX call_record_quality ON call_record (data_quality, started_at);

CREATE TABLE gateway_log_position (
  gateway    VARCHAR(32)  NOT NULL,
  source     VARCHAR(16)  NOT NULL COMMENT 'QUEUE_LOG, CDR',
  file_key   VARCHAR(255) NOT NULL COMMENT 'names the file itself, whatever its name is now',
  head       BIGINT       NOT NULL COMMENT 'checksum of its beginning: numbers of files are used again',
  position   BIGINT       NOT NULL COMMENT 'what lies before is settled; bytes, or microseconds in a table',
  since      DATETIME(6)  NOT NULL COMMENT 'calls that began before are not looked for',
  updated_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (gateway, source)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE gateway_log_call (
  call_id    VARCHAR(128) NOT NULL,
  gateway    VARCHAR(32)  NOT NULL,
  started_at DATETIME(6)  NOT NULL,
  ended_at   DATETIME(6)  NULL COMMENT 'NULL where the logs do not tell',
  queue_log  BOOLEAN      NOT NULL,
  cdr        BOOLEAN      NOT NULL,
  verdict    VARCHAR(16)  NOT NULL COMMENT 'LIVE, RECOVERED, LOST_TRACK, MISSING, DIFFERENT',
  detail     VARCHAR(1000) NOT NULL COMMENT 'what differs, for people',
  checked_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (call_id),
  KEY gateway_log_call_started (gateway, started_at),
  KEY gateway_log_call_verdict (verdict, started_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Channels of calls that the logs tell of under another call: a leg that was merged into it.
CREATE TABLE gateway_log_channel (
  call_id   VARCHAR(128) NOT NULL COMMENT 'the id that a call of this channel would have',
  called_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (call_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE gateway_log_check (
  gateway    VARCHAR(32) NOT NULL,
  hour       DATETIME    NOT NULL COMMENT 'UTC; a zone with half hours begins its hours in between',
  checked_at DATETIME(6) NOT NULL,
  PRIMARY KEY (gateway, hour)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
