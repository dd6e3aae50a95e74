package cti.testbed.faults;

import cti.testbed.faults.GatewayCall.Ring;
import cti.testbed.faults.RecordedCall.HandedOn;
import cti.testbed.faults.RecordedCall.Part;
import cti.testbed.faults.StayComparison.Differs;
import cti.testbed.faults.StayComparison.Timed;
import java.time.Duration;

/** The phones that a caller was handed on to by the agent who had answered, or that were asked. */
final class HandOnComparison {
  private final Differs differs;
  private final Timed timed;

  HandOnComparison(Differs differs, Timed timed) {
    this.differs = differs;
    this.timed = timed;
  }

  void compare(GatewayCall call, RecordedCall record) {
    HandedOn recorded = record.handedOn();
    int times = call.transferred() ? 1 : 0;
    if (recorded.times() != times || recorded.to().size() != call.handedOn().size()) {
      note(
          call,
          "handed on %d times to %s, on record %s".formatted(times, call.handedOn(), recorded));
      return;
    }
    for (int i = 0; i < recorded.to().size(); i++) {
      GatewayCall.HandedOn each = call.handedOn().get(i);
      Ring ring = each.ring();
      Part part = recorded.to().get(i);
      if (!part.role().equals(each.role().word())
          || !part.number().equals(ring.extension())
          || part.answered() != ring.answeredAt().isPresent()) {
        note(call, "handed on to %s, on record %s".formatted(each, part));
      } else {
        timed.check(
            call,
            "talk with " + part.number(),
            part.talked(),
            ring.talk().orElse(Duration.ZERO),
            Duration.ZERO);
      }
    }
  }

  private void note(GatewayCall call, String sentence) {
    differs.note(Difference.Kind.TRANSFER, call.id(), call.number(), sentence);
  }
}
