-- What supervisors do in the calls of others, and whether agents are told who listens. In the
-- journal's order; not with the events of the call, which more people may see.

CREATE TABLE supervision_event (
  sequence BIGINT       NOT NULL COMMENT 'of the journal',
  call_id  VARCHAR(128) NOT NULL,
  at       DATETIME(6)  NOT NULL,
  event    MEDIUMTEXT   NOT NULL COMMENT 'JSON as written',
  PRIMARY KEY (sequence),
  KEY supervision_call (call_id, sequence)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

ALTER TABLE desk_agent_rules
  ADD COLUMN listeners_hidden BOOLEAN NOT NULL DEFAULT FALSE
    COMMENT 'agents are not told that a supervisor listens';
