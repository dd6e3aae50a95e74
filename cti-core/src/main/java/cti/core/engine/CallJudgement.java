package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import java.util.Optional;

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
    Optional<QueueVisit> last = call.lastVisit();
    boolean known =
        call.ending().flowNode().isPresent() || last.filter(QueueVisit::callerLeft).isPresent();
    if (unseen && !known) {
      return CallOutcome.LOST_TRACK;
    }
    if (last.isEmpty()) {
      return call.ending().flowNode().isPresent()
          ? CallOutcome.ENDED_BY_FLOW
          : CallOutcome.ABANDONED_IN_IVR;
    }
    if (!last.get().callerLeft()) {
      return CallOutcome.NOT_ANSWERED;
    }
    boolean ringing =
        last.get().attempts().stream()
            .anyMatch(a -> a.outcome().equals(Optional.of(RingOutcome.CALLER_GONE)));
    return ringing ? CallOutcome.ABANDONED_RINGING : CallOutcome.ABANDONED_IN_QUEUE;
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
      case LOST_TRACK -> ClearedBy.UNKNOWN;
    };
  }
}
