package cti.server.db.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.port.AgentSettings.Rules;
import cti.server.db.Database;
import cti.server.db.DatabaseAddress;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What the migration puts into a new database is what the core calls shipped. */
@OnEveryDatabase
class ShippedReasonsTest {
  private final DatabaseAddress address;

  ShippedReasonsTest(TestDatabase database) {
    this.address = database.address();
  }

  @Test
  void theSeedIsWhatIsShipped() {
    try (Database fresh = Database.open(address, 2)) {
      assertEquals(Rules.SHIPPED, new AgentSettingsStore(fresh, InstantSource.system()).load());
    }
  }
}
