-- Promises to call somebody back, and their attempts; folded from the journal.

CREATE TABLE callback (
  callback_id  VARCHAR(128) NOT NULL,
  call_id      VARCHAR(128) NOT NULL COMMENT 'in which it was asked for',
  desk_id      VARCHAR(32)  NOT NULL,
  number       VARCHAR(32)  NOT NULL,
  since        DATETIME(6)  NOT NULL COMMENT 'the place in the queue: when the caller entered it',
  requested_at DATETIME(6)  NOT NULL,
  until_at     DATETIME(6)  NOT NULL COMMENT 'when it expires',
  state        VARCHAR(16)  NOT NULL COMMENT 'WAITING, DIALLING, REACHED, ENDED',
  outcome      VARCHAR(16)  NULL COMMENT 'TALKED, SETTLED, LEFT, NOT_REACHED, EXPIRED, CANCELLED',
  attempts     INT          NOT NULL,
  made_call_id VARCHAR(128) NULL COMMENT 'the last call that was made for it',
  last_reason  VARCHAR(255) NULL COMMENT 'why the last attempt failed',
  not_before   DATETIME(6)  NULL COMMENT 'the next attempt',
  ended_at     DATETIME(6)  NULL,
  ended_by     VARCHAR(64)  NULL COMMENT 'user who cancelled it',
  PRIMARY KEY (callback_id),
  KEY callback_call (call_id),
  KEY callback_made (made_call_id),
  KEY callback_requested (requested_at, callback_id),
  KEY callback_desk (desk_id, requested_at),
  KEY callback_state (state, desk_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
