package cti.server.web.view;

import cti.core.recording.Recording;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call as screens show it: whole in every frame, so that the last one is enough.
 *
 * @param callers everybody whom the number may belong to; none is picked
 * @param phase in-flow, waiting, ringing, talking, ending, ended
 * @param position in the queue when it was entered
 * @param explanation why the rules chose the desk, for people
 * @param stale true while the link to the call's gateway is lost; the picture is that of {@code
 *     pictureAt}
 * @param recording while the talk is recorded
 * @param end only with phase ended, in the last frame of the call
 */
public record CallView(
    String id,
    String gateway,
    String direction,
    Instant startedAt,
    String callingNumber,
    String callingName,
    String dialledNumber,
    List<CallerView> callers,
    boolean lookedUp,
    String phase,
    List<KeyView> keys,
    Optional<String> desk,
    Optional<String> deskName,
    Optional<String> queue,
    Optional<Integer> position,
    Optional<String> explanation,
    Optional<String> agent,
    Optional<String> agentName,
    Optional<String> extension,
    Optional<Instant> waitingSince,
    Optional<Instant> ringingSince,
    Optional<Instant> talkingSince,
    List<VisitView> visits,
    boolean missed,
    String quality,
    boolean stale,
    Optional<Instant> pictureAt,
    Optional<LiveRecordingView> recording,
    Optional<EndView> end) {

  /**
   * The recording of the talk.
   *
   * @param state recording, paused
   * @param pausedUntil when a pause ends by itself
   */
  public record LiveRecordingView(
      String id, String state, Instant startedAt, Optional<Instant> pausedUntil) {
    static LiveRecordingView of(Recording recording) {
      return new LiveRecordingView(
          recording.id().value(),
          recording.paused() ? "paused" : "recording",
          recording.startedAt(),
          recording.pause().map(Recording.Pause::until));
    }
  }

  /** How the call ended. */
  public record EndView(Instant at, String outcome, String by) {}
}
