-- Incident tickets (事件工单). A call may be linked before its record arrives from the journal,
-- and master data may go while its incidents stay: no foreign keys to either.

CREATE TABLE incident_number (
  day         DATE NOT NULL COMMENT 'in the zone of the desk',
  last_number INT  NOT NULL,
  PRIMARY KEY (day)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE incident (
  incident_id   VARCHAR(32)   NOT NULL COMMENT 'INC-20261121-0001',
  client_key    VARCHAR(64)   NOT NULL COMMENT 'given by who saves; the same key is the same incident',
  draft_hash    CHAR(64)      NOT NULL COMMENT 'SHA-256 of what was filled in, hexadecimal: tells a repeated save from a key used twice',
  title         VARCHAR(200)  NOT NULL,
  description   TEXT          NOT NULL,
  caller_staff  VARCHAR(32)   NULL,
  caller_name   VARCHAR(100)  NOT NULL,
  caller_number VARCHAR(64)   NOT NULL,
  department    VARCHAR(500)  NOT NULL,
  site_id       VARCHAR(32)   NULL,
  desk_id       VARCHAR(32)   NULL,
  source        VARCHAR(32)   NOT NULL,
  service       VARCHAR(200)  NOT NULL,
  category      VARCHAR(200)  NOT NULL,
  kind          VARCHAR(32)   NOT NULL,
  level         VARCHAR(4)    NOT NULL COMMENT 'I to IV',
  state         VARCHAR(16)   NOT NULL,
  owner_agent   VARCHAR(32)   NULL,
  solution      TEXT          NOT NULL,
  created_at    DATETIME(6)   NOT NULL,
  changed_at    DATETIME(6)   NOT NULL,
  PRIMARY KEY (incident_id),
  UNIQUE KEY incident_client_key (client_key),
  KEY incident_created (created_at, incident_id),
  KEY incident_caller_staff (caller_staff, created_at),
  KEY incident_caller_number (caller_number, created_at),
  KEY incident_desk (desk_id, created_at),
  KEY incident_state (state, created_at),
  KEY incident_owner (owner_agent, created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE incident_call (
  incident_id VARCHAR(32)  NOT NULL,
  call_id     VARCHAR(128) NOT NULL,
  call_role   VARCHAR(16)  NOT NULL COMMENT 'OPENED_FROM, RELATED, CALLBACK',
  linked_at   DATETIME(6)  NOT NULL,
  PRIMARY KEY (incident_id, call_id, call_role),
  KEY incident_call_call (call_id),
  CONSTRAINT incident_call_incident FOREIGN KEY (incident_id) REFERENCES incident (incident_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE incident_log (
  entry_id    BIGINT      NOT NULL AUTO_INCREMENT,
  incident_id VARCHAR(32) NOT NULL,
  at          DATETIME(6) NOT NULL,
  author      VARCHAR(64) NOT NULL COMMENT 'user name or agent',
  from_state  VARCHAR(16) NULL COMMENT 'NULL for the creation',
  to_state    VARCHAR(16) NOT NULL,
  note        TEXT        NOT NULL,
  PRIMARY KEY (entry_id),
  KEY incident_log_incident (incident_id, entry_id),
  CONSTRAINT incident_log_incident FOREIGN KEY (incident_id) REFERENCES incident (incident_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
