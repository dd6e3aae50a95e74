package cti.core.routing;

import cti.core.ivr.Waiting;
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
 * @param waiting what goes with the caller into queues: {@link Waiting#text}; may be empty
 * @param flow the flow's own place
 */
public record TargetPlace(
    int version, int flowVersion, String rule, int index, String waiting, String flow) {
  private static final String MARK = "t/";
  private static final int LONGEST = 1500;
  private static final String NUMBER = "[0-9]{1,9}";

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

  /**
   * Reads what earlier releases wrote too, so that who waits during an upgrade keeps their place;
   * its flow is version 0. Empty where the text is none of ours.
   */
  public static Optional<TargetPlace> parse(String text) {
    if (!text.startsWith(MARK) || text.length() > LONGEST) {
      return Optional.empty();
    }
    String[] parts = text.split("/", 6);
    if (parts.length >= 5 && parts[1].matches(NUMBER) && !parts[4].matches(Waiting.TEXT)) {
      // As releases wrote it whose places held neither the flow's version nor what to do meanwhile.
      String[] early = text.split("/", 5);
      parts = new String[] {early[0], early[1], early[2], early[3], "", early[4]};
    }
    boolean whole =
        parts.length == 6
            && parts[1].matches(NUMBER + "([.]" + NUMBER + ")?")
            && parts[3].matches("[0-9]{1,4}")
            && parts[4].matches(Waiting.TEXT);
    if (!whole) {
      return Optional.empty();
    }
    try {
      String[] versions = parts[1].split("[.]");
      return Optional.of(
          new TargetPlace(
              Integer.parseInt(versions[0]),
              versions.length > 1 ? Integer.parseInt(versions[1]) : 0,
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
