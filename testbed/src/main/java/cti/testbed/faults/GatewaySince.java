package cti.testbed.faults;

import cti.testbed.gateway.QueueLogLine;
import cti.testbed.gateway.Testbed;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The gateway's two logs from a moment on. */
final class GatewaySince {
  private final Testbed testbed;
  private final long queueLog;
  private final long details;

  private GatewaySince(Testbed testbed, long queueLog, long details) {
    this.testbed = testbed;
    this.queueLog = queueLog;
    this.details = details;
  }

  static GatewaySince now(Testbed testbed) throws IOException, InterruptedException {
    return new GatewaySince(testbed, testbed.queueLogEnd(), testbed.fineDetailsEnd());
  }

  List<QueueLogLine> queueLog() throws IOException, InterruptedException {
    return testbed.queueLogSince(queueLog);
  }

  List<String> details() throws IOException, InterruptedException {
    return testbed.fineDetailsSince(details);
  }

  List<GatewayCall> calls(Set<String> numbers) throws IOException, InterruptedException {
    return GatewayCalls.of(queueLog(), details().stream().map(LoadLine::parse).toList(), numbers);
  }

  /** Rings that each agent let pass since the last talk. */
  Map<String, Integer> missedInARow() throws IOException, InterruptedException {
    Map<String, Integer> missed = new HashMap<>();
    for (QueueLogLine line : queueLog()) {
      switch (line.event()) {
        case "RINGNOANSWER" -> missed.merge(line.member(), 1, Integer::sum);
        case "CONNECT" -> missed.put(line.member(), 0);
        default -> {
          // Says nothing about an agent's rings.
        }
      }
    }
    return missed;
  }
}
