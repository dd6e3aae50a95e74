package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.Connection;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent.JoiningPart;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of a call, judged over all of it when its last connection ends. */
final class CallJudgement {
  private CallJudgement() {}

  /**
   * @param unseen whether the last connection was found gone instead of seen to go
   */
  static CallOutcome outcome(Call call, boolean unseen) {
    if (call.answered()) {
      return CallOutcome.ANSWERED;
    }
    switch (call.origin().direction()) {
      case OUTBOUND, INTERNAL -> {
        return ofOurs(call, unseen);
      }
      case INBOUND, OTHER -> {}
    }
    Optional<QueueVisit> last = call.lastVisit();
    boolean known =
        call.ending().flowNode().isPresent() || last.filter(QueueVisit::callerLeft).isPresent();
    if (unseen && !known) {
      return CallOutcome.LOST_TRACK;
    }
    if (last.isEmpty()) {
      boolean rang = failures(call).anyMatch(RingOutcome.CALLER_GONE::equals);
      return call.ending().flowNode().isPresent()
          ? CallOutcome.ENDED_BY_FLOW
          : rang ? CallOutcome.ABANDONED_RINGING : CallOutcome.ABANDONED_IN_IVR;
    }
    if (!last.get().callerLeft()) {
      // Taken out of the queue for a phone that rang when they left.
      boolean moved = last.get().outcome().equals(Optional.of(QueueOutcome.OVERFLOWED));
      return moved && failures(call).anyMatch(RingOutcome.CALLER_GONE::equals)
          ? CallOutcome.ABANDONED_RINGING
          : CallOutcome.NOT_ANSWERED;
    }
    boolean ringing =
        last.get().attempts().stream()
            .anyMatch(a -> a.outcome().equals(Optional.of(RingOutcome.CALLER_GONE)));
    return ringing ? CallOutcome.ABANDONED_RINGING : CallOutcome.ABANDONED_IN_QUEUE;
  }

  /** Of a call that an agent made: what became of the phone that was called. */
  private static CallOutcome ofOurs(Call call, boolean unseen) {
    Optional<RingOutcome> called = failures(call).reduce((before, last) -> last);
    if (called.isEmpty()) {
      return unseen ? CallOutcome.LOST_TRACK : CallOutcome.CANCELLED;
    }
    return switch (called.get()) {
      case BUSY -> CallOutcome.BUSY;
      case REJECTED -> CallOutcome.REJECTED;
      case UNAVAILABLE -> CallOutcome.UNREACHABLE;
      case NO_ANSWER -> CallOutcome.NOT_ANSWERED;
      case CALLER_GONE, ANSWERED, PICKED_UP -> CallOutcome.CANCELLED;
      case LOST_TRACK -> CallOutcome.LOST_TRACK;
    };
  }

  /** Why those who were dialled did not answer. */
  private static Stream<RingOutcome> failures(Call call) {
    return call.parts().stream()
        .filter(part -> part.role() == PartRole.CALLED)
        .flatMap(part -> part.failure().stream());
  }

  /** On which side of the call a device is. */
  static ClearedBy who(Call call, Part part) {
    boolean ours =
        switch (call.origin().direction()) {
          case OUTBOUND, INTERNAL -> part.role() != PartRole.CALLED;
          case INBOUND, OTHER -> part.role() != PartRole.CALLER;
        };
    return ours ? ClearedBy.AGENT : ClearedBy.CALLER;
  }

  /**
   * What a connection of a call that joins another one is there.
   *
   * @param given where that is known, empty for none
   */
  static JoiningPart joining(Call call, Connection connection, Optional<Optional<PartRole>> given) {
    Optional<Part> part = call.part(connection.id());
    boolean ourCall =
        switch (call.origin().direction()) {
          case OUTBOUND, INTERNAL -> true;
          case INBOUND, OTHER -> false;
        };
    Optional<PartRole> role =
        part.map(
            p ->
                switch (p.role()) {
                  case CALLER -> ourCall ? PartRole.CONSULTED : PartRole.CONFERENCED;
                  case CONSULTED -> PartRole.CONSULTED;
                  case QUEUE_AGENT, CALLED, TRANSFERRED_TO, CONFERENCED -> PartRole.TRANSFERRED_TO;
                });
    return new JoiningPart(
        connection.id(),
        connection.channelName(),
        given.orElse(role),
        part.flatMap(p -> p.device().agent()),
        part.map(p -> p.device().number()).orElse(""),
        part.filter(Part::talking).isPresent());
  }

  /** Whether a connection is known to belong to another phone than the one that talks. */
  static boolean ofAnotherOffer(Call call, ConnectionId connection, MemberAddressing addressing) {
    Optional<RingAttempt> talk = call.talking();
    if (talk.isEmpty() || talk.get().id().value().equals(connection.value())) {
      return false;
    }
    boolean otherLeg =
        call.visits().stream()
            .flatMap(visit -> visit.attempts().stream())
            .anyMatch(attempt -> attempt.id().value().equals(connection.value()));
    Optional<Extension> phone =
        Optional.ofNullable(call.connections().get(connection))
            .flatMap(c -> addressing.extensionOfChannel(c.channelName()));
    return otherLeg || phone.filter(other -> !other.equals(talk.get().extension())).isPresent();
  }

  /** Who ended it first. */
  static ClearedBy by(Call call, CallOutcome outcome) {
    return switch (outcome) {
      case ANSWERED -> call.ending().by().orElse(ClearedBy.UNKNOWN);
      case ABANDONED_IN_IVR, ABANDONED_IN_QUEUE, ABANDONED_RINGING -> ClearedBy.CALLER;
      case ENDED_BY_FLOW -> ClearedBy.SYSTEM;
      case NOT_ANSWERED ->
          call.ending().flowNode().isPresent() ? ClearedBy.SYSTEM : ClearedBy.UNKNOWN;
      case CANCELLED -> ClearedBy.AGENT;
      case BUSY, REJECTED, UNREACHABLE, MERGED, LOST_TRACK -> ClearedBy.UNKNOWN;
    };
  }
}
