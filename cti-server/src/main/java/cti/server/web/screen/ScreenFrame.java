package cti.server.web.screen;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import cti.core.stats.DeskThresholds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a big screen is told, whole each time: the last frame is enough.
 *
 * @param until when the link expires
 * @param gatewayLive false while what is shown is as old as {@code pictureAt}
 * @param agents empty where the link may not show them
 * @param waiting empty where the link may show neither names nor numbers
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonTypeName("screen")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ScreenFrame(
    Instant at,
    String title,
    Instant until,
    boolean gatewayLive,
    Optional<Instant> pictureAt,
    List<Desk> desks,
    List<AtDesk> agents,
    List<Waits> waiting) {

  /** The same at another moment. */
  ScreenFrame at(Instant moment) {
    return new ScreenFrame(moment, title, until, gatewayLive, pictureAt, desks, agents, waiting);
  }

  /**
   * A desk.
   *
   * @param waitsSince since when the one waits who waits longest
   * @param today absent until it was counted
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Desk(
      String id,
      String name,
      int waiting,
      Optional<Instant> waitsSince,
      int talking,
      int ready,
      int busy,
      int wrapUp,
      int notReady,
      Colours colours,
      Optional<Today> today) {}

  /** From when on a desk is yellow and red; a number of waiting of 0 does not matter. */
  public record Colours(
      long waitYellowSeconds, long waitRedSeconds, int waitingYellow, int waitingRed) {
    static Colours of(DeskThresholds thresholds) {
      return new Colours(
          thresholds.waitYellow().toSeconds(),
          thresholds.waitRed().toSeconds(),
          thresholds.waitingYellow(),
          thresholds.waitingRed());
    }
  }

  /**
   * Today's figures; shares from 0 to 1, absent where the whole is zero.
   *
   * @param formula of the service level
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Today(
      long answered,
      long agentNoAnswer,
      long queueMissed,
      Optional<Double> answerRate,
      Optional<Double> serviceLevel,
      String formula) {}

  /** An agent who is logged on to one of the desks. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record AtDesk(
      String name, String state, String reason, Optional<Instant> since, List<String> desks) {}

  /** A caller who waits, as far as the link may show them. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Waits(
      String desk, Optional<String> name, Optional<String> number, Instant since, boolean rings) {}
}
