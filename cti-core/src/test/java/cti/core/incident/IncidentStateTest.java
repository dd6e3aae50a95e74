package cti.core.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IncidentStateTest {
  @Test
  void everyStateAndWhatMayFollowIt() {
    assertEquals(
        """
        NEW: ASSIGNED CANCELLED MERGED
        ASSIGNED: IN_PROGRESS CANCELLED MERGED
        IN_PROGRESS: PENDING RESOLVED CANCELLED MERGED
        PENDING: IN_PROGRESS RESOLVED CANCELLED MERGED
        RESOLVED: CLOSED REOPENED
        CLOSED:
        REOPENED: ASSIGNED IN_PROGRESS CANCELLED MERGED
        CANCELLED:
        MERGED:\
        """,
        Arrays.stream(IncidentState.values())
            .map(
                state ->
                    state
                        + ":"
                        + state.next().stream()
                            .sorted()
                            .map(next -> " " + next)
                            .collect(Collectors.joining()))
            .collect(Collectors.joining("\n")));
  }
}
