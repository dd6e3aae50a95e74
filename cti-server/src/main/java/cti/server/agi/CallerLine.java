package cti.server.agi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiHangupException;
import org.asteriskjava.fastagi.command.AbstractAgiCommand;
import org.asteriskjava.fastagi.command.AgiCommand;
import org.asteriskjava.fastagi.command.AnswerCommand;
import org.asteriskjava.fastagi.command.ChannelStatusCommand;
import org.asteriskjava.fastagi.command.ExecCommand;
import org.asteriskjava.fastagi.command.GetFullVariableCommand;
import org.asteriskjava.fastagi.command.StreamFileCommand;
import org.asteriskjava.fastagi.command.WaitForDigitCommand;
import org.asteriskjava.fastagi.reply.AgiReply;

/**
 * The caller's channel as the flow sees it, whatever its technology. Every method throws {@link
 * AgiHangupException} once the caller is gone, in whatever way Asterisk says so (result -1, HANGUP,
 * 511, a closed socket), and another {@link AgiException} where the gateway cannot do what was
 * asked.
 *
 * <p>A tone that an analogue line cuts in two is heard as two keys: the same key again within
 * {@link #DOUBLED} of the last one is that tone. Nobody presses a key twice so fast.
 */
final class CallerLine {
  /** Two presses by hand are at least 150 ms apart; the halves of a cut tone far less. */
  static final Duration DOUBLED = Duration.ofMillis(100);

  private static final String ALL_KEYS = "0123456789*#";

  /** Nothing that MSet takes for an end or a quote. */
  private static final Pattern IN_A_LIST = Pattern.compile("[A-Za-z0-9_./%+*-]*");

  /** What a message ends with that nobody ends by a key: so much silence. */
  private static final int SILENCE_SECONDS = 5;

  /** 8 kHz, 16 bit, and the head of a WAV file. */
  private static final long BYTES_OF_A_SECOND = 16_000;

  private static final long HEAD = 44;

  private final AgiChannel channel;
  private final LongSupplier nanoTime;
  private String lastKey = "";
  private long lastKeyNanos;

  /**
   * @param nanoTime a monotonic clock in nanoseconds
   */
  CallerLine(AgiChannel channel, LongSupplier nanoTime) {
    this.channel = channel;
    this.nanoTime = nanoTime;
  }

  void answer() throws AgiException {
    run(new AnswerCommand());
  }

  void setVariable(String name, String value) throws AgiException {
    run(new Plain("SET VARIABLE " + quoted(name) + " " + quoted(value)));
  }

  /**
   * Sets several, in their order, by one command where their values can stand in a list: a round
   * trip wakes two threads here and one of the gateway.
   */
  void setVariables(SequencedMap<String, String> variables) throws AgiException {
    if (variables.values().stream().allMatch(value -> IN_A_LIST.matcher(value).matches())) {
      List<String> pairs =
          variables.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList();
      run(new Plain("EXEC \"MSet\" " + quoted(String.join(",", pairs))));
    } else {
      for (Map.Entry<String, String> one : variables.entrySet()) {
        setVariable(one.getKey(), one.getValue());
      }
    }
  }

  /** A value of the channel such as {@code CHANNEL(linkedid)}; empty where it has none. */
  Optional<String> variable(String name) throws AgiException {
    AgiReply reply = channel.sendCommand(new GetFullVariableCommand("${" + name + "}"));
    return reply.getResultCode() == 1 ? Optional.ofNullable(reply.getExtra()) : Optional.empty();
  }

  /** Plays prompts to their end; keys mean nothing. */
  void play(String language, List<String> prompts) throws AgiException {
    for (String prompt : prompts) {
      stream(language, prompt, "");
    }
  }

