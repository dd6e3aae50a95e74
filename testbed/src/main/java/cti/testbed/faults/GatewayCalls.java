package cti.testbed.faults;

import cti.testbed.faults.GatewayCall.HandedOn;
import cti.testbed.faults.GatewayCall.Ring;
import cti.testbed.faults.GatewayCall.Role;
import cti.testbed.faults.GatewayCall.Span;
import cti.testbed.faults.GatewayCall.Stay;
import cti.testbed.gateway.QueueLogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the calls of a load together from the gateway's two logs. Who is asked there is a phone, or
 * where nobody answers the static queue: a talk with a desk that was asked is not told from one
 * with the caller.
 */
final class GatewayCalls {
  private static final String PHONES = "cti-agents";
  private static final String HANDED_OVER = "ATTENDEDTRANSFER";

  /** The far end of a consultation, by a phone's keys or by command. */
  private static final Pattern CONSULTS =
      Pattern.compile("Local/[^@]+@cti-(transfer|consult)-[^@]*;2");

  private GatewayCalls() {}

  /**
   * Reads both logs.
   *
   * @param numbers of the callers that count; whatever else is in the logs is passed over
   */
  static List<GatewayCall> of(
      List<QueueLogLine> queueLog, List<LoadLine> details, Set<String> numbers) {
    Map<String, String> callers = new LinkedHashMap<>();
    for (LoadLine leg : details) {
      if (leg.uniqueId().equals(leg.linkedId()) && numbers.contains(leg.callerNumber())) {
        callers.put(leg.linkedId(), leg.callerNumber());
      }
    }
    Set<String> ofOthers =
        details.stream()
            .filter(leg -> !leg.uniqueId().equals(leg.linkedId()))
            .filter(leg -> callers.containsKey(leg.linkedId()))
            .map(LoadLine::uniqueId)
            .collect(Collectors.toSet());
    for (QueueLogLine line : queueLog) {
      boolean enters = line.event().equals("ENTERQUEUE") && !ofOthers.contains(line.call());
      if (enters && numbers.contains(line.text(1))) {
        callers.put(line.call(), line.text(1));
      }
    }
    List<GatewayCall> calls = new ArrayList<>();
    callers.forEach(
        (id, number) ->
            calls.add(
                call(
                    id,
                    number,
                    queueLog,
                    details.stream().filter(leg -> leg.linkedId().equals(id)).toList())));
    return List.copyOf(calls);
  }

  private static GatewayCall call(
      String id, String number, List<QueueLogLine> queueLog, List<LoadLine> details) {
    Optional<Instant> left = hungUp(id, queueLog);
    Map<String, Boolean> asked = asked(details);
    List<Stay> stays =
        stays(id, queueLog, details, left).stream()
            .map(stay -> leftTheTwo(details, stay) ? stay.completedBy(HANDED_OVER) : stay)
            .toList();
    boolean handedOver =
        stays.stream().anyMatch(stay -> stay.completedBy().filter(HANDED_OVER::equals).isPresent());
    List<HandedOn> handedOn = new ArrayList<>();
    rings(details, leg -> !asked.containsKey(leg.channel()), callerLeft(id, details, left)).stream()
        .filter(ring -> stays.stream().noneMatch(stay -> stay.rings().contains(ring)))
        .forEach(ring -> handedOn.add(new HandedOn(Role.TRANSFERRED_TO, ring)));
    Role met = handedOver ? Role.TRANSFERRED_TO : Role.CONFERENCED;
    // A phone that still rings may be handed the caller; to bring them together is to no avail.
    Role metRinging = handedOver ? Role.TRANSFERRED_TO : Role.CONSULTED;
    rings(details, leg -> asked.getOrDefault(leg.channel(), false), callerLeft(id, details, left))
        .forEach(
            ring ->
                handedOn.add(new HandedOn(ring.answeredAt().isPresent() ? met : metRinging, ring)));
    // The two may go on talking, about the caller who has left.
    rings(details, leg -> !asked.getOrDefault(leg.channel(), true), Optional.empty())
        .forEach(ring -> handedOn.add(new HandedOn(Role.CONSULTED, ring)));
    handedOn.sort(Comparator.comparing(each -> each.ring().from()));
    return new GatewayCall(id, number, span(id, details), stays, handedOn);
  }

