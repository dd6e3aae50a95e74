package cti.core.ivr;

import java.util.Locale;

/**
 * What an agent hears who uses a feature code on a desk phone; each is a prompt of the manifest.
 */
public enum PhonePrompt {
  ASK_AGENT_NUMBER,
  ASK_PIN,
  ASK_TAKE_OVER,
  ASK_PAUSE_REASON,
  LOGGED_ON,
  LOGGED_OFF,
  READY,
  NOT_READY,
  WRAP_UP_EXTENDED,
  AFTER_THE_CALL,
  UNKNOWN_AGENT,
  WRONG_PIN,
  PIN_LOCKED,
  NO_PIN,
  NO_EXTENSION,
  NOT_LOGGED_ON,
  LOGGED_ON_ELSEWHERE,
  EXTENSION_IN_CALL,
  UNKNOWN_REASON,
  NO_WRAP_UP,
  NO_MORE_WRAP_UP,
  NO_INPUT,
  REFUSED,
  AWAY;

  /** The id in the manifest, such as phone-logged-on. */
  public String id() {
    return "phone-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
