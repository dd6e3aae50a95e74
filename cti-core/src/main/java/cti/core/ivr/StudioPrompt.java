package cti.core.ivr;

import java.util.Locale;

/** What an administrator hears who records prompts at a phone; each is a prompt of the manifest. */
public enum StudioPrompt {
  ASK_NUMBER,
  ASK_PIN,
  /** The number or the PIN is wrong: which one is not told. */
  WRONG,
  LOCKED,
  /** Which prompt, by its number. */
  ASK_PROMPT,
  UNKNOWN_PROMPT,
  ASK_LANGUAGE,
  /** Listen, record, another one. */
  MENU,
  NO_SOUND,
  /** Speak after the tone. */
  SPEAK,
  /** Nothing was said. */
  NOTHING_SAID,
  /** Keep, hear again, once more, drop. */
  REVIEW,
  KEPT,
  DROPPED,
  /** It cannot be kept. */
  REFUSED,
  NO_INPUT,
  AWAY,
  GOODBYE;

  /** The id in the manifest, such as studio-ask-pin. */
  public String id() {
    return "studio-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
