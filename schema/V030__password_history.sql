-- Passwords that somebody had, as hashes, so that none of the last ones is taken again.

CREATE TABLE password_history (
  history_id    BIGINT       NOT NULL AUTO_INCREMENT,
  user_name     VARCHAR(64)  NOT NULL,
  password_hash VARCHAR(255) NOT NULL COMMENT 'Argon2id with its parameters and salt',
  replaced_at   DATETIME(6)  NOT NULL,
  PRIMARY KEY (history_id),
  KEY password_history_user (user_name, history_id),
  CONSTRAINT password_history_account FOREIGN KEY (user_name) REFERENCES account (user_name) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
