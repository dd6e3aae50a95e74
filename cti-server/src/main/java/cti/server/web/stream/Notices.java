package cti.server.web.stream;

import cti.core.agent.AgentStatus;
import cti.core.event.AgentEvent;
import cti.core.event.AgentEvent.AgentAnswerFound;
import cti.core.event.AgentEvent.AgentBusy;
import cti.core.event.AgentEvent.AgentDeskReadiness;
import cti.core.event.AgentEvent.AgentLoggedOff;
import cti.core.event.AgentEvent.AgentLoggedOn;
import cti.core.event.AgentEvent.AgentNotReady;
import cti.core.event.AgentEvent.AgentPauseOverdue;
import cti.core.event.AgentEvent.AgentReady;
import cti.core.event.AgentEvent.AgentRingMissed;
import cti.core.event.AgentEvent.AgentStatePending;
import cti.core.event.AgentEvent.AgentTakenOver;
import cti.core.event.AgentEvent.AgentWorkingAfterCall;
import cti.core.event.AgentEvent.AgentWrapUpExtended;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import cti.server.web.http.Words;
import cti.server.web.stream.Scope.Audience;
import cti.server.web.view.NoteView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What agents and their supervisors are told expressly: states that they did not choose. */
final class Notices {
  /** Reasons of a not-ready that nobody asked for; see cti.core.engine. */
  private static final Set<String> NOT_CHOSEN =
      Set.of("ring-no-answer", "device-unavailable", "gateway-refused");

  private Notices() {}

  /** Notices that go with an event of an agent; mostly none. */
  static List<Frame> of(long seq, AgentEvent event) {
    return switch (event) {
      case AgentTakenOver e ->
          List.of(
              frame(
                  new Audience(false, Set.of(), Set.of(e.agent(), e.by())),
                  new ServerFrame.Notice(
                      seq,
                      e.at(),
                      AgentStatus.TAKEN_OVER,
                      Optional.of(e.agent().value()),
                      Optional.of(e.extension().value()),
                      Optional.of(e.by().value()),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty())));
      case AgentNotReady e ->
          NOT_CHOSEN.contains(e.reason())
              ? List.of(plain(seq, e.at(), e.agent(), e.reason(), Optional.empty()))
              : List.of();
      case AgentPauseOverdue e ->
          List.of(plain(seq, e.at(), e.agent(), "pause-overdue", Optional.of(e.reason())));
      case AgentLoggedOn _,
          AgentLoggedOff _,
          AgentReady _,
          AgentBusy _,
          AgentWorkingAfterCall _,
          AgentWrapUpExtended _,
          AgentStatePending _,
          AgentDeskReadiness _,
          AgentRingMissed _,
          AgentAnswerFound _ ->
          List.of();
    };
  }

  /** What was put right between our picture and the gateway's: for supervisors and its agent. */
  static Frame of(long seq, DriftHealed event) {
    return frame(
        event.agent().map(Audience::of).orElse(Audience.SUPERVISORS),
        new ServerFrame.Notice(
            seq,
            event.at(),
            "drift-healed",
            event.agent().map(AgentId::value),
            event.extension().map(Extension::value),
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ServerFrame.DriftView(
                    Words.of(event.kind()),
                    event.queue().map(QueueName::value),
                    event.found(),
                    event.wanted())),
            Optional.empty()));
  }

  /** Something about the server itself, for supervisors. */
  static Frame ofServer(long seq, Instant at, String kind, String reason) {
    return Frame.beside(
        seq,
        Topic.GATEWAY,
        "",
        Audience.SUPERVISORS,
        new ServerFrame.Notice(
            seq,
            at,
            kind,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(reason).filter(text -> !text.isEmpty()),
            Optional.empty(),
            Optional.empty()));
  }

  /** What somebody has to say to all, or to whoever sees one of the note's desks. */
  static Frame note(long seq, NoteView note, Set<DeskId> desks, boolean withdrawn) {
    return Frame.beside(
        seq,
        Topic.AGENTS,
        "",
        desks.isEmpty() ? Audience.EVERYBODY : new Audience(false, desks, Set.of()),
        new ServerFrame.NoteTold(seq, withdrawn, note));
  }

  /** What a supervisor did to an agent, for that agent. */
  static Frame setBy(long seq, Instant at, SetBy set) {
    return frame(
        Audience.of(set.agent()),
        new ServerFrame.Notice(
            seq,
            at,
            set.kind(),
            Optional.of(set.agent().value()),
            Optional.empty(),
            Optional.of(set.by()),
            Optional.of(set.reason()).filter(text -> !text.isEmpty()),
            Optional.empty(),
            set.text()));
  }

  /**
   * A state that somebody else gave an agent.
   *
   * @param kind set-ready, set-not-ready, set-logged-off
   * @param by the supervisor's name
   * @param reason of the state; may be empty
   * @param text what the supervisor has to say
   */
  record SetBy(AgentId agent, String kind, String by, String reason, Optional<String> text) {}

  private static Frame plain(
      long seq, Instant at, AgentId agent, String kind, Optional<String> reason) {
    return frame(
        Audience.of(agent),
        new ServerFrame.Notice(
            seq,
            at,
            kind,
            Optional.of(agent.value()),
            Optional.empty(),
            Optional.empty(),
            reason,
            Optional.empty(),
            Optional.empty()));
  }

  private static Frame frame(Audience audience, ServerFrame.Notice notice) {
    return Frame.beside(notice.seq(), Topic.AGENTS, "", audience, notice);
  }
}
