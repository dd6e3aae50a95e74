-- Sites, desks and the staff directory (员工电话簿).
-- One SQL for MySQL 8.4/9 and MariaDB 11. Texts compare byte by byte (utf8mb4_bin), so that
-- identifiers are exact; a DATETIME holds UTC.

CREATE TABLE site (
  site_id        VARCHAR(32)  NOT NULL,
  name           VARCHAR(100) NOT NULL,
  kind           VARCHAR(16)  NOT NULL COMMENT 'HEADQUARTERS, FACTORY',
  area_code      VARCHAR(8)   NOT NULL COMMENT 'without the leading zero, such as 757',
  direct_prefix  VARCHAR(16)  NOT NULL COMMENT 'stands before an extension in the public number; may be empty',
  outside_prefix VARCHAR(8)   NOT NULL COMMENT 'dialled before an outside number; may be empty',
  ordinal        INT          NOT NULL COMMENT 'order of display',
  PRIMARY KEY (site_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE site_extension_range (
  site_id         VARCHAR(32) NOT NULL,
  first_extension VARCHAR(8)  NOT NULL,
  last_extension  VARCHAR(8)  NOT NULL COMMENT 'belongs to the range; as many digits as the first',
  PRIMARY KEY (site_id, first_extension, last_extension),
  CONSTRAINT site_extension_range_site FOREIGN KEY (site_id) REFERENCES site (site_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE desk (
  desk_id              VARCHAR(32)  NOT NULL,
  name                 VARCHAR(100) NOT NULL,
  site_id              VARCHAR(32)  NOT NULL,
  business_line        VARCHAR(100) NOT NULL,
  queue_name           VARCHAR(80)  NOT NULL COMMENT 'on the gateway',
  wrap_up_seconds      INT          NOT NULL,
  longest_wait_seconds INT          NOT NULL,
  ordinal              INT          NOT NULL COMMENT 'order of display',
  PRIMARY KEY (desk_id),
  UNIQUE KEY desk_queue (queue_name),
  CONSTRAINT desk_site FOREIGN KEY (site_id) REFERENCES site (site_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE staff (
  staff_id       VARCHAR(32)  NOT NULL COMMENT 'the employee number',
  name           VARCHAR(100) NOT NULL,
  department     VARCHAR(500) NOT NULL COMMENT '公司>部门>科室; may be empty',
  site_id        VARCHAR(32)  NOT NULL,
  office_address VARCHAR(200) NOT NULL,
  email          VARCHAR(254) NOT NULL,
  status         VARCHAR(16)  NOT NULL COMMENT 'ACTIVE, RETIRED, EXTERNAL',
  vip            BOOLEAN      NOT NULL,
  remark         VARCHAR(500) NOT NULL,
  PRIMARY KEY (staff_id),
  KEY staff_name (name),
  CONSTRAINT staff_site FOREIGN KEY (site_id) REFERENCES site (site_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE staff_number (
  staff_id  VARCHAR(32) NOT NULL,
  ordinal   INT         NOT NULL COMMENT 'order of the numbers of one person, from 0',
  given     VARCHAR(64) NOT NULL COMMENT 'as somebody typed it',
  kind      VARCHAR(16) NOT NULL COMMENT 'OFFICE_LINE, MOBILE',
  e164      VARCHAR(20) NULL COMMENT 'with the leading +, where it can be dialled from outside',
  extension VARCHAR(20) NULL COMMENT 'digits of an internal number',
  PRIMARY KEY (staff_id, ordinal),
  KEY staff_number_e164 (e164),
  KEY staff_number_extension (extension),
  CONSTRAINT staff_number_staff FOREIGN KEY (staff_id) REFERENCES staff (staff_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
