package cti.server.web.view;

import cti.core.account.Account;
import cti.core.account.Limits;
import cti.core.agent.Agent;
import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.CallPhase;
import cti.core.call.Part;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.StaffMember;
import cti.core.event.CallEvent.CallCleared;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.incident.IncidentSight;
import cti.core.port.Catalog;
import cti.core.port.DirectoryLookup;
import cti.core.recording.Recording;
import cti.core.supervision.Listening;
import cti.server.web.http.Words;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes views: adds the names that people read to what the core knows by identifiers. */
public final class Views {
  private final Catalog catalog;
  private final DirectoryLookup directory;
  private volatile Agents agents = new Agents(List.of(), Map.of());

  /** The agents of one list of the catalog, by number: frames name one agent or several each. */
  private record Agents(List<Agent> list, Map<AgentId, Agent> byId) {
    static Agents of(List<Agent> list) {
      Map<AgentId, Agent> byId = HashMap.newHashMap(list.size());
      list.forEach(agent -> byId.putIfAbsent(agent.id(), agent));
      return new Agents(list, byId);
    }
  }

  public Views(Catalog catalog, DirectoryLookup directory) {
    this.catalog = catalog;
    this.directory = directory;
  }

  public Catalog catalog() {
    return catalog;
  }

  public String siteName(SiteId site) {
    return catalog.sites().stream()
        .filter(known -> known.id().equals(site))
        .map(Site::name)
        .findFirst()
        .orElse(site.value());
  }

  public Optional<Desk> desk(DeskId id) {
    return catalog.desks().stream().filter(desk -> desk.id().equals(id)).findFirst();
  }

  public Optional<Agent> agent(AgentId id) {
    List<Agent> now = catalog.agents();
    Agents known = agents;
    if (known.list() != now) {
      known = Agents.of(now);
      agents = known;
    }
    return Optional.ofNullable(known.byId().get(id));
  }

  /** The desks that an account of these limits sees. */
  public Set<DeskId> within(Limits limits) {
    return limits.desksOf(catalog.desks());
  }

  /** The incidents that an account sees; empty for all of them. */
  public Optional<IncidentSight> incidentSight(Account account) {
    Limits limits = account.limits();
    return limits.none()
        ? Optional.empty()
        : Optional.of(new IncidentSight(within(limits), limits.sites(), account.agent()));
  }

  /**
   * Whether somebody of these limits may act for an agent: one who has a seat at a desk of theirs.
   */
  public boolean within(Limits limits, AgentId agent) {
    return limits.none() || !Collections.disjoint(within(limits), seats(agent));
  }

  public Set<DeskId> seats(AgentId id) {
    return agent(id).map(agent -> agent.seats().keySet()).orElse(Set.of());
  }

  public PartView part(Part part) {
    return PartView.of(part, this::agentName);
  }

  public ListeningView listening(Listening listening) {
    return ListeningView.of(listening, agentName(listening.agent()));
  }

  /** For people; the number where nobody has it. */
  public String agentName(AgentId id) {
    return agent(id).map(Agent::name).orElse(id.value());
  }

  public Optional<String> deskName(Optional<DeskId> desk) {
    return desk.map(id -> desk(id).map(Desk::name).orElse(id.value()));
  }

  public List<DeskView> desks() {
    return catalog.desks().stream().map(desk -> DeskView.of(desk, siteName(desk.site()))).toList();
  }

  public PersonView person(StaffMember member) {
    return PersonView.of(member, siteName(member.site()));
  }

  public List<PersonView> persons(List<StaffId> ids) {
    return ids.stream().flatMap(id -> directory.byId(id).stream()).map(this::person).toList();
  }

  public List<CallerView> callers(List<StaffId> ids) {
    return CallerView.of(ids, directory);
  }

  /** Everybody whom a number may belong to; nobody has an empty one. */
  public List<CallerView> callersAt(String number) {
    return number.isBlank()
        ? List.of()
        : CallerView.of(
            directory.byNumber(number).stream().map(StaffMember::id).toList(), directory);
  }

  /**
   * A call under way.
   *
   * @param staleSince when the link to its gateway was lost, where it is
   * @param recording of the talk, while it is recorded
   */
  public CallView call(Call call, Optional<Instant> staleSince, Optional<Recording> recording) {
    return view(
        call,
        Words.of(call.phase()),
        Words.of(call.quality()),
        staleSince,
        recording.map(CallView.LiveRecordingView::of),
        Optional.empty());
  }

