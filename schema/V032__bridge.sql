-- Programs beside agents' phones (agent-softphone-bridge): the codes by which they are paired, and
-- what they are known by afterwards. Codes and tokens are nowhere, only their hashes.

CREATE TABLE bridge_code (
  user_name  VARCHAR(64) NOT NULL COMMENT 'one code a user',
  agent_id   VARCHAR(32) NOT NULL,
  code_hash  CHAR(64)    NOT NULL COMMENT 'SHA-256, hexadecimal',
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (user_name),
  UNIQUE KEY bridge_code_hash (code_hash),
  CONSTRAINT bridge_code_account FOREIGN KEY (user_name) REFERENCES account (user_name) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE bridge (
  bridge_id    BIGINT      NOT NULL AUTO_INCREMENT,
  user_name    VARCHAR(64) NOT NULL COMMENT 'whose code it was paired by',
  agent_id     VARCHAR(32) NOT NULL,
  token_hash   CHAR(64)    NOT NULL COMMENT 'SHA-256, hexadecimal',
  computer     VARCHAR(64) NOT NULL COMMENT 'as the bridge calls itself, and so the next two',
  system_name  VARCHAR(64) NOT NULL,
  version      VARCHAR(32) NOT NULL,
  paired_at    DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL COMMENT 'to a minute or so',
  revoked_at   DATETIME(6) NULL COMMENT 'since when the token is worth nothing',
  PRIMARY KEY (bridge_id),
  UNIQUE KEY bridge_token (token_hash),
  KEY bridge_agent (agent_id),
  CONSTRAINT bridge_account FOREIGN KEY (user_name) REFERENCES account (user_name) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
