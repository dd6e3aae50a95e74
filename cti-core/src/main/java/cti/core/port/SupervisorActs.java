package cti.core.port;

import cti.core.event.SupervisorEvent;
import cti.core.id.CallId;
import java.util.List;
import java.util.Map;

/** What supervisors did, on record. Methods block; they throw StoreUnavailableException. */
public interface SupervisorActs {
  /**
   * Writes a line of the audit log, before the act or instead of it: there is no act without one.
   *
   * @param subject its kind, a blank, its id; at most 80 characters
   * @param facts texts and flags that say what was wanted
   */
  void note(String user, String action, String subject, Map<String, ?> facts);

  /** What was done in a call, in order; of calls that became part of it as well. */
  List<SupervisorEvent> inCall(CallId call);
}