  /** A call that is over, as it was before the event that ended it. */
  public CallView ended(Call call, CallCleared end) {
    return view(
        call.apply(end),
        "ended",
        Words.of(end.quality()),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new CallView.EndView(end.at(), Words.of(end.outcome()), Words.of(end.by()))));
  }

  private CallView view(
      Call call,
      String phase,
      String quality,
      Optional<Instant> staleSince,
      Optional<CallView.LiveRecordingView> recording,
      Optional<CallView.EndView> end) {
    Optional<QueueVisit> last = call.lastVisit();
    Optional<RingAttempt> ringing = last.flatMap(QueueVisit::ringing);
    Optional<RingAttempt> talking = call.talking();
    Optional<RingAttempt> current =
        talking
            .or(() -> ringing)
            .or(
                () ->
                    last.filter(visit -> end.isPresent() || call.phase() == CallPhase.ENDING)
                        .flatMap(Views::answered));
    Optional<Part> talks = call.talkers().stream().findFirst();
    Optional<Part> rings = talks.isPresent() ? Optional.empty() : call.ringing();
    Optional<Part> ours =
        talks
            .or(() -> rings)
            .filter(part -> part.device().agent().isPresent())
            .or(() -> Optional.of(call.parts().getFirst()))
            .filter(part -> part.device().agent().isPresent());
    Optional<AgentId> agent =
        ours.flatMap(part -> part.device().agent()).or(() -> current.flatMap(RingAttempt::agent));
    Optional<String> extension =
        ours.map(part -> part.device().number())
            .or(() -> current.map(RingAttempt::extension).map(Extension::value));
    Optional<DeskId> desk = call.desk();
    return new CallView(
        call.id().value(),
        call.origin().gateway().value(),
        Words.of(call.origin().direction()),
        call.startedAt(),
        call.origin().callingNumber(),
        call.origin().callingName(),
        call.origin().dialledNumber(),
        callers(call.matches()),
        call.lookedUp(),
        phase,
        call.keys().stream().map(KeyView::of).toList(),
        desk.map(DeskId::value),
        deskName(desk),
        last.map(visit -> visit.queue().value()),
        call.waitingVisit().map(QueueVisit::position),
        call.route().map(Call.Route::explanation),
        agent.map(AgentId::value),
        agent.map(this::agentName),
        extension,
        call.waitingVisit().map(QueueVisit::enteredAt),
        rings.map(part -> part.times().startedAt()),
        talks.flatMap(part -> part.times().answeredAt()),
        call.visits().stream().map(VisitView::of).toList(),
        call.parts().stream().map(this::part).toList(),
        TimesView.of(call.times()),
        call.missed(),
        quality,
        staleSince.isPresent(),
        staleSince,
        recording,
        end);
  }

  private static Optional<RingAttempt> answered(QueueVisit visit) {
    return visit.attempts().stream()
        .filter(attempt -> attempt.answeredAt().isPresent())
        .findFirst();
  }

  /**
   * An agent who logged on at some time.
   *
   * @param unknownSince when the link was lost, where it is: somebody logged on is then shown as
   *     unknown
   */
  public AgentView agent(AgentStatus status, Optional<Instant> unknownSince) {
    boolean unknown = unknownSince.isPresent() && status.loggedOn();
    return new AgentView(
        status.agent().value(),
        agentName(status.agent()),
        Words.of(unknown ? AgentState.UNKNOWN : status.state()),
        status.reason(),
        Optional.of(status.since()),
        unknown ? unknownSince : Optional.empty(),
        status.extension().map(Extension::value),
        sorted(status.desks()),
        sorted(seats(status.agent())),
        status.call().map(CallId::value),
        status.wrapUpUntil(),
        status.pauseUntil(),
        status.stint().overdue(),
        status
            .pending()
            .map(next -> new AgentView.PendingView(Words.of(next.state()), next.reason())),
        sorted(status.seating().notReadyAt()),
        status.misses());
  }

  /** An agent who never logged on. */
  public AgentView agent(Agent agent) {
    return new AgentView(
        agent.id().value(),
        agent.name(),
        Words.of(AgentState.LOGGED_OFF),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        sorted(agent.seats().keySet()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        List.of(),
        0);
  }

  private static List<String> sorted(Set<DeskId> desks) {
    return desks.stream().map(DeskId::value).sorted().collect(Collectors.toList());
  }
}
