package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.port.Accounts.SignIn;
import cti.server.config.ConfigReader;
import cti.server.config.CtiConfig;
import cti.server.db.accounts.AccountStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who can sign in after the first start of a server. */
class MasterDataTest {
  @TempDir private Path folder;

  private EmbeddedServer server;
  private AccountStore accounts;

  @BeforeEach
  void startADatabase() throws IOException {
    server = EmbeddedServer.withoutData();
    accounts = server.accounts();
    Files.createDirectory(folder.resolve("data"));
  }

  @AfterEach
  void stopIt() {
    server.close();
  }

  private void prepare(boolean sampleData) throws StartException {
    CtiConfig config =
        new ConfigReader(folder, Map.of())
            .read(
                "cti.yaml",
                """
                gateway: {id: gw1, ami: {host: pbx, user: cti, secret: "not used"}}
                database: {kind: embedded}
                sample-data: %s
                """
                    .formatted(sampleData));
    new MasterData(config, PlanFiles.of(config.ivr())).prepare(server.database(), accounts);
  }

  @Test
  void theFirstAdminMustChooseAPassword() throws Exception {
    prepare(false);
    Account admin = new Account("admin", "Administrator", Role.ADMIN, Optional.empty(), true);
    assertEquals(List.of(admin), accounts.load());
    prepare(false);
    assertEquals(List.of(admin), accounts.load());
    assertFalse(Files.exists(folder.resolve("data/sample-accounts.tsv")));
  }

  @Test
  void sampleAccountsAreReadyToUse() throws Exception {
    prepare(true);
    List<String> lines = Files.readAllLines(folder.resolve("data/sample-accounts.tsv"));
    assertEquals(accounts.load().size(), lines.size());
    assertTrue(lines.getFirst().startsWith("admin\t"), "the admin is among them");
    for (String line : List.of(lines.get(0), lines.get(1), lines.getLast())) {
      String[] column = line.split("\t", -1);
      assertInstanceOf(SignIn.Welcome.class, accounts.signIn(column[0], column[1]), column[0]);
    }
    assertTrue(accounts.load().stream().noneMatch(Account::mustChangePassword));
  }
}
