-- Prompts that administrators added to the manifest on the running server (docs/ivr.md). Their recordings are
-- in prompt_recording, like those of every prompt.

CREATE TABLE prompt_added (
  prompt_id  VARCHAR(60)  NOT NULL COMMENT 'as flows and rules name it',
  text_zh    VARCHAR(500) NOT NULL,
  text_en    VARCHAR(500) NOT NULL,
  number     INT          NULL COMMENT 'by which it is chosen at a phone',
  changed_at DATETIME(6)  NOT NULL,
  changed_by VARCHAR(64)  NOT NULL COMMENT 'user name',
  PRIMARY KEY (prompt_id),
  UNIQUE KEY prompt_added_number (number)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
