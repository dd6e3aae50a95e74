package cti.core.ivr;

import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.routing.Caller;
import cti.core.routing.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a flow may ask of the moment in which a call goes through it. A snapshot: the same question
 * has the same answer for the length of one request, so that a call's way is a function of what it
 * is told.
 */
public interface FlowWorld {
  /**
   * Where the rules send the call.
   *
   * @param choice what the caller chose last
   * @param keys all that was keyed, in order
   */
  Decision decide(Caller caller, Optional<String> choice, String keys);

  /** Whether the desk works now; one without hours always does. */
  boolean open(DeskId desk);

  /**
   * Whether a rule says itself what becomes of its calls while the desk is closed.
   *
   * @param rule that gave the desk; may be empty, or no rule any more
   */
  boolean servedOutOfHours(String rule);

  /** The person with an employee number, as the caller of this call. */
  Optional<Caller> identified(Caller caller, StaffId staff);

  /** Major incidents that concern this caller, the oldest first. */
  List<Notice> notices(Caller caller, Optional<String> choice);

  /** What is known of a desk's queue. */
  QueueFigures queue(DeskId desk);

  /**
   * A known major incident.
   *
   * @param prompt its announcement, an id of the manifest
   */
  record Notice(String id, String prompt) {}

  /**
   * Figures of a queue.
   *
   * @param waiting callers who wait there now; empty where it is not known
   * @param expectedWait for who comes next, from our own measured waits; empty where there are too
   *     few of them
   */
  record QueueFigures(Optional<Integer> waiting, Optional<Duration> expectedWait) {
    public static final QueueFigures UNKNOWN = new QueueFigures(Optional.empty(), Optional.empty());
  }
}
