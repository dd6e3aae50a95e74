-- Who keeps a person of the directory, and a number that grows with every change of it.

ALTER TABLE staff
  ADD COLUMN source VARCHAR(32) NOT NULL DEFAULT '' COMMENT 'who keeps the person, such as ldap; empty: by hand and by files',
  ADD KEY staff_source (source);

-- One row. Whoever writes people or sites locks it first, so that a preview is applied to what it
-- was made from, or not at all.
CREATE TABLE directory_revision (
  id       INT    NOT NULL COMMENT 'always 1',
  revision BIGINT NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
