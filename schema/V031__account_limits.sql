-- Supervisors and auditors may be limited to sites and desks; an account without a line here sees all.

CREATE TABLE account_limit (
  user_name  VARCHAR(64) NOT NULL,
  limit_kind VARCHAR(8)  NOT NULL COMMENT 'SITE: all desks of it, also later ones; DESK',
  limit_id   VARCHAR(32) NOT NULL,
  PRIMARY KEY (user_name, limit_kind, limit_id),
  CONSTRAINT account_limit_account FOREIGN KEY (user_name) REFERENCES account (user_name) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
