package cti.testbed.faults;

import cti.testbed.gateway.QueueLogLine;
import java.util.List;
import java.util.Set;

/** Lines of the gateway's logs, and the call that they tell of. */
final class Told {
  static final String CALLER = "12400000007";

  /** A ring in vain, then a talk; and a caller who is not of the load. */
  static final String QUEUE_LOG =
      """
      1795300493|NONE|cti-load-gz|2101|PAUSE|on-call
      1795300496|1795300493.147|cti-load-gz|NONE|ENTERQUEUE||12400000007|1
      1795300500|1795300493.147|cti-load-gz|2101|RINGNOANSWER|4000
      1795300502|1795300493.147|cti-load-gz|2102|CONNECT|6|1795300501.149|1
      1795300507|1795300493.147|cti-load-gz|2102|COMPLETEAGENT|6|5|1
      1795300508|1795300508.150|cti-gz|NONE|ENTERQUEUE||13900000026|1
      """;

  /** The legs of that call. */
  static final String DETAILS =
      """
      "1795300493.147","1795300493.147","1","12400000007","8000","cti-hotline","PJSIP/ipoffice-49","Local/8101@cti-agents-25;1","Queue","1795300493.250000","1795300493.260000","1795300500.900000","NO ANSWER"
      "1795300493.147","1795300497.148","2","12400000007","8101","cti-agents","Local/8101@cti-agents-25;2","PJSIP/ipoffice-4a","Dial","1795300496.500000","0.000000","1795300500.600000","NO ANSWER"
      "1795300493.147","1795300497.148","5","12400000007","8101","cti-agents","Local/8101@cti-agents-25;2","","Congestion","1795300500.600000","0.000000","1795300500.610000","CONGESTION"
      "1795300493.147","1795300493.147","3","12400000007","8000","cti-hotline","PJSIP/ipoffice-49","Local/8102@cti-agents-26;1","Queue","1795300500.900000","1795300500.900000","1795300507.750000","ANSWERED"
      "1795300493.147","1795300501.149","4","12400000007","8102","cti-agents","Local/8102@cti-agents-26;2","PJSIP/ipoffice-4b","Dial","1795300501.600000","1795300502.100000","1795300507.700000","ANSWERED"
      """;

  static List<QueueLogLine> queueLog(String text) {
    return text.lines().map(QueueLogLine::parse).toList();
  }

  static List<LoadLine> details(String text) {
    return text.lines().map(LoadLine::parse).toList();
  }

  /** The one call of {@link #CALLER}. */
  static GatewayCall call(String log, String lines) {
    return GatewayCalls.of(queueLog(log), details(lines), Set.of(CALLER)).getFirst();
  }

  private Told() {}
}
