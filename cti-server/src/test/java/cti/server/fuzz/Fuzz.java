package cti.server.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damage to what a peer may send, by a seed: the same seed damages the same. The seed and the
 * number of rounds come from {@code -Dcti.fuzz.seed} and {@code -Dcti.fuzz.rounds}; without them a
 * run is the same everywhere, so that a failure in CI is found again on any machine.
 */
public final class Fuzz {
  private static final long USUAL_SEED = 20261121;
  private static final int MOST_DAMAGES = 8;
  private static final int SHOWN_BYTES = 400;

  private final long seed;
  private final int rounds;
  private final List<byte[]> tokens;

  /**
   * @param rounds where {@code cti.fuzz.rounds} says nothing
   * @param tokens pieces that mean something to the protocol, put in at random places
   */
  public Fuzz(int rounds, String... tokens) {
    this.seed = Long.getLong("cti.fuzz.seed", USUAL_SEED);
    this.rounds = Integer.getInteger("cti.fuzz.rounds", rounds);
    this.tokens =
        Arrays.stream(tokens).map(token -> token.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** One round with its own random numbers. */
  @FunctionalInterface
  public interface Round {
    void play(Random random) throws Exception;
  }

  /** Plays every round; a failure names the seed and the round that show it again. */
  public void run(Round round) {
    for (int number = 0; number < rounds; number++) {
      try {
        round.play(new Random(seed * 1_000_003 + number));
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "round " + number + " of -Dcti.fuzz.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** The bytes with one to eight damages. */
  public byte[] damaged(byte[] bytes, Random random) {
    byte[] out = bytes;
    for (int i = 1 + random.nextInt(MOST_DAMAGES); i > 0; i--) {
      out = once(out, random);
    }
    return out;
  }

  private byte[] once(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return noise(random, 16);
    }
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
    return switch (random.nextInt(11)) {
      case 0 -> flipped(bytes, at, random);
      case 1 -> spliced(bytes, at, 0, noise(random, 1 + random.nextInt(30)));
      case 2 -> spliced(bytes, at, length, new byte[0]);
      case 3 -> Arrays.copyOf(bytes, at);
      case 4 -> spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
      case 5 -> spliced(bytes, at, 0, token(random));
      case 6 -> spliced(bytes, at, length, token(random));
      case 7 -> spliced(bytes, lineStart(bytes, at), 0, token(random));
      case 8, 9 -> valueReplaced(bytes, at, random);
      default -> lineMoved(bytes, random);
    };
  }

  private static byte[] flipped(byte[] bytes, int at, Random random) {
    byte[] out = bytes.clone();
    out[at] = (byte) (out[at] ^ (1 << random.nextInt(8)));
    return out;
  }

  private static int lineStart(byte[] bytes, int at) {
    int start = at;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  /** What follows the colon of a line, where it has one, becomes a token. */
  private byte[] valueReplaced(byte[] bytes, int at, Random random) {
    int colon = lineStart(bytes, at);
    while (colon < bytes.length && bytes[colon] != ':' && bytes[colon] != '\n') {
      colon++;
    }
    if (colon == bytes.length || bytes[colon] == '\n') {
      return bytes;
    }
    int end = colon;
    while (end < bytes.length && bytes[end] != '\r' && bytes[end] != '\n') {
      end++;
    }
    byte[] value = joined(List.of(new byte[] {' '}, token(random)));
    return spliced(bytes, colon + 1, end - colon - 1, value);
  }

  /** A line that is said twice, or not at all, or at the end. */
  private static byte[] lineMoved(byte[] bytes, Random random) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i + 1));
        start = i + 1;
      }
    }
    lines.add(Arrays.copyOfRange(bytes, start, bytes.length));
    byte[] line = lines.get(random.nextInt(lines.size()));
    switch (random.nextInt(3)) {
      case 0 -> lines.remove(line);
      case 1 -> lines.add(random.nextInt(lines.size()), line);
      default -> {
        lines.remove(line);
        lines.add(line);
      }
    }
    return joined(lines);
  }

  private byte[] token(Random random) {
    return tokens.isEmpty() ? noise(random, 8) : tokens.get(random.nextInt(tokens.size()));
  }

  private static byte[] noise(Random random, int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] spliced(byte[] bytes, int at, int without, byte[] with) {
    return joined(
        List.of(
            Arrays.copyOf(bytes, at), with, Arrays.copyOfRange(bytes, at + without, bytes.length)));
  }

  private static byte[] joined(List<byte[]> parts) {
    byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** For a failure's message: printable, and not endless. */
  public static String shown(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, SHOWN_BYTES); i++) {
      int b = bytes[i] & 0xff;
      if (b == '\r') {
        out.append("\\r");
      } else if (b == '\n') {
        out.append("\\n");
      } else if (b < ' ' || b > '~') {
        out.append("\\x%02x".formatted(b));
      } else {
        out.append((char) b);
      }
    }
    return bytes.length > SHOWN_BYTES ? out + "… (" + bytes.length + " bytes)" : out.toString();
  }
}
