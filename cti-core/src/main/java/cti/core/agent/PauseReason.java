package cti.core.agent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Why an agent may be not ready, as the desk has it on file.
 *
 * @param id 1 to 32 small letters, digits and dashes; on record and on the gateway
 * @param chinese its name on Chinese screens, 1 to 40 characters
 * @param english its name on English screens, 1 to 40 characters
 * @param longest how long such a pause may last, 1 min to 24 h; empty for no limit
 * @param productive whether the time counts as work
 * @param key the digit by which it is chosen on a desk phone; empty where it is not
 * @param active false where it is kept for old records only
 */
public record PauseReason(
    String id,
    String chinese,
    String english,
    Optional<Duration> longest,
    boolean productive,
    Optional<Integer> key,
    boolean active) {
  private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_LIMIT = Duration.ofHours(24);

  /**
   * The id of the reason that is set when the bridge says that the agent's phone is not registered.
   */
  public static final String PHONE_UNREGISTERED = "phone-unregistered";

  /** What a new server begins with; the seed of the database says the same. */
  public static final List<PauseReason> SHIPPED =
      List.of(
          shipped("meal", "用餐", "Meal", 60, false, 1),
          shipped("break", "小休", "Break", 15, false, 2),
          shipped("meeting", "会议", "Meeting", 120, true, 3),
          shipped("training", "培训", "Training", 240, true, 4),
          shipped("follow-up", "事后处理", "Follow-up", 30, true, 5),
          shipped("field-work", "现场处理", "Field work", 240, true, 6),
          shipped("other", "其他", "Other", 30, false, 9),
          new PauseReason(
              "by-supervisor",
              "由主管设置",
              "By supervisor",
              Optional.empty(),
              false,
              Optional.empty(),
              true),
          new PauseReason(
              PHONE_UNREGISTERED,
              "话机未注册",
              "Phone not registered",
              Optional.empty(),
              false,
              Optional.empty(),
              true));

  public PauseReason {
    if (!id.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException(
          "id of a pause reason is '" + id + "', expected 1 to 32 of a-z, 0-9 and -");
    }
    named("Chinese", chinese);
    named("English", english);
    longest.ifPresent(PauseReason::checkLimit);
    key.ifPresent(
        digit -> {
          if (digit < 0 || digit > 9) {
            throw new IllegalArgumentException(
                "key of a pause reason is " + digit + ", expected 0 to 9");
          }
        });
  }

  private static void named(String language, String name) {
    if (name.isBlank() || name.length() > 40) {
      throw new IllegalArgumentException(
          language + " name of a pause reason is '" + name + "', expected 1 to 40 characters");
    }
  }

  private static void checkLimit(Duration limit) {
    if (limit.compareTo(SHORTEST_LIMIT) < 0 || limit.compareTo(LONGEST_LIMIT) > 0) {
      throw new IllegalArgumentException(
          "longest time of a pause reason is "
              + limit
              + ", expected "
              + SHORTEST_LIMIT
              + " to "
              + LONGEST_LIMIT);
    }
  }

  private static PauseReason shipped(
      String id, String chinese, String english, int minutes, boolean productive, int key) {
    return new PauseReason(
        id,
        chinese,
        english,
        Optional.of(Duration.ofMinutes(minutes)),
        productive,
        Optional.of(key),
        true);
  }
}