  /**
   * The legs towards phones that were asked by an agent: a channel of [cti-transfer] dialled them.
   * Its other half has a line from the moment on in which it met the caller.
   *
   * @return whether that happened, by the name of the leg
   */
  private static Map<String, Boolean> asked(List<LoadLine> details) {
    Map<String, Boolean> asked = new HashMap<>();
    for (LoadLine line : details) {
      boolean consults = CONSULTS.matcher(line.channel()).matches();
      if (consults && line.application().equals("Dial")) {
        String nearEnd = line.channel().replaceAll(";2$", ";1");
        asked.merge(
            line.dialledChannel().replaceAll(";1$", ";2"),
            details.stream().anyMatch(other -> other.channel().equals(nearEnd)),
            Boolean::logicalOr);
      }
    }
    return asked;
  }

  /**
   * An agent who hangs up in a consultation hands the caller over; app_queue may tell that as
   * COMPLETEAGENT. In a conference the agent is still there when the two meet, which the line of
   * the consultation's near end begins with.
   */
  private static boolean leftTheTwo(List<LoadLine> details, Stay stay) {
    Optional<Instant> agentLeft =
        stay.rings().stream()
            .filter(_ -> stay.completedBy().filter("COMPLETEAGENT"::equals).isPresent())
            .filter(ring -> ring.answeredAt().isPresent())
            .map(Ring::to)
            .max(Comparator.naturalOrder());
    return agentLeft.isPresent()
        && details.stream()
            .filter(line -> line.channel().endsWith(";1"))
            .filter(line -> CONSULTS.matcher(line.channel().replaceAll(";1$", ";2")).matches())
            .anyMatch(line -> !line.start().isBefore(agentLeft.get().minusMillis(200)));
  }

  /** Those that a channel's queue dialled. */
  private static List<Ring> ofQueues(
      String id, String waits, List<LoadLine> details, Optional<Instant> hungUp) {
    Set<String> asked = asked(details).keySet();
    Map<String, String> queues = queues(id, details);
    return rings(
        details,
        leg ->
            !asked.contains(leg.channel()) && queues.getOrDefault(nearEnd(leg), id).equals(waits),
        callerLeft(id, details, hungUp));
  }

  /**
   * Who waited in the queue that reached for a phone, by the channel that was reached for: the line
   * of the one that waits says with which application. One for which another application of the
   * caller's reached is nobody's; where no line tells of one, it was the caller's queue.
   */
  private static Map<String, String> queues(String id, List<LoadLine> details) {
    Map<String, String> queues = new HashMap<>();
    for (LoadLine line : details) {
      boolean queue = line.application().equals("Queue");
      if (!line.dialledChannel().isEmpty() && (queue || line.uniqueId().equals(id))) {
        queues.put(line.dialledChannel(), queue ? line.uniqueId() : "");
      }
    }
    return queues;
  }

  private static String nearEnd(LoadLine leg) {
    return leg.channel().replaceAll(";2$", ";1");
  }

  /**
   * Legs that a queue gave up before they dialled their phones, the longest first: a gateway that
   * stood still had no time for more. Only queue_log says whether such a one rang in vain.
   */
  private static List<Ring> givenUpByQueues(String id, String waits, List<LoadLine> details) {
    Map<String, String> queues = queues(id, details);
    return details.stream()
        .filter(leg -> leg.context().equals(PHONES))
        .filter(leg -> waits.equals(queues.get(nearEnd(leg))))
        .filter(leg -> neverDialled(leg, details))
        .map(leg -> new Ring(leg.dialledNumber(), leg.start(), Optional.empty(), leg.end()))
        .sorted(Comparator.comparing(Ring::ringing).reversed())
        .toList();
  }

