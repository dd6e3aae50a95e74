-- Who changed what. Written in the transaction of the change itself, by one writer
-- (cti.server.db.audit.AuditWriter); never changed afterwards.

CREATE TABLE audit_log (
  entry_id    BIGINT       NOT NULL AUTO_INCREMENT,
  at          DATETIME(6)  NOT NULL,
  account     VARCHAR(64)  NOT NULL COMMENT 'user name; ldap for the scheduled synchronisation',
  action      VARCHAR(32)  NOT NULL COMMENT 'create, change, retire, import, …',
  subject     VARCHAR(80)  NOT NULL COMMENT 'kind, a blank, id: staff E0001',
  before_json MEDIUMTEXT   NULL COMMENT 'a JSON object; NULL for something new',
  after_json  MEDIUMTEXT   NULL COMMENT 'a JSON object; NULL for something that was removed',
  PRIMARY KEY (entry_id),
  KEY audit_log_subject (subject, entry_id),
  KEY audit_log_account (account, entry_id),
  KEY audit_log_at (at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
