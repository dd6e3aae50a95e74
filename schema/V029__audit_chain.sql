-- Lines of the audit log are chained: each holds a hash of itself and of the one before it, so that a
-- line that was changed, put in or taken out shows (cti.server.db.audit.AuditChain). Lines from before
-- this version have none and stand before the chain.

ALTER TABLE audit_log ADD COLUMN chain_hash CHAR(64) NULL COMMENT 'SHA-256 of the line and of the hash before it, hexadecimal; NULL before the chain begins';

-- The end of the chain: one row, locked by whoever writes a line, so that lines are chained in order.
CREATE TABLE audit_chain (
  chain_id   TINYINT  NOT NULL COMMENT 'always 1',
  last_hash  CHAR(64) NOT NULL COMMENT '64 zeros before the first line',
  line_count BIGINT   NOT NULL COMMENT 'lines of the chain so far',
  PRIMARY KEY (chain_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO audit_chain (chain_id, last_hash, line_count)
VALUES (1, '0000000000000000000000000000000000000000000000000000000000000000', 0);
