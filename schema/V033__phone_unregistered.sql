-- Why an agent is not ready whose phone, as the bridge beside it says, is not registered.

INSERT INTO pause_reason
  (reason_id, chinese, english, longest_seconds, productive, phone_key, active, ordinal)
VALUES
  ('phone-unregistered', '话机未注册', 'Phone not registered', NULL, FALSE, NULL, TRUE, 90);
