-- Agents and the desks that they may log on to.

CREATE TABLE agent (
  agent_id VARCHAR(32)  NOT NULL,
  name     VARCHAR(100) NOT NULL,
  PRIMARY KEY (agent_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE agent_seat (
  agent_id  VARCHAR(32) NOT NULL,
  desk_id   VARCHAR(32) NOT NULL,
  seat_role VARCHAR(8)  NOT NULL COMMENT 'A is tried first, B when A does not answer or is away',
  PRIMARY KEY (agent_id, desk_id),
  KEY agent_seat_desk (desk_id),
  CONSTRAINT agent_seat_agent FOREIGN KEY (agent_id) REFERENCES agent (agent_id) ON DELETE CASCADE,
  CONSTRAINT agent_seat_desk FOREIGN KEY (desk_id) REFERENCES desk (desk_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
