-- Playbacks and other acts on recordings and messages, and changes of rules for agents, are lines of the
-- chained audit log too; the number of a recording is longer than what stood there before.

ALTER TABLE audit_log MODIFY subject VARCHAR(230) NOT NULL COMMENT 'kind, a blank, id: staff E0001';