  /** When queue_log says that the caller hung up, to the second. */
  private static Optional<Instant> hungUp(String id, List<QueueLogLine> queueLog) {
    return queueLog.stream()
        .filter(line -> line.call().equals(id) && line.event().equals("COMPLETECALLER"))
        .map(QueueLogLine::at)
        .max(Comparator.naturalOrder());
  }

  /**
   * When nobody could talk to the caller any more. The line of a caller who is put on hold for a
   * consultation ends there; who hangs up on hold is told by queue_log alone.
   */
  private static Optional<Instant> callerLeft(
      String id, List<LoadLine> details, Optional<Instant> hungUp) {
    Optional<Instant> ended = lastEnd(details.stream().filter(leg -> leg.uniqueId().equals(id)));
    // In the middle of a second of which queue_log says no more.
    return ended.map(
        end ->
            hungUp
                .map(second -> second.plusMillis(500))
                .filter(left -> end.isBefore(left) && onHold(end, details))
                .orElse(end));
  }

  /** An agent's own line goes on with whom they asked in that moment. */
  private static boolean onHold(Instant since, List<LoadLine> details) {
    return details.stream()
        .filter(line -> !line.uniqueId().equals(line.linkedId()))
        .filter(line -> CONSULTS.matcher(line.dialledChannel().replaceAll(";1$", ";2")).matches())
        .map(line -> Duration.between(since, line.start()).abs())
        .anyMatch(apart -> apart.compareTo(Duration.ofMillis(50)) <= 0);
  }

  /**
   * A phone's own channels may linger behind a caller who has left: nobody talks there any more.
   *
   * @param callerLeft empty where the caller was not talked to there
   */
  private static List<Ring> rings(
      List<LoadLine> details, Predicate<LoadLine> that, Optional<Instant> callerLeft) {
    return details.stream()
        .filter(leg -> leg.context().equals(PHONES))
        .filter(leg -> leg.application().equals("Dial") || givenUp(leg, details))
        .filter(that)
        .map(
            leg ->
                new Ring(
                    leg.dialledNumber(),
                    leg.start(),
                    leg.answer().filter(_ -> toldOfTheAnswer(leg, details)),
                    callerLeft
                        .filter(left -> leg.answer().filter(left::isAfter).isPresent())
                        .filter(left -> left.isBefore(leg.end()))
                        .orElse(leg.end())))
        .sorted(Comparator.comparing(Ring::from))
        .toList();
  }

  /**
   * Whether who dialled a phone heard that it was answered: they may have given up in that moment.
   * A caller's line has a time of answer in any case. What a queue dialled is told by queue_log.
   */
  private static boolean toldOfTheAnswer(LoadLine leg, List<LoadLine> details) {
    List<LoadLine> dialled =
        details.stream()
            .filter(line -> line.application().equals("Dial"))
            .filter(line -> line.dialledChannel().equals(nearEnd(leg)))
            .toList();
    return dialled.isEmpty()
        || dialled.stream().anyMatch(line -> line.disposition().equals("ANSWERED"));
  }

  /**
   * Whether a Dial() reached for a phone, an agent's who asked or the caller's behind a transfer,
   * and was given up before the phone itself was dialled. Congestion() and Busy() behind a phone
   * that refused make a line of their own, besides the one of Dial().
   */
  private static boolean givenUp(LoadLine leg, List<LoadLine> details) {
    boolean reachedFor =
        leg.channel().endsWith(";2")
            && details.stream()
                .filter(line -> line.application().equals("Dial"))
                .anyMatch(line -> line.dialledChannel().equals(nearEnd(leg)));
    return reachedFor && neverDialled(leg, details);
  }

