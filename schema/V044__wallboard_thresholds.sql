-- From when on a desk is yellow and red on the wallboard. A desk without a row has the usual ones.

CREATE TABLE wallboard_threshold (
  desk_id        VARCHAR(32) NOT NULL,
  wait_yellow_s  INT         NOT NULL COMMENT 'the longest wait from which the desk is yellow; seconds',
  wait_red_s     INT         NOT NULL COMMENT 'the longest wait from which it is red; seconds',
  waiting_yellow INT         NOT NULL COMMENT 'how many wait when it is yellow; 0: their number does not matter',
  waiting_red    INT         NOT NULL COMMENT 'how many wait when it is red; 0: their number does not matter',
  changed_at     DATETIME(6) NOT NULL,
  changed_by     VARCHAR(64) NOT NULL,
  PRIMARY KEY (desk_id),
  CONSTRAINT wallboard_threshold_desk FOREIGN KEY (desk_id) REFERENCES desk (desk_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
