package cti.core.call;

import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.DigitsDialled;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.FellBack;
import cti.core.event.CallEvent.FlowEnded;
import cti.core.event.CallEvent.Originated;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.Routed;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.DeskId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import cti.core.id.VisitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One caller's contact, folded from its events and from nothing else.
 *
 * @param caller the connection that the call began with
 * @param connections those that last, the caller's included
 * @param matches everybody in the directory whom the calling number may belong to
 * @param lookedUp whether the directory was asked
 * @param keys what the caller pressed, in order
 * @param flowEndedAt the node at which the flow ended the call, where it did
 * @param quality RECOVERED once an event of the call came from a resync
 */
public record Call(
    CallId id,
    Instant startedAt,
    Origin origin,
    ConnectionId caller,
    Map<ConnectionId, Connection> connections,
    List<StaffId> matches,
    boolean lookedUp,
    List<KeyPress> keys,
    Optional<Route> route,
    List<QueueVisit> visits,
    Optional<String> flowEndedAt,
    boolean missed,
    DataQuality quality) {

  /** How the call came in. {@code callingNumber} is as presented, possibly empty. */
  public record Origin(
      GatewayId gateway,
      Direction direction,
      String callingNumber,
      String callingName,
      String dialledNumber) {}

  /** Empty digits mean that no key came in time. */
  public record KeyPress(String node, String digits) {}

  /** Where the rules sent the call, and why. */
  public record Route(DeskId desk, QueueName queue, String rule, String explanation) {}

  public Call {
    connections = Map.copyOf(connections);
    matches = List.copyOf(matches);
    keys = List.copyOf(keys);
    visits = List.copyOf(visits);
  }

  /** The call that an event begins. */
  public static Call begun(ServiceInitiated event) {
    Connection first = new Connection(event.connection(), event.channelName(), event.at());
    return new Call(
        event.call(),
        event.at(),
        new Origin(
            event.gateway(),
            event.direction(),
            event.callingNumber(),
            event.callingName(),
            event.dialledNumber()),
        event.connection(),
        Map.of(first.id(), first),
        List.of(),
        false,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false,
        event.cause() == EventCause.RESYNC ? DataQuality.RECOVERED : DataQuality.LIVE);
  }

  /** This call after {@code event}. */
  public Call apply(CallEvent event) {
    Draft draft = new Draft(this);
    if (event.cause() == EventCause.RESYNC && quality == DataQuality.LIVE) {
      draft.quality = DataQuality.RECOVERED;
    }
    switch (event) {
      case ServiceInitiated e -> throw new IllegalStateException("call " + id + " began twice");
      case Originated e ->
          draft.connections.put(
              e.connection(), new Connection(e.connection(), e.channelName(), e.at()));
      case CallerIdentified e -> {
        draft.matches = e.matches();
        draft.lookedUp = true;
      }
      case DigitsDialled e -> draft.keys.add(new KeyPress(e.node(), e.digits()));
      case Routed e ->
          draft.route =
              Optional.of(new Route(e.desk(), e.queue(), e.rule(), e.explanation()));
      case FlowEnded e -> draft.flowEndedAt = Optional.of(e.node());
      case FellBack e -> draft.flowEndedAt = Optional.empty();
      case Queued e ->
          draft.visits.add(
              QueueVisit.entered(e.visit(), e.queue(), e.desk(), e.at(), e.position()));
      case Delivered e ->
          draft.visit(
              e.visit(),
              visit ->
                  visit.offered(
                      RingAttempt.started(e.attempt(), e.agent(), e.extension(), e.at())));
      case Diverted e ->
          draft.visit(
              e.visit(),
              visit -> visit.change(e.attempt(), a -> a.diverted(e.outcome(), e.at())));
      case Established e ->
          draft.visit(
              e.visit(), visit -> visit.change(e.attempt(), a -> a.answered(e.agent(), e.at())));
      case QueueVisitEnded e ->
          draft.visit(e.visit(), visit -> visit.ended(e.outcome(), e.at()));
      case TalkEnded e ->
          draft.visit(e.visit(), visit -> visit.change(e.attempt(), a -> a.talkEnded(e.at())));
      case ConnectionCleared e -> draft.connections.remove(e.connection());
      case CallMissed e -> draft.missed = true;
      case CallCleared e -> draft.connections.clear();
    }
    return draft.call();
  }

  /** The stay in a queue that is under way or was the last. */
  public Optional<QueueVisit> lastVisit() {
    return visits.isEmpty() ? Optional.empty() : Optional.of(visits.getLast());
  }

  public Optional<QueueVisit> waitingVisit() {
    return lastVisit().filter(QueueVisit::waiting);
  }

  public Optional<RingAttempt> talking() {
    return lastVisit().flatMap(QueueVisit::talking);
  }

  public boolean answered() {
    return visits.stream()
        .flatMap(visit -> visit.attempts().stream())
        .anyMatch(attempt -> attempt.answeredAt().isPresent());
  }

  /** The desk of the last stay in a queue, else the one that the rules chose. */
  public Optional<DeskId> desk() {
    return lastVisit().flatMap(QueueVisit::desk).or(() -> route.map(Route::desk));
  }

  /** The agent who talks, or whose phone rings. */
  public Optional<AgentId> agent() {
    return lastVisit()
        .flatMap(visit -> visit.talking().or(visit::ringing))
        .flatMap(RingAttempt::agent);
  }

  public CallPhase phase() {
    if (visits.isEmpty()) {
      return CallPhase.IN_FLOW;
    }
    QueueVisit last = visits.getLast();
    if (last.talking().isPresent()) {
      return CallPhase.TALKING;
    }
    if (last.ringing().isPresent()) {
      return CallPhase.RINGING;
    }
    return last.waiting() ? CallPhase.WAITING : CallPhase.ENDING;
  }

  /** What {@link #apply} changes, before it is a call again. */
  private static final class Draft {
    private final Call from;
    private final Map<ConnectionId, Connection> connections;
    private List<StaffId> matches;
    private boolean lookedUp;
    private final List<KeyPress> keys;
    private Optional<Route> route;
    private final List<QueueVisit> visits;
    private Optional<String> flowEndedAt;
    private boolean missed;
    private DataQuality quality;

    Draft(Call from) {
      this.from = from;
      this.connections = new LinkedHashMap<>(from.connections);
      this.matches = from.matches;
      this.lookedUp = from.lookedUp;
      this.keys = new ArrayList<>(from.keys);
      this.route = from.route;
      this.visits = new ArrayList<>(from.visits);
      this.flowEndedAt = from.flowEndedAt;
      this.missed = from.missed;
      this.quality = from.quality;
    }

    void visit(VisitId id, UnaryOperator<QueueVisit> change) {
      visits.replaceAll(visit -> visit.id().equals(id) ? change.apply(visit) : visit);
    }

    Call call() {
      return new Call(
          from.id,
          from.startedAt,
          from.origin,
          from.caller,
          connections,
          matches,
          lookedUp,
          keys,
          route,
          visits,
          flowEndedAt,
          missed,
          quality);
    }
  }
}
