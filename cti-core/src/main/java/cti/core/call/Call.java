package cti.core.call;

import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallRecovered;
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
 * @param connections those that last, the caller's included
 * @param quality RECOVERED once an event of the call came from a resync
 */
public record Call(
    CallId id,
    Instant startedAt,
    Origin origin,
    Caller caller,
    Map<ConnectionId, Connection> connections,
    Optional<Route> route,
    List<QueueVisit> visits,
    Ending ending,
    DataQuality quality) {

  /** How the call came in. {@code callingNumber} is as presented, possibly empty. */
  public record Origin(
      GatewayId gateway,
      Direction direction,
      String callingNumber,
      String callingName,
      String dialledNumber) {}

  /**
   * Who calls and what they did.
   *
   * @param connection the one that the call began with
   * @param matches everybody in the directory whom the calling number may belong to
   * @param lookedUp whether the directory was asked
   * @param keys what the caller pressed, in order
   */
  public record Caller(
      ConnectionId connection, List<StaffId> matches, boolean lookedUp, List<KeyPress> keys) {
    public Caller {
      matches = List.copyOf(matches);
      keys = List.copyOf(keys);
    }

    Caller identified(List<StaffId> everybody) {
      return new Caller(connection, everybody, true, keys);
    }

    Caller pressed(KeyPress key) {
      List<KeyPress> more = new ArrayList<>(keys);
      more.add(key);
      return new Caller(connection, matches, lookedUp, more);
    }
  }

  /**
   * What is known of the end so far.
   *
   * @param flowNode the node at which the flow ended the call, where it did
   * @param by who ended the talk, once it is over
   */
  public record Ending(Optional<String> flowNode, Optional<ClearedBy> by, boolean missed) {
    static final Ending OPEN = new Ending(Optional.empty(), Optional.empty(), false);
  }

  /** Empty digits mean that no key came in time. */
  public record KeyPress(String node, String digits) {}

  /** Where the rules sent the call, and why. */
  public record Route(DeskId desk, QueueName queue, String rule, String explanation) {}

  public Call {
    connections = Map.copyOf(connections);
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
        new Caller(event.connection(), List.of(), false, List.of()),
        Map.of(first.id(), first),
        Optional.empty(),
        List.of(),
        Ending.OPEN,
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
      case CallerIdentified e -> draft.caller = caller.identified(e.matches());
      case DigitsDialled e -> draft.caller = caller.pressed(new KeyPress(e.node(), e.digits()));
      case Routed e ->
          draft.route = Optional.of(new Route(e.desk(), e.queue(), e.rule(), e.explanation()));
      case FlowEnded e ->
          draft.ending = new Ending(Optional.of(e.node()), ending.by(), ending.missed());
      case FellBack e -> draft.ending = new Ending(Optional.empty(), ending.by(), ending.missed());
      case Queued e -> draft.queued(e);
      case Delivered e ->
          draft.visit(
              e.visit(),
              visit ->
                  visit.offered(
                      RingAttempt.started(e.attempt(), e.agent(), e.extension(), e.at())));
      case Diverted e ->
          draft.visit(
              e.visit(), visit -> visit.change(e.attempt(), a -> a.diverted(e.outcome(), e.at())));
      case Established e ->
          draft.visit(
              e.visit(), visit -> visit.change(e.attempt(), a -> a.answered(e.agent(), e.at())));
      case QueueVisitEnded e ->
          draft.visit(
              e.visit(),
              visit -> visit.ended(e.outcome(), e.at(), e.cause() == EventCause.CALL_CANCELLED));
      case TalkEnded e -> {
        draft.visit(e.visit(), visit -> visit.change(e.attempt(), a -> a.talkEnded(e.at())));
        draft.ending = new Ending(ending.flowNode(), Optional.of(e.by()), ending.missed());
      }
      case ConnectionCleared e -> draft.connections.remove(e.connection());
      case CallMissed e -> draft.ending = new Ending(ending.flowNode(), ending.by(), true);
      case CallCleared e -> draft.connections.clear();
      case CallRecovered e -> {
        draft.quality = DataQuality.RECOVERED;
        draft.ending = new Ending(ending.flowNode(), ending.by(), false);
      }
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

  /** Everybody in the directory whom the calling number may belong to. */
  public List<StaffId> matches() {
    return caller.matches();
  }

  /** Whether the directory was asked. */
  public boolean lookedUp() {
    return caller.lookedUp();
  }

  /** Whether a missed call is on record for it. */
  public boolean missed() {
    return ending.missed();
  }

  /** What the caller pressed, in order. */
  public List<KeyPress> keys() {
    return caller.keys();
  }

  /** What {@link #apply} changes, before it is a call again. */
  private static final class Draft {
    private final Call from;
    private Caller caller;
    private final Map<ConnectionId, Connection> connections;
    private Optional<Route> route;
    private final List<QueueVisit> visits;
    private Ending ending;
    private DataQuality quality;

    Draft(Call from) {
      this.from = from;
      this.caller = from.caller;
      this.connections = new LinkedHashMap<>(from.connections);
      this.route = from.route;
      this.visits = new ArrayList<>(from.visits);
      this.ending = from.ending;
      this.quality = from.quality;
    }

    /** Told again where the gateway's logs knew the beginning of a stay better. */
    void queued(Queued event) {
      Instant at = event.at();
      boolean known = visits.stream().anyMatch(visit -> visit.id().equals(event.visit()));
      if (known) {
        visit(event.visit(), visit -> visit.enteredAgain(at));
      } else {
        visits.add(
            QueueVisit.entered(event.visit(), event.queue(), event.desk(), at, event.position()));
      }
    }

    void visit(VisitId id, UnaryOperator<QueueVisit> change) {
      visits.replaceAll(visit -> visit.id().equals(id) ? change.apply(visit) : visit);
    }

    Call call() {
      return new Call(
          from.id,
          from.startedAt,
          from.origin,
          caller,
          connections,
          route,
          visits,
          ending,
          quality);
    }
  }
}
