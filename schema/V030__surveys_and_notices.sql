-- Marks that callers gave after a talk, major incidents that callers hear of, and who is affected.

CREATE TABLE survey_answer (
  call_id  VARCHAR(128) NOT NULL,
  node     VARCHAR(40)  NOT NULL COMMENT 'of the flow',
  at       DATETIME(6)  NOT NULL,
  mark     INT          NOT NULL COMMENT '1 (worst) to 5',
  desk_id  VARCHAR(32)  NULL COMMENT 'whose agent talked last',
  agent_id VARCHAR(32)  NULL,
  PRIMARY KEY (call_id, node),
  KEY survey_answer_at (at),
  KEY survey_answer_desk (desk_id, at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE incident_notice (
  notice_id   VARCHAR(40)  NOT NULL,
  prompt      VARCHAR(60)  NOT NULL COMMENT 'the announcement, an id of the manifest',
  incident_id VARCHAR(32)  NULL COMMENT 'the ticket to which callers are added',
  sites       VARCHAR(500) NOT NULL COMMENT 'ids with a comma between; empty for all',
  choices     VARCHAR(500) NOT NULL COMMENT 'what was chosen in a menu; empty for all',
  begins_at   DATETIME(6)  NOT NULL,
  ends_at     DATETIME(6)  NULL,
  author      VARCHAR(64)  NOT NULL,
  PRIMARY KEY (notice_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE incident_notice_affected (
  notice_id VARCHAR(40)  NOT NULL,
  call_id   VARCHAR(128) NOT NULL,
  at        DATETIME(6)  NOT NULL,
  PRIMARY KEY (notice_id, call_id),
  KEY incident_notice_affected_at (notice_id, at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