  private static boolean neverDialled(LoadLine leg, List<LoadLine> details) {
    return details.stream()
        .filter(line -> line.channel().equals(leg.channel()))
        .noneMatch(line -> line.application().equals("Dial"));
  }

  private static Optional<Instant> lastEnd(Stream<LoadLine> legs) {
    return legs.map(LoadLine::end).max(Comparator.naturalOrder());
  }

  /**
   * From the caller's first line to the last hang-up of any leg: a call is over when nothing of it
   * is left. There is none where the caller's channel has no line.
   */
  private static Optional<Span> span(String id, List<LoadLine> details) {
    List<LoadLine> own = details.stream().filter(leg -> leg.uniqueId().equals(id)).toList();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Span(
            own.stream().map(LoadLine::start).min(Comparator.naturalOrder()).orElseThrow(),
            lastEnd(details.stream()).orElseThrow()));
  }

  /**
   * Of the caller, and of whoever else of the call waited: who was to be asked may have been sent
   * on to a queue.
   */
  private static List<Stay> stays(
      String id, List<QueueLogLine> queueLog, List<LoadLine> details, Optional<Instant> hungUp) {
    Set<String> channels =
        Stream.concat(Stream.of(id), details.stream().map(LoadLine::uniqueId))
            .collect(Collectors.toSet());
    return queueLog.stream()
        .map(QueueLogLine::call)
        .filter(channels::contains)
        .distinct()
        .flatMap(
            waits ->
                withRings(
                    StayLog.stays(waits, queueLog),
                    ofQueues(id, waits, details, hungUp),
                    givenUpByQueues(id, waits, details))
                    .stream())
        .sorted(Comparator.comparing(Stay::enteredAt))
        .toList();
  }

  /** With what was dialled for each: a stay lasts until the next of the same channel. */
  private static List<Stay> withRings(List<Stay> told, List<Ring> rings, List<Ring> givenUp) {
    List<Stay> stays = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      Stay stay = told.get(i);
      Optional<Instant> to =
          i + 1 < told.size() ? Optional.of(told.get(i + 1).enteredAt()) : Optional.empty();
      List<Ring> own = within(stay.enteredAt(), to, rings);
      List<Ring> dialled = stay.answered() ? upToTheAnswer(stay, own) : own;
      stays.add(stay.with(withGivenUp(stay, dialled, within(stay.enteredAt(), to, givenUp))));
    }
    return stays;
  }

  private static List<Ring> within(Instant from, Optional<Instant> to, List<Ring> rings) {
    return rings.stream()
        .filter(ring -> !ring.from().isBefore(from))
        .filter(ring -> to.map(ring.from()::isBefore).orElse(true))
        .toList();
  }

  /**
   * Where queue_log has more rings in vain than phones were dialled, legs given up are the rest.
   */
  private static List<Ring> withGivenUp(Stay stay, List<Ring> dialled, List<Ring> givenUp) {
    long inVain = dialled.size() - (stay.answered() && !dialled.isEmpty() ? 1 : 0);
    return Stream.concat(
            dialled.stream(), givenUp.stream().limit(Math.max(0, stay.ringsInVain() - inVain)))
        .sorted(Comparator.comparing(Ring::from))
        .toList();
  }

  /**
   * What is dialled behind it was dialled for a caller who was handed on. One that was answered in
   * the moment in which the queue gave it up is not it: it is the one nearest to CONNECT.
   */
  private static List<Ring> upToTheAnswer(Stay stay, List<Ring> rings) {
    Instant connected = stay.connectedAt().orElseThrow().plusMillis(500);
    return rings.stream()
        .filter(ring -> ring.answeredAt().isPresent())
        .min(
            Comparator.comparing(
                ring -> Duration.between(connected, ring.answeredAt().orElseThrow()).abs()))
        .map(ring -> rings.subList(0, rings.indexOf(ring) + 1))
        .orElse(rings);
  }
}
