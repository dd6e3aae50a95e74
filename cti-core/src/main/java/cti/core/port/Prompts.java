package cti.core.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What callers hear: the prompts of the manifest, and the recordings that were made of them, each a
 * version of its language. Methods block; they throw {@link StoreUnavailableException}.
 */
public interface Prompts {
  /** The version that stands for the placeholder, as it was spoken of the text. */
  int PLACEHOLDER = 0;

  /** All of the manifest, in its order. */
  List<Prompt> all();

  /** One of them; empty where the manifest has none of that id. */
  Optional<Detail> find(String id);

  /** The one that is chosen by this number at a phone. */
  Optional<String> numbered(int number);

  /**
   * Converts a file, and has it played from the next call on.
   *
   * @param file of any common format
   * @param name of the file, to be shown; at most {@link #LONGEST_NAME} characters
   * @param by the user who does it
   */
  Taken upload(String id, String language, byte[] file, Optional<String> name, String by);

  /**
   * The same of what was recorded at a phone.
   *
   * @param file what the gateway wrote
   * @param extension that called; may be empty
   */
  Taken recorded(String id, String language, byte[] file, String extension, String by);

  /** Has an earlier version played from the next call on, or the placeholder. */
  Taken use(String id, String language, int version, String by);

  /**
   * Adds a prompt to the manifest, so that flows, rules and major incidents may name it from here
   * on. Where the server can speak, its placeholder is spoken at once; else it has no sound until a
   * recording of it is made.
   *
   * @param by the user who does it
   */
  Taken add(Wording wording, String by);

  /** Gives a prompt that was added other texts, or another number. */
  Taken reword(Wording wording, String by);

  /**
   * Removes a prompt that was added, and its recordings; not while something names it.
   *
   * @return empty where that was done; else why not
   */
  Optional<Taken> remove(String id, String by);

  /** What there is to do it with. */
  Facilities facilities();

  /** Languages that each prompt must have. */
  List<String> LANGUAGES = List.of("zh", "en");

  /** Characters of a text. */
  int LONGEST_TEXT = 500;

  /** The largest number by which a prompt is chosen at a phone; the smallest is 1. */
  int LARGEST_NUMBER = 9_999;

  /**
   * What a prompt says.
   *
   * @param id as flows and rules name it: 1 to 60 of a-z 0-9 -
   * @param texts by language in the order of {@link #LANGUAGES}, each on one line of at most {@link
   *     #LONGEST_TEXT} characters
   * @param number by which it is chosen at a phone, 1 to {@link #LARGEST_NUMBER}
   */
  record Wording(String id, Map<String, String> texts, Optional<Integer> number) {
    public Wording {
      SortedMap<String, String> inOrder =
          new TreeMap<>(
              Comparator.comparing((String language) -> LANGUAGES.indexOf(language))
                  .thenComparing(Comparator.naturalOrder()));
      inOrder.putAll(texts);
      texts = Collections.unmodifiableMap(inOrder);
    }
  }

  /** Characters of a file's name. */
  int LONGEST_NAME = 120;

  /**
   * A prompt.
   *
   * @param number by which it is chosen at a phone
   * @param added on the running server: its texts can be changed, and it can be removed
   */
  record Prompt(
      String id,
      Optional<Integer> number,
      boolean added,
      List<Spoken> languages,
      List<Use> usedBy) {
    public Prompt {
      languages = List.copyOf(languages);
      usedBy = List.copyOf(usedBy);
    }
  }

  /** Where a sound came from. */
  enum Source {
    PLACEHOLDER,
    UPLOAD,
    PHONE,
    /** There is no sound. */
    NONE
  }

  /**
   * What is played of a prompt in one language.
   *
   * @param version {@link #PLACEHOLDER}, or that of the recording
   * @param since when it was chosen; empty for a placeholder that was never replaced
   * @param inPlace whether the file is where the gateway plays it
   */
  record Spoken(
      String language,
      String text,
      Source source,
      int version,
      Optional<Duration> length,
      Optional<Instant> since,
      Optional<String> by,
      boolean inPlace) {}

  /** Who plays a prompt. */
  record Use(Kind kind, String name, String place) {}

  /** What kind of thing plays a prompt. */
  enum Kind {
    /** A node of the flow in force. */
    FLOW,
    /** A target of the rules in force. */
    RULES,
    /** A major incident that is known now. */
    INCIDENT,
    /** A desk that announces its recording. */
    DESK,
    /** cti-server itself, whatever the flow. */
    SERVER,
    /** The gateway's own files. */
    GATEWAY
  }

  /** A prompt with the recordings that are kept, newest first. */
  record Detail(Prompt prompt, List<Version> versions) {
    public Detail {
      versions = List.copyOf(versions);
    }
  }

  /** A recording that is kept. */
  record Version(
      String language,
      int number,
      Source source,
      Optional<String> fileName,
      int bytes,
      Duration length,
      Instant madeAt,
      String madeBy,
      boolean inUse) {}

  /**
   * What there is to replace prompts with.
   *
   * @param folder whether the folder of prompts is configured
   * @param converter whether other formats than the gateway's own are taken
   */
  record Facilities(boolean folder, boolean converter, int mostBytes, Duration longest) {}

  /** What came of a change. */
  sealed interface Taken {
    record Done(Detail detail) implements Taken {}

    record NoSuchPrompt(String id) implements Taken {}

    /**
     * Nothing was changed.
     *
     * @param fault whether it is for what was handed in; else for how things stand
     */
    record Refused(String id, String reason, boolean fault) implements Taken {}

    /** Another file is being converted. */
    record Busy() implements Taken {}
  }
}
