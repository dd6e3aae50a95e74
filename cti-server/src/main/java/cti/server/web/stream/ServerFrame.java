package cti.server.web.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import cti.server.web.view.AgentView;
import cti.server.web.view.CallView;
import cti.server.web.view.DeskView;
import cti.server.web.view.GatewayView;
import cti.server.web.view.ListeningView;
import cti.server.web.view.MissedCaseView;
import cti.server.web.view.NoteView;
import cti.server.web.view.OpenCasesView;
import cti.server.web.view.PopView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the server sends on a stream; the field {@code type} says which, see docs/api/stream.md. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ServerFrame.Snapshot.class, name = "snapshot"),
  @JsonSubTypes.Type(value = ServerFrame.Live.class, name = "live"),
  @JsonSubTypes.Type(value = ServerFrame.CallChanged.class, name = "call"),
  @JsonSubTypes.Type(value = ServerFrame.AgentChanged.class, name = "agent"),
  @JsonSubTypes.Type(value = ServerFrame.GatewayChanged.class, name = "gateway"),
  @JsonSubTypes.Type(value = ServerFrame.Changes.class, name = "changes"),
  @JsonSubTypes.Type(value = ServerFrame.Pop.class, name = "pop"),
  @JsonSubTypes.Type(value = ServerFrame.PopEnded.class, name = "popEnded"),
  @JsonSubTypes.Type(value = ServerFrame.Notice.class, name = "notice"),
  @JsonSubTypes.Type(value = ServerFrame.CaseChanged.class, name = "missedCase"),
  @JsonSubTypes.Type(value = ServerFrame.CasesOpen.class, name = "missedCases"),
  @JsonSubTypes.Type(value = ServerFrame.ListeningChanged.class, name = "listening"),
  @JsonSubTypes.Type(value = ServerFrame.NoteTold.class, name = "note"),
  @JsonSubTypes.Type(value = ServerFrame.CommandReply.class, name = "reply"),
  @JsonSubTypes.Type(value = ServerFrame.Pong.class, name = "pong"),
  @JsonSubTypes.Type(value = ServerFrame.Fault.class, name = "error")
})
public sealed interface ServerFrame {
  /**
   * The whole picture of the topics that were subscribed to, as of {@code seq}. {@link Snapshots}
   * writes it.
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Snapshot(
      String epoch,
      long seq,
      Instant at,
      List<CallView> calls,
      List<AgentView> agents,
      List<DeskView> desks,
      List<GatewayView> gateways,
      List<PopView> pops,
      List<ListeningView> listenings,
      Optional<OpenCasesView> missedCases)
      implements ServerFrame {}

  /** From here on frames are news. {@code replayed} frames were sent instead of a snapshot. */
  record Live(String epoch, long seq, Instant at, boolean resumed, int replayed)
      implements ServerFrame {}

  /** Something happened to a call; its whole view. {@code event} is the name of the event. */
  record CallChanged(long seq, String event, String cause, CallView call) implements ServerFrame {}

  record AgentChanged(long seq, String event, AgentView agent) implements ServerFrame {}

  /**
   * A link was lost or is back; the views that look different because of it. {@link GatewayNews}
   * writes it.
   */
  record GatewayChanged(
      long seq, String event, GatewayView gateway, List<AgentView> agents, List<CallView> calls)
      implements ServerFrame {}

  /**
   * What happened after record {@code after} up to {@code seq}: of each call and agent only the
   * newest frame, in the order of their records. {@link Parcel} writes it.
   */
  record Changes(long after, long seq, List<ServerFrame> frames) implements ServerFrame {}

  record Pop(long seq, PopView pop) implements ServerFrame {}

  /** The ring ended without talk. */
  record PopEnded(long seq, String id, String call, String agent, String outcome)
      implements ServerFrame {}

  /**
   * Something that an agent and their supervisors should be told besides the state that it leads
   * to.
   *
   * @param kind taken-over, ring-no-answer, device-unavailable, gateway-refused, pause-overdue,
   *     drift-healed, disk-normal, disk-warn or disk-critical; set-ready, set-not-ready or
   *     set-logged-off where a supervisor did that to the agent
   * @param agent whom it is about; absent where nobody is known for it
   * @param by with taken-over: who took the extension; with set-…: the supervisor's name
   * @param reason with pause-overdue: of the pause; with disk-warn and disk-critical: the figure
   * @param drift with drift-healed
   * @param text with set-…: what the supervisor has to say about it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Notice(
      long seq,
      Instant at,
      String kind,
      Optional<String> agent,
      Optional<String> extension,
      Optional<String> by,
      Optional<String> reason,
      Optional<DriftView> drift,
      Optional<String> text)
      implements ServerFrame {}

  /**
   * What the watchdog put right.
   *
   * @param what such as member-missing or device-state
   * @param found what the gateway had
   * @param wanted what it was put to
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record DriftView(String what, Optional<String> queue, String found, String wanted) {}

  /** A supervisor's phone rings, hears a talk, hears it in another way, or does no longer. */
  record ListeningChanged(long seq, String event, ListeningView listening) implements ServerFrame {}

  /** Somebody has something to say to the desks, or says it no longer. */
  record NoteTold(long seq, boolean withdrawn, NoteView note) implements ServerFrame {}

  /** A missed case was made or changed; without {@code missedCase} where there is none such now. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record CaseChanged(long seq, String id, Optional<MissedCaseView> missedCase)
      implements ServerFrame {}

  /**
   * How many missed cases are open.
   *
   * @param more whether more cases changed than were told one by one: the list tells them
   */
  record CasesOpen(long seq, boolean more, OpenCasesView missedCases) implements ServerFrame {}

  /** The answer to a command; {@code refusal} where it is not ok. */
  record CommandReply(String id, boolean ok, Optional<Refused> refusal) implements ServerFrame {}

  /** See {@link cti.core.engine.Reply.Refusal}. */
  record Refused(String id, String message) {}

  record Pong(Instant at) implements ServerFrame {}

  /** What was wrong, before the stream is closed with {@code code}. */
  record Fault(int code, String title, String detail) implements ServerFrame {}
}
