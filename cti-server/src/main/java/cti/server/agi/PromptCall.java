package cti.server.agi;

import cti.core.ivr.StudioPrompt;
import cti.core.port.PhonePins;
import cti.core.port.PhonePins.Check;
import cti.core.port.Prompts.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiHangupException;
import org.asteriskjava.fastagi.AgiNetworkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One administrator at a phone: number and PIN, then one prompt after the other, by its number and
 * language; listened to, recorded, heard again, kept or dropped.
 */
final class PromptCall {
  private static final Logger LOG = LoggerFactory.getLogger(PromptCall.class);
  private static final Duration KEY_WAIT = Duration.ofSeconds(8);
  private static final int LONGEST_NUMBER = 6;

  /** Listen, record, another prompt. */
  private static final String MENU_KEYS = "123";

  /** Keep, hear again, record again, drop. */
  private static final String REVIEW_KEYS = "1234";

  /** Questions that may stay without an answer, and PINs that may be wrong, in a row. */
  private static final int TRIES = 3;

  private final PromptStudio studio;
  private final CallerLine line;
  private final PromptTakes takes;
  private final String language;
  private final String caller;

  PromptCall(
      PromptStudio studio, CallerLine line, PromptTakes takes, String language, String caller) {
    this.studio = studio;
    this.line = line;
    this.takes = takes;
    this.language = language;
    this.caller = caller;
  }

  /** A step that ends the call with what is to be said. */
  private static final class Over extends Exception {
    private static final long serialVersionUID = 1L;
    private final StudioPrompt said;

    Over(StudioPrompt said) {
      super(said.id(), null, false, false);
      this.said = said;
    }
  }

  /** What is chosen. */
  private record Chosen(String id, String in) {}

  /**
   * Until nothing more is asked for.
   *
   * @return what is to be said at the end
   */
  StudioPrompt run() throws AgiException {
    try {
      String user = signIn();
      LOG.info("Prompts by phone: user={}", user);
      while (true) {
        work(choose(), user);
      }
    } catch (Over over) {
      return over.said;
    }
  }

  private String signIn() throws AgiException, Over {
    for (int i = 1; ; i++) {
      String number = digits(StudioPrompt.ASK_NUMBER, LONGEST_NUMBER);
      String pin = digits(StudioPrompt.ASK_PIN, PhonePins.MOST_DIGITS);
      switch (studio.pins().check(number, pin)) {
        case Check.Right(String user) -> {
          return user;
        }
        case Check.Locked() -> {
          LOG.warn("Prompts by phone: number {} is locked after wrong PINs", number);
          throw new Over(StudioPrompt.LOCKED);
        }
        case Check.Wrong() -> {
          LOG.warn("Prompts by phone: wrong PIN for number {}", number);
          say(StudioPrompt.WRONG);
          if (i == TRIES) {
            throw new Over(StudioPrompt.GOODBYE);
          }
        }
      }
    }
  }

  private Chosen choose() throws AgiException, Over {
    for (int i = 1; ; i++) {
      String number = digits(StudioPrompt.ASK_PROMPT, LONGEST_NUMBER);
      Optional<String> id = studio.prompts().numbered(Integer.parseInt(number));
      if (id.isPresent()) {
        return new Chosen(id.get(), key(StudioPrompt.ASK_LANGUAGE, "12").equals("1") ? "zh" : "en");
      }
      say(StudioPrompt.UNKNOWN_PROMPT);
      if (i == TRIES) {
        throw new Over(StudioPrompt.GOODBYE);
      }
    }
  }

  private void work(Chosen chosen, String user) throws AgiException, Over {
    String key = key(StudioPrompt.MENU, MENU_KEYS);
    while (!key.equals("3")) {
      Optional<String> early = Optional.empty();
      if (key.equals("1")) {
        early = listen(chosen).filter(MENU_KEYS::contains);
      } else {
        record(chosen, user);
      }
      key = early.isPresent() ? early.get() : key(StudioPrompt.MENU, MENU_KEYS);
    }
  }

  private Optional<String> listen(Chosen chosen) throws AgiException {
    try {
      return line.hear(chosen.in(), chosen.id());
    } catch (AgiHangupException | AgiNetworkException gone) {
      throw gone;
    } catch (AgiException missing) {
      say(StudioPrompt.NO_SOUND);
      return Optional.empty();
    }
  }

  private void record(Chosen chosen, String user) throws AgiException, Over {
    String key = "3";
    while (key.equals("3")) {
      say(StudioPrompt.SPEAK);
      if (!takes.record()) {
        say(StudioPrompt.NOTHING_SAID);
        return;
      }
      key = reviewed();
    }
    say(key.equals("1") ? kept(chosen, user) : StudioPrompt.DROPPED);
  }

  /** Heard as often as wanted; a key before its end counts. */
  private String reviewed() throws AgiException, Over {
    String key = "2";
    while (key.equals("2")) {
      Optional<String> early = takes.hear().filter(REVIEW_KEYS::contains);
      key = early.isPresent() ? early.get() : key(StudioPrompt.REVIEW, REVIEW_KEYS);
    }
    return key;
  }

  private StudioPrompt kept(Chosen chosen, String user) {
    Optional<byte[]> file = takes.last();
    if (file.isEmpty()) {
      return StudioPrompt.REFUSED;
    }
    return switch (studio.prompts().recorded(chosen.id(), chosen.in(), file.get(), caller, user)) {
      case Taken.Done _ -> StudioPrompt.KEPT;
      case Taken.Refused(String id, String reason, boolean _) -> {
        LOG.warn("Prompt {} ({}) is not kept: {}, {}", chosen.id(), chosen.in(), id, reason);
        yield id.equals("silent") || id.equals("audio-too-short")
            ? StudioPrompt.NOTHING_SAID
            : StudioPrompt.REFUSED;
      }
      case Taken.NoSuchPrompt _ -> StudioPrompt.UNKNOWN_PROMPT;
      case Taken.Busy() -> StudioPrompt.AWAY;
    };
  }

  private void say(StudioPrompt prompt) throws AgiException {
    line.play(language, List.of(prompt.id()));
  }

  /** One of these keys. */
  private String key(StudioPrompt question, String keys) throws AgiException, Over {
    for (int i = 1; i <= TRIES; i++) {
      Optional<String> key = line.ask(language, List.of(question.id()), KEY_WAIT);
      if (key.isPresent() && keys.contains(key.get())) {
        return key.get();
      }
      if (key.isEmpty()) {
        say(StudioPrompt.NO_INPUT);
      }
    }
    throw new Over(StudioPrompt.GOODBYE);
  }

  /**
   * Keys up to the hash, or until none comes; one more than there may be shows that it is wrong.
   */
  private String digits(StudioPrompt question, int most) throws AgiException, Over {
    for (int i = 1; i <= TRIES; i++) {
      StringBuilder keys = new StringBuilder();
      Optional<String> key = line.ask(language, List.of(question.id()), KEY_WAIT);
      while (key.isPresent() && !key.get().equals("#")) {
        if (!key.get().equals("*") && keys.length() <= most) {
          keys.append(key.get());
        }
        key = line.ask(language, List.of(), KEY_WAIT);
      }
      if (!keys.isEmpty()) {
        return keys.toString();
      }
      say(StudioPrompt.NO_INPUT);
    }
    throw new Over(StudioPrompt.GOODBYE);
  }
}
