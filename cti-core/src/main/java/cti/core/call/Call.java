package cti.core.call;

import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.CallsMerged;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.DigitsDialled;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.Failed;
import cti.core.event.CallEvent.FellBack;
import cti.core.event.CallEvent.FlowEnded;
import cti.core.event.CallEvent.Held;
import cti.core.event.CallEvent.Originated;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.Retrieved;
import cti.core.event.CallEvent.Routed;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.CallEvent.Transferred;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One caller's contact, folded from its events and from nothing else.
 *
 * @param connections the gateway's channels of the call that last, the caller's included
 * @param parts the devices that took part or were asked to, in order, those that left included
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
    List<Part> parts,
    CallTimes times,
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
   * @param retold whether the gateway's logs tell the call again that was on record
   * @param gap whether the link was away while the call lived, so that more may have happened
   */
  public record Ending(
      Optional<String> flowNode,
      Optional<ClearedBy> by,
      boolean missed,
      boolean retold,
      boolean gap) {
    static final Ending OPEN = new Ending(Optional.empty(), Optional.empty(), false, false, false);

    Ending inFlow(Optional<String> node) {
      return new Ending(node, by, missed, retold, gap);
    }

    Ending by(ClearedBy who) {
      return new Ending(flowNode, Optional.of(who), missed, retold, gap);
    }

    Ending missed(boolean nobody) {
      return new Ending(flowNode, by, nobody, retold, gap);
    }

    Ending toldAgain() {
      return new Ending(flowNode, by, false, true, gap);
    }

    Ending withGap() {
      return new Ending(flowNode, by, missed, retold, true);
    }
  }

  /** Empty digits mean that no key came in time. */
  public record KeyPress(String node, String digits) {}

  /** Where the rules sent the call, and why. */
  public record Route(DeskId desk, QueueName queue, String rule, String explanation) {}

  public Call {
    connections = Map.copyOf(connections);
    visits = List.copyOf(visits);
    parts = List.copyOf(parts);
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
        List.of(
            Part.begun(
                first.id(),
                PartRole.CALLER,
                new Part.Device(Optional.empty(), event.callingNumber()),
                ConnectionState.INITIATED,
                event.at())),
        CallTimes.from(event.at()),
        event.cause() == EventCause.RESYNC ? Ending.OPEN.withGap() : Ending.OPEN,
        event.cause() == EventCause.RESYNC ? DataQuality.RECOVERED : DataQuality.LIVE);
  }

  /** This call after {@code event}. */
  public Call apply(CallEvent event) {
    Draft draft = new Draft(this);
    if (event.cause() == EventCause.RESYNC && quality == DataQuality.LIVE) {
      draft.quality = DataQuality.RECOVERED;
    }
    draft.times = times.spent(phase(), waitingVisit().isPresent(), event.at());
    if (ending.retold() && event instanceof PartDelivered again) {
      draft.parts.removeIf(part -> part.id().equals(again.connection()));
    }
    new PartFold(draft.parts, caller.connection()).apply(event);
    switch (event) {
      case ServiceInitiated e -> draft.beginsAt(e.at());
      case Originated e ->
          draft.connections.put(
              e.connection(), new Connection(e.connection(), e.channelName(), e.at()));
      case CallerIdentified e -> draft.caller = caller.identified(e.matches());
      case DigitsDialled e -> draft.caller = caller.pressed(new KeyPress(e.node(), e.digits()));
      case Routed e ->
          draft.route = Optional.of(new Route(e.desk(), e.queue(), e.rule(), e.explanation()));
      case FlowEnded e -> draft.ending = ending.inFlow(Optional.of(e.node()));
      case FellBack _ -> draft.ending = ending.inFlow(Optional.empty());
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
        draft.ending = ending.by(e.by());
      }
      case PartEnded e -> {
        if (part(e.connection()).filter(Part::withCaller).isPresent()) {
          draft.ending = ending.by(e.by());
        }
      }
      case CallsMerged e ->
          e.parts()
              .forEach(
                  joining ->
                      draft.connections.put(
                          joining.connection(),
                          new Connection(joining.connection(), joining.channelName(), e.at())));
      case PartDelivered _,
          PartEstablished _,
          Failed _,
          Held _,
          Retrieved _,
          Transferred _,
          Conferenced _ -> {}
      case ConnectionCleared e -> draft.connections.remove(e.connection());
      case CallMissed _ -> draft.ending = ending.missed(true);
      case CallCleared e -> draft.cleared(e.at());
      case CallRecovered e -> {
        draft.quality = DataQuality.RECOVERED;
        draft.ending = ending.toldAgain();
      }
    }
    return draft.call();
  }

  /** This call when the link is lost: what becomes of it is not seen until it is back. */
  public Call unseen() {
    Draft draft = new Draft(this);
    draft.ending = ending.withGap();
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

  /** Whether somebody other than who began the call talked to them. */
  public boolean answered() {
    boolean told =
        ending.retold()
            && visits.stream()
                .flatMap(visit -> visit.attempts().stream())
                .anyMatch(attempt -> attempt.answeredAt().isPresent());
    return told
        || parts.stream()
            .anyMatch(part -> part.role().withCaller() && part.times().answeredAt().isPresent());
  }

  /** The part of a device that is still in the call. */
  public Optional<Part> part(ConnectionId connection) {
    return parts.stream().filter(part -> part.open() && part.id().equals(connection)).findFirst();
  }

  /** Those who talk to the caller, on hold or not. */
  public List<Part> talkers() {
    return parts.stream().filter(Part::withCaller).toList();
  }

  /** The desk of the last stay in a queue, else the one that the rules chose. */
  public Optional<DeskId> desk() {
    return lastVisit().flatMap(QueueVisit::desk).or(() -> route.map(Route::desk));
  }

  /** The agent who talks, or whose phone rings; of a call of ours the one who made it. */
  public Optional<AgentId> agent() {
    return talkers().stream()
        .flatMap(part -> part.device().agent().stream())
        .findFirst()
        .or(() -> ringing().flatMap(part -> part.device().agent()))
        .or(() -> parts.getFirst().device().agent());
  }

  /** A phone that rings for the caller, or for the one who made the call. */
  public Optional<Part> ringing() {
    return parts.stream()
        .filter(part -> part.state() == ConnectionState.ALERTING)
        .filter(part -> part.role() != PartRole.CONSULTED)
        .findFirst();
  }

  public CallPhase phase() {
    List<Part> talkers = talkers();
    if (!talkers.isEmpty()) {
      boolean held =
          parts.getFirst().state() == ConnectionState.HELD
              || talkers.stream().allMatch(part -> part.state() == ConnectionState.HELD);
      return held ? CallPhase.ON_HOLD : CallPhase.TALKING;
    }
    if (ringing().isPresent()) {
      return CallPhase.RINGING;
    }
    if (waitingVisit().isPresent()) {
      return CallPhase.WAITING;
    }
    boolean fresh = visits.isEmpty() && parts.stream().allMatch(p -> p.role() == PartRole.CALLER);
    return fresh ? CallPhase.IN_FLOW : CallPhase.ENDING;
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
    private Instant startedAt;
    private Caller caller;
    private final Map<ConnectionId, Connection> connections;
    private Optional<Route> route;
    private final List<QueueVisit> visits;
    private final List<Part> parts;
    private CallTimes times;
    private Ending ending;
    private DataQuality quality;

    Draft(Call from) {
      this.from = from;
      this.startedAt = from.startedAt;
      this.caller = from.caller;
      this.connections = new LinkedHashMap<>(from.connections);
      this.route = from.route;
      this.visits = new ArrayList<>(from.visits);
      this.parts = new ArrayList<>(from.parts);
      this.times = from.times;
      this.ending = from.ending;
      this.quality = from.quality;
    }

    /** A snapshot tells since when a channel is there in whole seconds: the logs know better. */
    void beginsAt(Instant at) {
      if (!ending.retold()) {
        throw new IllegalStateException("call " + from.id + " began twice");
      }
      startedAt = at;
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
      if (ending.retold()) {
        // The logs may know a stay that came before those on record.
        visits.sort(Comparator.comparing(QueueVisit::enteredAt));
      }
    }

    void visit(VisitId id, UnaryOperator<QueueVisit> change) {
      visits.replaceAll(visit -> visit.id().equals(id) ? change.apply(visit) : visit);
    }

    void cleared(Instant at) {
      connections.clear();
      if (ending.retold()) {
        RetoldCall retold = new RetoldCall(call(), at);
        List<Part> corrected = retold.parts();
        times = retold.times();
        parts.clear();
        parts.addAll(corrected);
      }
    }

    Call call() {
      return new Call(
          from.id,
          startedAt,
          from.origin,
          caller,
          connections,
          route,
          visits,
          parts,
          times,
          ending,
          quality);
    }
  }
}
