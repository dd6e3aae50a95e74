package cti.core.recording;

import java.util.regex.Pattern;

/**
 * How a desk records.
 *
 * @param sharePercent of the calls, 0 to 100; counts for {@link RecordingPolicy#SHARE}
 * @param announcement the prompt of {@link RecordingPolicy#ANNOUNCED}, as in the prompt manifest
 * @param agentMayStart whether an agent may start and stop the recording of a talk
 * @param agentMayPause whether an agent may pause it, while a password is spoken
 * @param agentMayListen whether an agent may play the recordings of their own talks
 * @param retentionDays how many days a file is kept, 1 to 3,650
 */
public record RecordingRules(
    RecordingPolicy policy,
    int sharePercent,
    String announcement,
    boolean agentMayStart,
    boolean agentMayPause,
    boolean agentMayListen,
    int retentionDays) {
  private static final Pattern PROMPT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  public static final int USUAL_RETENTION_DAYS = 180;
  public static final String USUAL_ANNOUNCEMENT = "recording-announcement";

  /** What a desk does that nobody has decided about: nothing. */
  public static final RecordingRules NONE =
      new RecordingRules(
          RecordingPolicy.NONE, 0, USUAL_ANNOUNCEMENT, false, false, false, USUAL_RETENTION_DAYS);

  public RecordingRules {
    between("share in percent", sharePercent, 0, 100);
    between("retention in days", retentionDays, 1, 3_650);
    if (!PROMPT.matcher(announcement).matches()) {
      throw new IllegalArgumentException(
          "announcement is '"
              + announcement
              + "', expected the name of a prompt, such as "
              + USUAL_ANNOUNCEMENT);
    }
    if (policy == RecordingPolicy.SHARE && sharePercent == 0) {
      throw new IllegalArgumentException(
          "share is 0 percent, expected 1 to 100 for the policy share");
    }
  }

  private static void between(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " is " + value + ", expected " + least + " to " + most);
    }
  }
}
