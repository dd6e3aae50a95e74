-- Whole days that were held against the gateway's own logs again, when all of them was over.
CREATE TABLE gateway_log_day (
  gateway    VARCHAR(32) NOT NULL,
  day        DATE        NOT NULL COMMENT 'in the zone of the server',
  checked_at DATETIME(6) NOT NULL COMMENT 'the last time',
  calls      INT         NOT NULL COMMENT 'that the logs tell of',
  told       INT         NOT NULL COMMENT 'that were missing on record, or not whole, and told from the logs',
  different  INT         NOT NULL COMMENT 'that were seen, and the logs say something else',
  lost_track INT         NOT NULL COMMENT 'whose end the logs do not tell either',
  PRIMARY KEY (gateway, day)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
