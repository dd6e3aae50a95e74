package cti.core.ivr;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node that plays prompts and waits for keys of the caller. A key during a prompt counts.
 *
 * <p>{@code keyWait} is how long to wait for a key after the last prompt, and for each further key,
 * 1 s to 60 s; {@code tries} 1 to 10, counted separately for no key and for wrong ones.
 */
public sealed interface Asking extends Node {
  Duration keyWait();

  int tries();

  /**
   * Waits for one key out of several.
   *
   * @param options keys and where they lead
   */
  record Menu(
      String id,
      List<String> prompts,
      Duration keyWait,
      int tries,
      List<Option> options,
      Map<Exit, String> exits)
      implements Asking {
    public Menu {
      prompts = List.copyOf(prompts);
      options = List.copyOf(options);
      exits = Map.copyOf(exits);
      check(id, keyWait, tries);
    }

    /** The option of a key. */
    Optional<Option> option(String key) {
      return options.stream().filter(option -> option.key().equals(key)).findFirst();
    }

    /**
     * A key of the menu.
     *
     * @param key one of 0-9 * #
     * @param choice what it means, for the rules; empty where it only leads on
     * @param language of all prompts from here on; empty to keep the one that is
     */
    public record Option(
        String key, Optional<String> choice, Optional<String> language, String to) {
      public Option {
        checkKey(key);
      }

      public Option(String key, Optional<String> choice, String to) {
        this(key, choice, Optional.empty(), to);
      }
    }
  }

  /**
   * Waits for several digits: over after {@code most} of them, or after the hash. Fewer than {@code
   * least} are no match.
   *
   * @param into the name under which they are kept, a-z 0-9 -
   */
  record Collect(
      String id,
      List<String> prompts,
      Duration keyWait,
      int tries,
      Span digits,
      String into,
      Map<Exit, String> exits)
      implements Asking {
    public Collect {
      prompts = List.copyOf(prompts);
      exits = Map.copyOf(exits);
      check(id, keyWait, tries);
      if (!into.matches("[a-z0-9-]{1,20}")) {
        throw new IllegalArgumentException(
            "'" + into + "' of collect " + id + ", expected a name of 1 to 20 of a-z 0-9 -");
      }
    }
  }

  /**
   * Waits for an employee number and makes that person the caller. One that the directory does not
   * have is no match.
   *
   * @param prefix letters that employee numbers begin with and no keypad has; may be empty
   */
  record Lookup(
      String id,
      List<String> prompts,
      Duration keyWait,
      int tries,
      Span digits,
      String prefix,
      Map<Exit, String> exits)
      implements Asking {
    public Lookup {
      prompts = List.copyOf(prompts);
      exits = Map.copyOf(exits);
      check(id, keyWait, tries);
    }
  }

  /** Waits for a mark from 1 (worst) to 5 (best), which is kept with the call. */
  record Survey(
      String id, List<String> prompts, Duration keyWait, int tries, Map<Exit, String> exits)
      implements Asking {
    public static final String MARKS = "[1-5]";

    public Survey {
      prompts = List.copyOf(prompts);
      exits = Map.copyOf(exits);
      check(id, keyWait, tries);
    }
  }

  /**
   * Where a major incident is known for this caller: plays its announcement and these prompts, and
   * waits for {@code key}, which puts the caller on the incident's list. Goes on by {@link
   * Exit#NEXT} at once where none is known, or it was told at another node of the call.
   *
   * @param key one of 0-9 * #
   */
  record Notice(
      String id,
      List<String> prompts,
      Duration keyWait,
      int tries,
      String key,
      Map<Exit, String> exits)
      implements Asking {
    public Notice {
      prompts = List.copyOf(prompts);
      exits = Map.copyOf(exits);
      check(id, keyWait, tries);
      checkKey(key);
    }
  }

  /** How many digits, 1 to 20. */
  record Span(int least, int most) {
    public Span {
      if (least < 1 || most > 20 || least > most) {
        throw new IllegalArgumentException(
            "digits are " + least + " to " + most + ", expected a span within 1 to 20");
      }
    }
  }

  private static void check(String id, Duration keyWait, int tries) {
    if (keyWait.compareTo(Duration.ofSeconds(1)) < 0
        || keyWait.compareTo(Duration.ofSeconds(60)) > 0) {
      throw new IllegalArgumentException(
          "wait of " + id + " is " + keyWait + ", expected 1 s to 60 s");
    }
    if (tries < 1 || tries > 10) {
      throw new IllegalArgumentException("tries of " + id + " is " + tries + ", expected 1 to 10");
    }
  }

  private static void checkKey(String key) {
    if (!key.matches("[0-9*#]")) {
      throw new IllegalArgumentException("key '" + key + "', expected one of 0-9 * #");
    }
  }
}
