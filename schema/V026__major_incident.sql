-- Known major incidents: what callers of a site or a service hear, and whether they may be added.

CREATE TABLE major_incident (
  notice_id    BIGINT       NOT NULL AUTO_INCREMENT,
  title        VARCHAR(200) NOT NULL,
  prompt       VARCHAR(60)  NOT NULL COMMENT 'an id of the manifest',
  sites        VARCHAR(500) NOT NULL COMMENT 'ids separated by blanks; empty for every site',
  services     VARCHAR(500) NOT NULL COMMENT 'choices of the flow; empty for every one',
  incident_id  VARCHAR(64)  NULL COMMENT 'the ticket to which callers are added; NULL: only told',
  begins_at    DATETIME(6)  NOT NULL,
  ends_at      DATETIME(6)  NULL,
  author       VARCHAR(64)  NOT NULL,
  changed_at   DATETIME(6)  NOT NULL,
  ended_by     VARCHAR(64)  NULL,
  PRIMARY KEY (notice_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
