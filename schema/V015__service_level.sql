-- What each desk promises: the formula of its service level with its limits, and from when on.

CREATE TABLE service_level (
  desk_id         VARCHAR(32)  NOT NULL,
  effective_from  DATETIME(6)  NOT NULL,
  effective_until DATETIME(6)  NULL COMMENT 'when the next one takes over; NULL for the last',
  formula         VARCHAR(16)  NOT NULL COMMENT 'STANDARD, ASTERISK_SL, ASTERISK_SL2',
  answer_within_s INT          NOT NULL COMMENT 'T; seconds',
  short_s         INT          NOT NULL COMMENT 'who leaves sooner does not count against the desk; seconds',
  changed_at      DATETIME(6)  NOT NULL,
  changed_by      VARCHAR(64)  NOT NULL,
  PRIMARY KEY (desk_id, effective_from),
  CONSTRAINT service_level_desk FOREIGN KEY (desk_id) REFERENCES desk (desk_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
