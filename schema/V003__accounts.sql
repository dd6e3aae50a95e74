-- Who may sign in, failed attempts, and sessions of the web that outlive a restart.

CREATE TABLE account (
  user_name     VARCHAR(64)  NOT NULL COMMENT 'lower case',
  display_name  VARCHAR(100) NOT NULL,
  password_hash VARCHAR(255) NOT NULL COMMENT 'Argon2id with its parameters and salt',
  account_role  VARCHAR(16)  NOT NULL COMMENT 'AGENT, SUPERVISOR, ADMIN; each may do what the ones before it may',
  agent_id      VARCHAR(32)  NULL COMMENT 'the agent that this person is, if any',
  must_change   BOOLEAN      NOT NULL COMMENT 'the password was generated and is for one use',
  created_at    DATETIME(6)  NOT NULL,
  changed_at    DATETIME(6)  NOT NULL,
  PRIMARY KEY (user_name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Names that nobody has are counted too, so that a lock-out does not tell which names exist.
CREATE TABLE sign_in_failure (
  user_name      VARCHAR(64) NOT NULL,
  failures       INT         NOT NULL COMMENT 'in a row',
  last_failed_at DATETIME(6) NOT NULL,
  locked_until   DATETIME(6) NULL,
  PRIMARY KEY (user_name),
  KEY sign_in_failure_last (last_failed_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE web_session (
  token_hash   CHAR(64)    NOT NULL COMMENT 'SHA-256 of the token, hexadecimal; the token is nowhere',
  user_name    VARCHAR(64) NOT NULL,
  created_at   DATETIME(6) NOT NULL,
  last_used_at DATETIME(6) NOT NULL,
  PRIMARY KEY (token_hash),
  KEY web_session_user (user_name),
  KEY web_session_last_used (last_used_at),
  CONSTRAINT web_session_account FOREIGN KEY (user_name) REFERENCES account (user_name) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
