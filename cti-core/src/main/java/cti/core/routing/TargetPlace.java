package cti.core.routing;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a call left for one of its targets, as text that fits a channel variable: it comes back
 * with what became of the target. Wraps the flow's own place.
 *
 * @param version of the rules, which the call keeps
 * @param flowVersion of the flow, which the call keeps
 * @param rule that won; empty where the flow itself named the desk
 * @param index of the target, from 0
 * @param waiting keys that leave the queue, and a c at the end where the flow goes on after the
 *     talk
 * @param flow the flow's own place
 */
public record TargetPlace(
    int version, int flowVersion, String rule, int index, String waiting, String flow) {
  private static final String MARK = "t/";
  private static final int LONGEST = 1500;

  /** Parts with / between; safe in Asterisk's dialplan (no comma, no quote, no dollar). */
  public String text() {
    return MARK
        + version
        + "."
        + flowVersion
        + "/"
        + URLEncoder.encode(rule, StandardCharsets.UTF_8)
        + "/"
        + index
        + "/"
        + waiting
        + "/"
        + flow;
  }

  /** Empty where the text is none of ours. */
  public static Optional<TargetPlace> parse(String text) {
    if (!text.startsWith(MARK) || text.length() > LONGEST) {
      return Optional.empty();
    }
    String[] parts = text.split("/", 6);
    boolean whole =
        parts.length == 6
            && parts[1].matches("[0-9]{1,9}\\.[0-9]{1,9}")
            && parts[3].matches("[0-9]{1,4}")
            && parts[4].matches("[0-9*#]*c?");
    if (!whole) {
      return Optional.empty();
    }
    try {
      int dot = parts[1].indexOf('.');
      return Optional.of(
          new TargetPlace(
              Integer.parseInt(parts[1].substring(0, dot)),
              Integer.parseInt(parts[1].substring(dot + 1)),
              URLDecoder.decode(parts[2], StandardCharsets.UTF_8),
              Integer.parseInt(parts[3]),
              parts[4],
              parts[5]));
    } catch (IllegalArgumentException broken) {
      // Not ours: a broken escape.
      return Optional.empty();
    }
  }
}
