package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Account;
import cti.core.account.PasswordWeakness;
import cti.core.account.Role;
import cti.core.agent.Agent;
import cti.core.id.AgentId;
import cti.core.port.Accounts.PasswordChange;
import cti.core.port.Accounts.SignIn;
import cti.server.db.DatabaseAddress;
import cti.server.db.accounts.AccountStore;
import cti.server.db.agents.AgentStore;
import cti.server.db.audit.AuditStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code cti account …} as people type it, on a real embedded database. */
class AccountCommandTest {
  @TempDir private Path temporary;

  private EmbeddedServer server;
  private AccountStore accounts;
  private Path embedded;
  private Path beside;

  private record Ran(int exitCode, String out, String errors) {}

  @BeforeEach
  void startADatabase() throws IOException {
    server = EmbeddedServer.withoutData();
    accounts = server.accounts();
    new AgentStore(server.database()).save(new Agent(new AgentId("2001"), "员工0001", Map.of()));
    embedded =
        configuration(
            "embedded.yaml",
            "{kind: embedded, embedded: {folder: \"%s\"}}".formatted(EmbeddedServer.FOLDER));
    DatabaseAddress at = server.address();
    beside =
        configuration(
            "mysql.yaml",
            """
            {kind: mysql, mysql: {host: %s, port: %d, name: %s, user: %s, password: "%s"}}\
            """
                .formatted(at.host(), at.port(), at.name(), at.user(), at.password().reveal()));
  }

  @AfterEach
  void stopIt() {
    server.close();
  }

  private Path configuration(String name, String databaseSection) throws IOException {
    return Files.writeString(
        temporary.resolve(name),
        """
        gateway: {id: gw1, ami: {host: pbx, user: cti, secret: "not used"}}
        database: %s
        """
            .formatted(databaseSection));
  }

  private static Ran run(Path config, String... words) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(errors, true));
    String[] all =
        Stream.of(Stream.of("account"), Stream.of(words), Stream.of("-c", config.toString()))
            .flatMap(part -> part)
            .toArray(String[]::new);
    int exitCode = commandLine.execute(all);
    return new Ran(exitCode, out.toString(), errors.toString());
  }

  private static String passwordOf(String user, Ran ran) {
    assertEquals(0, ran.exitCode(), ran.errors());
    String before = "one-time password of " + user + ": ";
    assertTrue(ran.out().startsWith(before), ran.out());
    String password = ran.out().substring(before.length()).strip();
    assertEquals(16, password.length());
    return password;
  }

  @Test
  void whoIsAddedSignsInAndMustChooseAPassword() {
    String password =
        passwordOf(
            "wang",
            run(beside, "add", "wang", "--name", "员工0001", "--role", "agent", "--agent", "2001"));
    Account wang =
        new Account("wang", "员工0001", Role.AGENT, Optional.of(new AgentId("2001")), true);
    assertEquals(new SignIn.Welcome(wang), accounts.signIn("wang", password));
    String chief =
        passwordOf("chief", run(beside, "add", "chief", "--name", "员工0002", "--role", "ADMIN"));
    assertInstanceOf(SignIn.Welcome.class, accounts.signIn("chief", chief));
    accounts.changePassword("chief", chief, "one of my own");
    Ran listed = run(beside, "list");
    assertEquals(
        List.of(
            "user role agent password name",
            "chief admin - chosen 员工0002",
            "wang agent 2001 one-time 员工0001"),
        listed.out().lines().map(line -> line.replaceAll(" +", " ")).toList());
    assertFalse(listed.out().contains(password));
  }

  @Test
  void aResetMakesANewOneTimePasswordAndARemovalEndsTheAccount() {
    String first = passwordOf("wang", run(beside, "add", "wang", "--name", "n", "--role", "admin"));
    accounts.changePassword("wang", first, "one of my own");
    String second = passwordOf("wang", run(beside, "reset", "wang"));
    assertInstanceOf(SignIn.Refused.class, accounts.signIn("wang", "one of my own"));
    assertTrue(
        assertInstanceOf(SignIn.Welcome.class, accounts.signIn("wang", second))
            .account()
            .mustChangePassword());
    assertEquals(
        new PasswordChange.Weak(PasswordWeakness.USED_BEFORE),
        accounts.changePassword("wang", second, "one of my own"));
    Ran last = run(beside, "remove", "wang");
    assertEquals(Main.BAD_INPUT, last.exitCode());
    assertTrue(last.errors().startsWith("the user 'wang' is the last administrator"));
    assertInstanceOf(SignIn.Welcome.class, accounts.signIn("wang", second));
    run(beside, "add", "chief", "--name", "员工0002", "--role", "admin");
    Ran removed = run(beside, "remove", "wang");
    assertEquals(0, removed.exitCode(), removed.errors());
    assertEquals("removed wang\n", removed.out());
    assertInstanceOf(SignIn.Refused.class, accounts.signIn("wang", second));
    AuditStore audit = new AuditStore(server.database());
    List<String> lines =
        audit.entries(Optional.empty(), Optional.empty(), Optional.empty(), 9).stream()
            .map(line -> line.account() + " " + line.action() + " " + line.subject())
            .toList();
    String by = "cli:" + System.getProperty("user.name");
    assertEquals(
        List.of(
            by + " remove account wang",
            by + " create account chief",
            by + " reset-password account wang",
            "wang change-password account wang",
            by + " create account wang"),
        lines);
    assertEquals(Optional.empty(), audit.check().broken());
  }

  @Test
  void whatCannotBeDoneIsToldWithWhatWasExpected() {
    run(beside, "add", "wang", "--name", "员工0001", "--role", "agent");
    Object[][] rows = {
      {"add wang --name n --role agent", "the user 'wang' is taken, expected a new name"},
      {"add Wang --name n --role agent", "user name 'Wang', expected 1 to 64 characters"},
      {"add li --name n --role agent --agent 2002", "no agent '2002', expected one of [2001]"},
      {"add li --name n --role chief", "expected one of [AGENT, SUPERVISOR, ADMIN, AUDITOR]"},
      {"add li --role agent", "Missing required option: '--name=NAME'"},
      {"reset li", "no account 'li', expected one of [wang]"},
      {"remove li", "no account 'li', expected one of [wang]"},
    };
    for (Object[] row : rows) {
      Ran ran = run(beside, ((String) row[0]).split(" "));
      assertEquals(Main.BAD_INPUT, ran.exitCode(), (String) row[0]);
      assertTrue(ran.errors().contains((String) row[1]), ran.errors());
      assertEquals("", ran.out());
    }
    assertEquals(1, accounts.load().size());
    assertEquals(
        Main.BAD_INPUT, run(temporary.resolve("none.yaml"), "list").exitCode(), "no such file");
  }

  @Test
  void anEmbeddedDatabaseIsForOneAtATime() {
    accounts.createFirstAdmin(true);
    Ran refused = run(embedded, "list");
    assertEquals(Main.CANNOT_START, refused.exitCode());
    assertEquals(
        "the embedded database in "
            + EmbeddedServer.FOLDER
            + " is in use by a running cti-server: stop the server first, or use a MySQL"
            + " (database.kind: mysql), which takes accounts while the server runs\n",
        refused.errors());
    server.close();
    String password = passwordOf("admin", run(embedded, "reset", "admin"));
    Ran listed = run(embedded, "list");
    assertTrue(listed.out().contains("admin"), listed.out());
    assertFalse(listed.out().contains(password), listed.out());
  }
}
