package cti.core.ivr;

import java.util.Locale;

/** What somebody hears who is called back; each is a prompt of the manifest. */
public enum CallbackPrompt {
  /** Who calls, and why. */
  GREETING,
  /** How to say that one is there. */
  PRESS_ONE;

  /** The id in the manifest, such as callback-greeting. */
  public String id() {
    return "callback-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
