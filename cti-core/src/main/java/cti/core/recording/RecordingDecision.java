package cti.core.recording;

import cti.core.id.CallId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What is done about the talk of one call at one desk.
 *
 * @param fromTheBegin whether the talk is recorded from its begin
 * @param announcement the prompt that the caller must have heard before; where it cannot be played,
 *     nothing is recorded
 * @param agentMayStart whether the agent may start a recording of this talk
 */
public record RecordingDecision(
    boolean fromTheBegin, Optional<String> announcement, boolean agentMayStart) {
  public static final RecordingDecision NOTHING =
      new RecordingDecision(false, Optional.empty(), false);

  /** The same for the same call, whenever and wherever it is asked. */
  public static RecordingDecision of(RecordingRules rules, CallId call) {
    boolean recorded =
        switch (rules.policy()) {
          case NONE -> false;
          case ALL, ANNOUNCED -> true;
          case SHARE -> place(call) < rules.sharePercent();
        };
    return new RecordingDecision(
        recorded,
        rules.policy() == RecordingPolicy.ANNOUNCED
            ? Optional.of(rules.announcement())
            : Optional.empty(),
        rules.agentMayStart());
  }

  /** The call's place among a hundred: even, and the same for ever. */
  static int place(CallId call) {
    CRC32 sum = new CRC32();
    sum.update(call.value().getBytes(StandardCharsets.UTF_8));
    return (int) (sum.getValue() % 100);
  }
}
