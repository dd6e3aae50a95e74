-- Missed cases: folded from calls and from what people did by hand; docs/adr/0004-missed-cases.md.
-- All but missed_case_change can be made again from the tables of calls.

CREATE TABLE call_party (
  call_id   VARCHAR(128) NOT NULL,
  fact      VARCHAR(8)   NOT NULL COMMENT 'MISSED, TALKED',
  party_key VARCHAR(80)  NOT NULL COMMENT 'P: and a person, N: and the digits of a number',
  at        DATETIME(6)  NOT NULL COMMENT 'when the call was missed, or the talk began',
  PRIMARY KEY (call_id, fact, party_key),
  KEY call_party_key (party_key, fact, at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE missed_case (
  case_id        VARCHAR(128) NOT NULL COMMENT 'its first missed call',
  desk_id        VARCHAR(32)  NULL COMMENT 'NULL for the static queue of the gateway',
  site_id        VARCHAR(32)  NULL COMMENT 'of the desk, as it was then',
  opened_at      DATETIME(6)  NOT NULL COMMENT 'when the first call was missed',
  state          VARCHAR(16)  NOT NULL COMMENT 'OPEN, RETURNED, RECOVERED, CLOSED',
  closed_at      DATETIME(6)  NULL COMMENT 'begin of the talk, or when it was closed by hand',
  closed_until   DATETIME(6)  NULL COMMENT 'end of the talk: what is missed meanwhile belongs to the case',
  closing_call   VARCHAR(128) NULL,
  closing_agent  VARCHAR(32)  NULL,
  closing_user   VARCHAR(64)  NULL,
  closing_reason VARCHAR(500) NULL,
  PRIMARY KEY (case_id),
  KEY missed_case_opened (opened_at, case_id),
  KEY missed_case_desk (desk_id, opened_at),
  KEY missed_case_site (site_id, opened_at),
  KEY missed_case_state (state, opened_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The key says it: a missed call is in one case.
CREATE TABLE missed_case_call (
  call_id VARCHAR(128) NOT NULL,
  case_id VARCHAR(128) NOT NULL,
  PRIMARY KEY (call_id),
  KEY missed_case_call_case (case_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE missed_case_change (
  change_id BIGINT       NOT NULL AUTO_INCREMENT,
  call_id   VARCHAR(128) NOT NULL COMMENT 'a call of the case: it stays while cases are folded anew',
  at        DATETIME(6)  NOT NULL,
  author    VARCHAR(64)  NOT NULL COMMENT 'user name',
  action    VARCHAR(8)   NOT NULL COMMENT 'CLOSE, REOPEN',
  reason    VARCHAR(500) NOT NULL COMMENT 'empty for REOPEN',
  PRIMARY KEY (change_id),
  KEY missed_case_change_call (call_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
