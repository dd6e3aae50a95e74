package cti.server.web.view;

import cti.core.agent.Agent;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.recording.Recording;
import cti.core.recording.StoredRecording;
import cti.core.recording.StoredRecording.Audio;
import cti.server.web.http.Words;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A recording on record.
 *
 * @param state recording, stopped (the file was not looked at yet), stored, missing, deleting,
 *     deleted
 * @param audio where it is played, for whoever may
 * @param fault what is wrong with the file; absent where nothing is
 */
public record RecordingView(
    String id,
    String call,
    Optional<String> agent,
    Optional<String> agentName,
    Optional<String> desk,
    Optional<String> deskName,
    Instant startedAt,
    Optional<Instant> stoppedAt,
    List<PauseView> pauses,
    String state,
    Optional<String> audio,
    Optional<Long> bytes,
    Optional<Long> milliseconds,
    Optional<String> sha256,
    Optional<String> fault,
    boolean legalHold,
    Optional<Instant> deletedAt) {

  /** Silence in place of the talk; without {@code to} while it lasts. */
  public record PauseView(Instant from, Optional<Instant> to) {}

  public static RecordingView of(StoredRecording stored, Views views, boolean playable) {
    Recording recording = stored.recording();
    Optional<AgentId> agent = recording.talk().agent();
    Optional<DeskId> desk = recording.talk().desk();
    return new RecordingView(
        recording.id().value(),
        recording.talk().call().value(),
        agent.map(AgentId::value),
        agent.map(id -> views.agent(id).map(Agent::name).orElse(id.value())),
        desk.map(DeskId::value),
        views.deskName(desk),
        recording.startedAt(),
        recording.stoppedAt(),
        recording.pauses().stream().map(pause -> new PauseView(pause.from(), pause.to())).toList(),
        Words.of(stored.state()),
        playable ? Optional.of(path(recording) + "/audio") : Optional.empty(),
        stored.audio().map(Audio::bytes),
        stored.audio().map(Audio::length).map(Duration::toMillis),
        stored.audio().map(Audio::sha256),
        stored.audio().map(Audio::fault).filter(text -> !text.isEmpty()),
        stored.legalHold(),
        stored.deletedAt());
  }

  private static String path(Recording recording) {
    return "/api/v1/recordings/"
        + URLEncoder.encode(recording.id().value(), StandardCharsets.UTF_8);
  }
}
