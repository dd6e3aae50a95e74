package cti.testbed.faults;

import cti.testbed.client.AgentView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the agents are as they should be once every call is over. */
final class AgentCheck {
  /** 2101 (Local/8101@cti-agents/n from Custom:8101) (ringinuse disabled) (dynamic) (paused:…) … */
  private static final Pattern MEMBER =
      Pattern.compile("^\\s+(\\S+) \\(Local/(\\d+)@cti-agents/n\\b.*");

  /** The rule of every desk that has none of its own (cti.core.agent.AgentRules). */
  private static final int MISSES_IN_A_ROW = 3;

  private static final String LET_IT_RING = "ring-no-answer";

  private AgentCheck() {}

  /**
   * A member of a queue as the gateway's console shows it.
   *
   * @param inUse its phone counts as in a call or ringing
   */
  record Member(String agent, boolean paused, boolean inUse) {}

  /** Reads what {@code queue show} printed. */
  static List<Member> members(String console) {
    List<Member> members = new ArrayList<>();
    for (String line : console.lines().toList()) {
      Matcher member = MEMBER.matcher(line);
      if (member.matches()) {
        members.add(
            new Member(
                member.group(1),
                line.contains("(paused"),
                line.contains("(In use)")
                    || line.contains("(in call)")
                    || line.contains("(Ringing)")));
      }
    }
    return members;
  }

  /**
   * Compares what screens show with the members of the gateway's queues.
   *
   * @param missed unanswered rings of each agent in a row, by queue_log: a good reason to be not
   *     ready
   */
  static List<String> complaints(
      List<AgentView> agents, List<Member> members, Map<String, Integer> missed) {
    Map<String, Member> byAgent = new HashMap<>();
    members.forEach(member -> byAgent.put(member.agent(), member));
    List<String> complaints = new ArrayList<>();
    for (AgentView agent : agents) {
      Member member = byAgent.get(agent.id());
      if (member == null) {
        complaints.add(
            "agent %s is no member of the queue, on screen %s"
                .formatted(agent.id(), agent.state()));
        continue;
      }
      boolean ready = agent.state().equals("ready");
      boolean excused =
          agent.state().equals("not-ready")
              && agent.reason().equals(LET_IT_RING)
              && missed.getOrDefault(agent.id(), 0) >= MISSES_IN_A_ROW;
      if (!ready && !excused) {
        complaints.add(
            "agent %s is %s (%s) although every call is over; %d rings missed in a row"
                .formatted(
                    agent.id(), agent.state(), agent.reason(), missed.getOrDefault(agent.id(), 0)));
      }
      if (ready == member.paused()) {
        complaints.add(
            "agent %s is %s on screen and %s in the queue"
                .formatted(agent.id(), agent.state(), member.paused() ? "paused" : "not paused"));
      }
      if (member.inUse()) {
        complaints.add("the phone of agent %s is in use at the gateway".formatted(agent.id()));
      }
    }
    return complaints;
  }
}
