-- Desk phones: whose phone an extension is, and the PIN by which an agent is known at another one.
-- No foreign key: agents are replaced whole, and what they chose must outlive that.

CREATE TABLE agent_phone (
  agent_id     VARCHAR(32)  NOT NULL,
  extension    VARCHAR(20)  NULL COMMENT 'the own phone, where a log-on needs neither number nor PIN unless others have it too',
  pin_hash     VARCHAR(255) NULL COMMENT 'Argon2id; NULL where none was set',
  failures     INT          NOT NULL COMMENT 'wrong PINs in a row',
  locked_until DATETIME(6)  NULL,
  PRIMARY KEY (agent_id),
  KEY agent_phone_extension (extension)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
