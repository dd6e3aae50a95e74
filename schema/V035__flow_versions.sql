-- The flow that callers go through, as its author wrote it (docs/ivr.md): every version that was ever
-- published, and drafts. As routing_version and routing_draft are for the rules.

CREATE TABLE flow_version (
  version      INT          NOT NULL COMMENT 'from 1, without gaps',
  yaml         MEDIUMTEXT   NOT NULL,
  checksum     CHAR(64)     NOT NULL COMMENT 'SHA-256 of the text in UTF-8, in hex',
  author       VARCHAR(64)  NOT NULL,
  comment      VARCHAR(500) NOT NULL,
  published_at DATETIME(6)  NOT NULL,
  active_from  DATETIME(6)  NOT NULL COMMENT 'later than published_at for one that was scheduled',
  based_on     INT          NULL COMMENT 'the version that it was made from',
  restores     INT          NULL COMMENT 'the version that a rollback took up again',
  withdrawn_at DATETIME(6)  NULL COMMENT 'a scheduled one that was taken back before its time',
  withdrawn_by VARCHAR(64)  NULL,
  PRIMARY KEY (version)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE flow_draft (
  name       VARCHAR(40)  NOT NULL,
  yaml       MEDIUMTEXT   NOT NULL,
  based_on   INT          NOT NULL COMMENT 'the version that was the last when the draft was begun',
  author     VARCHAR(64)  NOT NULL COMMENT 'who changed it last',
  changed_at DATETIME(6)  NOT NULL,
  revision   INT          NOT NULL COMMENT 'counts changes; a change names the one that it saw',
  PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
