package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.event.SupervisorEvent;
import cti.core.event.SupervisorEvent.CallerMoved;
import cti.core.event.SupervisorEvent.ListeningAsked;
import cti.core.event.SupervisorEvent.ListeningEnded;
import cti.core.event.SupervisorEvent.ListeningHeard;
import cti.core.id.DeskId;
import cti.core.id.ListeningId;
import cti.server.web.http.Words;
import cti.server.web.view.Views;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a supervisor did in a call.
 *
 * @param what listening, moved
 * @param user of the supervisor
 * @param by the supervisor's name
 * @param agent who was listened to, or to whom the caller was moved
 * @param modes of a listening, in order: listen, whisper, barge; empty where it was never heard
 * @param until when a listening ended
 * @param end of a listening: over, not-answered, refused, unseen
 * @param told whether the agent was told
 * @param fromDesk where the caller waited
 * @param toDesk where they were moved
 * @param first whether before all others there
 */
record SupervisionView(
    Instant at,
    String what,
    String user,
    String by,
    Optional<String> agent,
    Optional<String> agentName,
    List<String> modes,
    Optional<Instant> until,
    Optional<String> end,
    boolean told,
    Optional<String> fromDesk,
    Optional<String> toDesk,
    boolean first,
    String reason) {

  /**
   * Those that an account sees: supervisors and auditors all; others the moves, and who listened to
   * them where they were told.
   */
  static List<SupervisionView> of(List<SupervisorEvent> events, Account account, Views views) {
    boolean oversees = account.role().maySee(Role.SUPERVISOR);
    Map<ListeningId, SupervisionView> listenings = new LinkedHashMap<>();
    List<SupervisionView> all = new ArrayList<>();
    for (SupervisorEvent event : events) {
      switch (event) {
        case ListeningAsked e -> {
          boolean own = account.agent().equals(Optional.of(e.agent()));
          if (oversees || own && e.told()) {
            listenings.put(e.listening(), asked(e, views));
          }
        }
        case ListeningHeard e ->
            listenings.computeIfPresent(e.listening(), (id, view) -> view.heard(e));
        case ListeningEnded e ->
            listenings.computeIfPresent(e.listening(), (id, view) -> view.ended(e));
        case CallerMoved e -> all.add(moved(e, views));
      }
    }
    all.addAll(listenings.values());
    return List.copyOf(all);
  }

  private static SupervisionView asked(ListeningAsked event, Views views) {
    return new SupervisionView(
        event.at(),
        "listening",
        event.user(),
        event.name(),
        Optional.of(event.agent().value()),
        Optional.of(views.agentName(event.agent())),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        event.told(),
        Optional.empty(),
        Optional.empty(),
        false,
        "");
  }

  private SupervisionView heard(ListeningHeard event) {
    List<String> more = new ArrayList<>(modes);
    more.add(Words.of(event.mode()));
    return with(more, until, end);
  }

  private SupervisionView ended(ListeningEnded event) {
    return with(modes, Optional.of(event.at()), Optional.of(Words.of(event.end())));
  }

  private SupervisionView with(
      List<String> heard, Optional<Instant> endedAt, Optional<String> how) {
    return new SupervisionView(
        at, what, user, by, agent, agentName, heard, endedAt, how, told, fromDesk, toDesk, first,
        reason);
  }

  private static SupervisionView moved(CallerMoved event, Views views) {
    return new SupervisionView(
        event.at(),
        "moved",
        event.user(),
        event.name(),
        event.toAgent().map(agent -> agent.value()),
        event.toAgent().map(views::agentName),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        event.from().map(DeskId::value),
        event.toDesk().map(DeskId::value),
        event.first(),
        event.reason());
  }
}
