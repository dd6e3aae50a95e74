-- Recordings of what callers hear (docs/ivr.md), by version: handed in as files or spoken at a phone.
-- The sound is kept here, so that the gateway's folder can be filled again from it.

CREATE TABLE prompt_recording (
  prompt_id VARCHAR(60)  NOT NULL COMMENT 'of the manifest',
  language  VARCHAR(8)   NOT NULL COMMENT 'zh, en',
  version   INT          NOT NULL COMMENT 'from 1; a number is given once',
  source    VARCHAR(16)  NOT NULL COMMENT 'UPLOAD, PHONE',
  file_name VARCHAR(120) NULL COMMENT 'of what was handed in; the extension that called for PHONE',
  bytes     INT          NOT NULL COMMENT 'of audio',
  audio_ms  INT          NOT NULL COMMENT 'length of the sound; milliseconds',
  sha256    CHAR(64)     NOT NULL COMMENT 'of audio, in hex',
  made_at   DATETIME(6)  NOT NULL,
  made_by   VARCHAR(64)  NOT NULL COMMENT 'user name',
  audio     MEDIUMBLOB   NOT NULL COMMENT 'WAV, PCM, 16 bit, 8 kHz, mono',
  PRIMARY KEY (prompt_id, language, version)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Which one is played. A prompt that was never replaced has no row: its placeholder is.
CREATE TABLE prompt_in_use (
  prompt_id    VARCHAR(60) NOT NULL,
  language     VARCHAR(8)  NOT NULL,
  version      INT         NOT NULL COMMENT '0: the placeholder',
  last_version INT         NOT NULL COMMENT 'the largest number that was given',
  changed_at   DATETIME(6) NOT NULL,
  changed_by   VARCHAR(64) NOT NULL COMMENT 'user name',
  PRIMARY KEY (prompt_id, language)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
