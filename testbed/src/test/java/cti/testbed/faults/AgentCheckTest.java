package cti.testbed.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.testbed.client.AgentView;
import cti.testbed.faults.AgentCheck.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentCheckTest {
  private static final String CONSOLE =
      """
      cti-load-gz has 0 calls (max unlimited) in 'rrmemory' strategy (0s holdtime, 0s talktime), W:0, C:0, A:0, SL:0.0%, SL2:0.0% within 0s
         Members:
            2101 (Local/8101@cti-agents/n from Custom:8101) (ringinuse disabled) (dynamic) (Not in use) has taken 2 calls (last was 9 secs ago)
            2102 (Local/8102@cti-agents/n from Custom:8102) (ringinuse disabled) (dynamic) (paused:ring-no-answer was 5 secs ago) (Not in use) has taken no calls yet
            2103 (Local/8103@cti-agents/n from Custom:8103) (ringinuse disabled) (dynamic) (In use) has taken no calls yet
         No Callers
      """;

  private static AgentView agent(String id, String state, String reason) {
    return new AgentView(
        id,
        "工程师" + id,
        state,
        reason,
        Optional.of("8101"),
        List.of("gz"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  private static List<String> complaints(AgentView agent, Member member, int missed) {
    return AgentCheck.complaints(List.of(agent), List.of(member), Map.of("2101", missed));
  }

  @Test
  void theConsolesMembersAreRead() {
    assertEquals(
        List.of(
            new Member("2101", false, false),
            new Member("2102", true, false),
            new Member("2103", false, true)),
        AgentCheck.members(CONSOLE));
  }

  @Test
  void whoIsReadyOnScreenAndInTheQueueIsRight() {
    assertEquals(
        List.of(), complaints(agent("2101", "ready", ""), new Member("2101", false, false), 0));
  }

  @Test
  void whoIsReadyAndPausedIsDeaf() {
    assertEquals(
        List.of("agent 2101 is ready on screen and paused in the queue"),
        complaints(agent("2101", "ready", ""), new Member("2101", true, false), 0));
  }

  @Test
  void whoIsStuckIsTold() {
    for (String state : List.of("busy", "working-after-call", "unknown", "not-ready")) {
      assertEquals(
          1,
          complaints(agent("2101", state, "lunch"), new Member("2101", true, false), 5).size(),
          state);
    }
  }

  @Test
  void whoLetItRingThreeTimesIsNotReadyForAReason() {
    AgentView agent = agent("2101", "not-ready", "ring-no-answer");

    assertEquals(List.of(), complaints(agent, new Member("2101", true, false), 3));
    assertEquals(1, complaints(agent, new Member("2101", true, false), 2).size());
    assertEquals(1, complaints(agent, new Member("2101", false, false), 3).size());
  }

  @Test
  void whoIsNoMemberOrHasAPhoneInUseIsTold() {
    assertEquals(
        1, AgentCheck.complaints(List.of(agent("2101", "ready", "")), List.of(), Map.of()).size());
    assertEquals(
        1, complaints(agent("2101", "ready", ""), new Member("2101", false, true), 0).size());
  }
}
