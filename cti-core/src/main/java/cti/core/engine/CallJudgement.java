package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.QueueVisit;
import cti.core.call.RingOutcome;
import java.util.Optional;

/** What became of a call, judged over all of it when its last connection ends. */
final class CallJudgement {
  private CallJudgement() {}

  static CallOutcome outcome(Call call) {
    if (call.answered()) {
      return CallOutcome.ANSWERED;
    }
    Optional<QueueVisit> last = call.lastVisit();
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
