package cti.core.engine;

import cti.core.call.EventCause;
import cti.core.call.RingOutcome;

/** Why a phone was not answered, in the gateway's words and in those of events. */
final class RingRefusal {
  private RingRefusal() {}

  /** The causes of ITU-T Q.850 that tell a phone's refusals apart. */
  static RingOutcome of(int q850) {
    return switch (q850) {
      case 17 -> RingOutcome.BUSY;
      case 21 -> RingOutcome.REJECTED;
      case 16, 18, 19 -> RingOutcome.NO_ANSWER;
      default -> RingOutcome.UNAVAILABLE;
    };
  }

  static EventCause cause(RingOutcome outcome) {
    return switch (outcome) {
      case BUSY -> EventCause.BUSY;
      case REJECTED -> EventCause.CALL_REJECTED;
      case UNAVAILABLE -> EventCause.DEST_NOT_OBTAINABLE;
      case NO_ANSWER -> EventCause.NO_ANSWER;
      case CALLER_GONE -> EventCause.CALL_CANCELLED;
      case LOST_TRACK -> EventCause.LOST_TRACK;
      case ANSWERED, PICKED_UP -> EventCause.NORMAL;
    };
  }
}
