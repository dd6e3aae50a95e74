-- Links for big screens (the token is nowhere, only its hash), and notes to the desks.

CREATE TABLE big_screen (
  screen_id    BIGINT        NOT NULL AUTO_INCREMENT,
  title        VARCHAR(60)   NOT NULL,
  token_hash   CHAR(64)      NOT NULL COMMENT 'SHA-256, hexadecimal',
  desks        VARCHAR(4000) NOT NULL COMMENT 'ids separated by blanks; at least one',
  agent_names  BOOLEAN       NOT NULL COMMENT 'whether agents are shown by name',
  caller_names BOOLEAN       NOT NULL COMMENT 'whether callers are shown, by name',
  numbers      BOOLEAN       NOT NULL COMMENT 'whether callers are shown, by number',
  author       VARCHAR(64)   NOT NULL,
  created_at   DATETIME(6)   NOT NULL,
  expires_at   DATETIME(6)   NOT NULL,
  revoked_at   DATETIME(6)   NULL,
  revoked_by   VARCHAR(64)   NULL,
  last_seen_at DATETIME(6)   NULL COMMENT 'to a minute or so',
  PRIMARY KEY (screen_id),
  UNIQUE KEY big_screen_token (token_hash)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE desk_note (
  note_id      BIGINT        NOT NULL AUTO_INCREMENT,
  text         VARCHAR(300)  NOT NULL,
  desks        VARCHAR(8000) NOT NULL COMMENT 'ids separated by blanks; empty for everybody',
  author       VARCHAR(64)   NOT NULL COMMENT 'user name',
  author_name  VARCHAR(120)  NOT NULL,
  at           DATETIME(6)   NOT NULL,
  expires_at   DATETIME(6)   NOT NULL,
  withdrawn_at DATETIME(6)   NULL,
  withdrawn_by VARCHAR(64)   NULL,
  PRIMARY KEY (note_id),
  KEY desk_note_until (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
