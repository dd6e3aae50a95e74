package cti.server.web.bridge;

import cti.core.bridge.Bridge;
import cti.core.bridge.PhoneReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A bridge as screens show it.
 *
 * @param computer as it calls itself, and so system and version
 * @param phone the newest report; absent where none came for a minute
 */
public record BridgeView(
    String id,
    String user,
    String agent,
    String computer,
    String system,
    String version,
    Instant pairedAt,
    Instant lastSeenAt,
    Optional<PhoneReportView> phone) {

  /**
   * How the phone does.
   *
   * @param registered absent where nobody can know
   * @param problem why it is not registered
   * @param unavailable what is done at the phone itself alone
   */
  public record PhoneReportView(
      Instant at,
      String extension,
      Optional<Boolean> registered,
      Optional<String> problem,
      Optional<AudioView> audio,
      Optional<QualityView> quality,
      Optional<PopTimesView> pops,
      List<String> unavailable) {
    public static PhoneReportView of(PhoneReport report) {
      return new PhoneReportView(
          report.at(),
          report.extension().value(),
          report.registered(),
          report.problem(),
          report.audio().map(one -> new AudioView(one.source(), one.player(), one.problem())),
          report
              .quality()
              .map(
                  one ->
                      new QualityView(
                          one.lossPermille(), one.jitterMicros(), one.roundTripMicros())),
          report.pops().map(one -> new PopTimesView(one.count(), one.p50Micros(), one.p99Micros())),
          report.unavailable());
    }
  }

  /** The sound devices; {@code problem} why there is no sound. */
  public record AudioView(String source, String player, Optional<String> problem) {}

  /** Of the newest call. */
  public record QualityView(long lossPermille, long jitterMicros, long roundTripMicros) {}

  /** From the ring to the begin of the screen-pop. */
  public record PopTimesView(long count, long p50Micros, long p99Micros) {}

  static BridgeView of(Bridge bridge, Optional<PhoneReport> report) {
    return new BridgeView(
        bridge.id().value(),
        bridge.user(),
        bridge.agent().value(),
        bridge.computer().name(),
        bridge.computer().system(),
        bridge.computer().version(),
        bridge.pairedAt(),
        bridge.lastSeenAt(),
        report.map(PhoneReportView::of));
  }
}
