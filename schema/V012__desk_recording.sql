-- How a desk records its talks; a desk without a row records nothing.

CREATE TABLE desk_recording (
  desk_id          VARCHAR(32) NOT NULL,
  policy           VARCHAR(16) NOT NULL COMMENT 'NONE, ALL, SHARE, ANNOUNCED',
  share_percent    INT         NOT NULL COMMENT 'of the calls, for SHARE',
  announcement     VARCHAR(64) NOT NULL COMMENT 'prompt that the caller hears first, for ANNOUNCED',
  agent_may_start  BOOLEAN     NOT NULL COMMENT 'start and stop a recording',
  agent_may_pause  BOOLEAN     NOT NULL,
  agent_may_listen BOOLEAN     NOT NULL COMMENT 'to recordings of their own talks',
  retention_days   INT         NOT NULL,
  PRIMARY KEY (desk_id),
  CONSTRAINT desk_recording_desk FOREIGN KEY (desk_id) REFERENCES desk (desk_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
