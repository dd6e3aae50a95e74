package cti.server.db.calls;

import cti.core.call.Call;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.id.AgentId;
import java.time.Instant;

/** A row of call_part. */
record PartRow(
    String callId,
    String connectionId,
    int ordinal,
    String role,
    String agentId,
    String number,
    String state,
    Instant startedAt,
    Instant answeredAt,
    Instant endedAt,
    String failure,
    long talkMs,
    long holdMs) {

  static PartRow of(Call call, int ordinal) {
    Part part = call.parts().get(ordinal);
    boolean began = part.role() == PartRole.CALLER;
    return new PartRow(
        call.id().value(),
        part.id().value(),
        ordinal,
        part.role().name(),
        part.device().agent().map(AgentId::value).orElse(null),
        CallFile.cut(part.device().number(), 64),
        part.state().name(),
        part.times().startedAt(),
        part.times().answeredAt().orElse(null),
        part.times().endedAt().orElse(null),
        part.failure().map(Enum::name).orElse(null),
        (began ? call.times().talking() : part.times().talked()).toMillis(),
        (began ? call.times().onHold() : part.times().held()).toMillis());
  }
}
