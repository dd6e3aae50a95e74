-- PINs by which administrators are known at a phone, where they record prompts. They are short, so
-- wrong ones lock the number, each in a row for longer.

CREATE TABLE account_phone_pin (
  user_name    VARCHAR(64)  NOT NULL,
  number       INT          NOT NULL COMMENT 'what is entered before the PIN',
  pin_hash     VARCHAR(255) NOT NULL COMMENT 'Argon2id with its parameters and salt',
  failures     INT          NOT NULL COMMENT 'wrong ones in a row',
  locked_until DATETIME(6)  NULL,
  changed_at   DATETIME(6)  NOT NULL,
  PRIMARY KEY (user_name),
  UNIQUE KEY account_phone_pin_number (number),
  CONSTRAINT account_phone_pin_account FOREIGN KEY (user_name) REFERENCES account (user_name) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
