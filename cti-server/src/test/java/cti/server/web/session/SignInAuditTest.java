package cti.server.web.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.port.SignInTrail.Line;
import cti.core.port.SignInTrail.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How much of a flood becomes lines. */
class SignInAuditTest {
  private final List<Line> written = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private final SignInAudit audit = new SignInAudit(written::add, () -> now);

  private void refuse(int times, String address) {
    for (int i = 0; i < times; i++) {
      audit.refused("user", address, Optional.empty());
    }
  }

  @Test
  void oneAddressDoesNotHideTheOthers() {
    refuse(5_000, "192.0.2.1");
    assertEquals(SignInAudit.LINES_OF_ADDRESS + 1, written.size());
    refuse(1, "192.0.2.2");
    assertEquals("192.0.2.2", written.getLast().address());
  }

  @Test
  void manyAddressesTogetherAreBoundedToo() {
    for (int i = 0; i < 5_000; i++) {
      refuse(1, "192.0.2." + i);
    }
    assertEquals(SignInAudit.LINES + 1, written.size());
    now = now.plus(SignInAudit.WINDOW);
    refuse(1, "192.0.2.1");
    assertEquals(
        new Line(What.LEFT_OUT, "", "", Optional.of(now), 4_900),
        written.get(SignInAudit.LINES + 1));
    assertEquals(SignInAudit.LINES + 3, written.size());
  }

  @Test
  void whoComesInDuringAFloodIsALine() {
    refuse(5_000, "192.0.2.1");
    audit.signedIn("agent", "192.0.2.1");
    audit.signedOut("agent", "192.0.2.1");
    assertEquals(What.SIGNED_OUT, written.getLast().what());
    assertEquals(What.SIGNED_IN, written.get(written.size() - 2).what());
  }

  @Test
  void anHourWithoutAFloodIsNotToldOf() {
    refuse(3, "192.0.2.1");
    now = now.plus(SignInAudit.WINDOW);
    refuse(1, "192.0.2.1");
    assertEquals(4, written.size());
  }
}