  /** Plays prompts and waits for one key, which may come during a prompt. */
  Optional<String> ask(String language, List<String> prompts, Duration keyWait)
      throws AgiException {
    for (String prompt : prompts) {
      Optional<String> key = stream(language, prompt, ALL_KEYS);
      if (key.isPresent() && !isSecondHalf(key.get())) {
        return key;
      }
    }
    long deadline = nanoTime.getAsLong() + keyWait.toNanos();
    long left = keyWait.toMillis();
    while (true) {
      Optional<String> key = key(run(new WaitForDigitCommand(Math.max(1, left))));
      if (key.isEmpty() || !isSecondHalf(key.get())) {
        return key;
      }
      left = (deadline - nanoTime.getAsLong()) / 1_000_000;
    }
  }

  /** Whether a key is the rest of the tone before it; notes it as the last one in any case. */
  private boolean isSecondHalf(String key) {
    long now = nanoTime.getAsLong();
    boolean again = key.equals(lastKey) && now - lastKeyNanos < DOUBLED.toNanos();
    lastKey = key;
    lastKeyNanos = now;
    return again;
  }

  /**
   * Records what the caller says after a tone, until the hash, 5 s of silence, or the limit.
   *
   * @param file whole path on the gateway, with .wav
   * @param least what counts as said
   * @return whether anything was said: at least so much of it
   */
  boolean record(String file, Duration longest, Duration least) throws AgiException {
    // k: what was said before a hang-up is kept.
    int result =
        send(
            new ExecCommand(
                "Record",
                file,
                Integer.toString(SILENCE_SECONDS),
                Long.toString(longest.toSeconds()),
                "k"));
    if (result == -2) {
      throw new AgiException("the gateway has no application Record");
    }
    if (result < 0) {
      throw new AgiHangupException();
    }
    if (variable("RECORD_STATUS").orElse("").equals("ERROR")) {
      throw new AgiException("the gateway cannot record into " + file);
    }
    long bytes =
        variable("STAT(s," + file + ")")
            .filter(size -> size.matches("[0-9]{1,12}"))
            .map(Long::parseLong)
            .orElse(0L);
    return bytes >= HEAD + BYTES_OF_A_SECOND * least.toMillis() / 1_000;
  }

  /** Plays a prompt until a key is pressed, which is returned. */
  Optional<String> hear(String language, String prompt) throws AgiException {
    return stream(language, prompt, ALL_KEYS);
  }

  /**
   * The same of a file that is no prompt.
   *
   * @param file whole path on the gateway, with .wav
   */
  Optional<String> hearFile(String file) throws AgiException {
    return streamFile(file.substring(0, file.length() - ".wav".length()), ALL_KEYS);
  }

  private Optional<String> stream(String language, String prompt, String keys) throws AgiException {
    return streamFile("cti/" + language + "/" + prompt, keys);
  }

  private Optional<String> streamFile(String file, String keys) throws AgiException {
    int result = send(new StreamFileCommand(file, keys));
    if (result < 0) {
      // A file that is not there gives -1 too (handle_streamfile in res_agi.c).
      run(new ChannelStatusCommand());
      throw new AgiException("prompt " + file + " cannot be played: is the file there?");
    }
    return key(result);
  }

  private static Optional<String> key(int result) {
    return result == 0 ? Optional.empty() : Optional.of(String.valueOf((char) result));
  }

  /** Sends a command that only fails when the caller is gone. */
  private int run(AgiCommand command) throws AgiException {
    int result = send(command);
    if (result < 0) {
      throw new AgiHangupException();
    }
    return result;
  }

  /**
   * A command whose text is made already: asterisk-java compiles two regular expressions for each
   * word that it quotes, a twentieth of what a call took.
   */
  private static final class Plain extends AbstractAgiCommand {
    private static final long serialVersionUID = 1L;
    private final String text;

    private Plain(String text) {
      this.text = text;
    }

    @Override
    public String buildCommand() {
      return text;
    }
  }

  /** As asterisk-java quotes it: a line end would be another command. */
  private static String quoted(String word) {
    StringBuilder quoted = new StringBuilder(word.length() + 2).append('"');
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      if (c != '\n') {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private int send(AgiCommand command) throws AgiException {
    return channel.sendCommand(command).getResultCode();
  }
}
