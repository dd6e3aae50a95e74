-- The version of the rules that a call was routed by. Why, in full, is in call_event (type Routed).

ALTER TABLE call_record
  ADD COLUMN routing_version INT NULL COMMENT 'of routing_version; NULL where no rule was asked';
