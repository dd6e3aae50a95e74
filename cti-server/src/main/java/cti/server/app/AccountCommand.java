package cti.server.app;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.port.AccountEditing.Edited;
import cti.core.port.AccountEditing.OneTimePassword;
import cti.core.port.StoreUnavailableException;
import cti.server.config.ConfigurationException;
import cti.server.config.CtiConfig;
import cti.server.config.DatabaseConfig;
import cti.server.db.Database;
import cti.server.db.DatabaseStartException;
import cti.server.db.DatabaseStartException.DatabaseInUseException;
import cti.server.db.accounts.AccountEditor;
import cti.server.db.accounts.AccountStore;
import cti.server.db.agents.AgentStore;
import cti.server.db.audit.AuditWriter;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Who may sign in, from the command line. Works on the database itself: on a MySQL beside a running
 * server, on an embedded database only while no server has it.
 */
@Command(
    name = "account",
    description = "Lists, adds, resets and removes those who may sign in.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class AccountCommand implements Runnable {
  private static final int POOL_SIZE = 2;

  /** As long as the name of an account may be. */
  private static final int LONGEST_BY = 64;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command, expected one of list, add, reset, remove");
  }

  /** What a command works with. */
  private record Desk(
      AccountStore accounts, AccountEditor editor, AgentStore agents, PrintWriter out) {}

  private interface Work {
    /**
     * @throws Refusal with the offending value and what was expected
     */
    void on(Desk desk);
  }

  /** What was asked cannot be done. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message, null, false, false);
    }
  }

  private int onDatabase(ConfigurationFile file, Work work) {
    PrintWriter errors = spec.commandLine().getErr();
    CtiConfig config;
    try {
      config = file.read();
    } catch (ConfigurationException e) {
      errors.println(e.getMessage());
      return Main.BAD_INPUT;
    }
    Lifecycle lifecycle = new Lifecycle();
    try {
      Database database = ConfiguredDatabase.open(config.database(), POOL_SIZE, lifecycle);
      Clock clock = Clock.systemUTC();
      work.on(
          new Desk(
              new AccountStore(database, clock, new SecureRandom()),
              new AccountEditor(database, clock, new AuditWriter(clock)),
              new AgentStore(database),
              spec.commandLine().getOut()));
      return 0;
    } catch (DatabaseInUseException e) {
      errors.println(inUse(config.database()));
      return Main.CANNOT_START;
    } catch (DatabaseStartException | StoreUnavailableException e) {
      errors.println(e.getMessage());
      return Main.CANNOT_START;
    } catch (Refusal e) {
      errors.println(e.getMessage());
      return Main.BAD_INPUT;
    } finally {
      lifecycle.stop();
    }
  }

  private static String inUse(DatabaseConfig config) {
    String where =
        switch (config) {
          case DatabaseConfig.Embedded embedded -> "in " + embedded.folder();
          case DatabaseConfig.MySql mysql -> "at " + mysql.host();
        };
    return "the embedded database "
        + where
        + " is in use by a running cti-server: stop the server first, or use a MySQL"
        + " (database.kind: mysql), which takes accounts while the server runs";
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Refusal noSuchUser(String user, AccountStore accounts) {
    List<String> users = accounts.load().stream().map(Account::user).toList();
    String expected = users.size() > 20 ? "one that 'account list' shows" : "one of " + users;
    return new Refusal("no account '" + user + "', expected " + expected);
  }

  /** Who did it, in the audit log: nobody who signed in. */
  private static String by() {
    String name = "cli:" + System.getProperty("user.name");
    return name.substring(0, Math.min(name.length(), LONGEST_BY));
  }

  /** Tells what came of it, once it is on record with its audit line. */
  private static void tell(Desk desk, String user, Edited edited) {
    switch (edited) {
      case Edited.Done _ -> desk.out().println("removed " + user);
      case Edited.Made(Account _, OneTimePassword password) ->
          desk.out().println("one-time password of " + user + ": " + password.reveal());
      case Edited.NoSuchUser _ -> throw noSuchUser(user, desk.accounts());
      case Edited.AlreadyThere _ ->
          throw new Refusal("the user '" + user + "' is taken, expected a new name");
      case Edited.LastAdmin _ ->
          throw new Refusal(
              "the user '"
                  + user
                  + "' is the last administrator, expected another one first: 'account add USER"
                  + " --role admin' makes one");
      case Edited.Faulty(String reason) -> throw new Refusal(reason);
    }
  }

  @Command(
      name = "list",
      description = "Who may sign in: user, role, agent, name, and whose password is for one use.",
      mixinStandardHelpOptions = true)
  int list(@Mixin ConfigurationFile config) {
    return onDatabase(
        config,
        desk -> {
          String row = "%-20s %-10s %-8s %-9s %s%n";
          desk.out().printf(row, "user", "role", "agent", "password", "name");
          for (Account account : desk.accounts().load()) {
            desk.out()
                .printf(
                    row,
                    account.user(),
                    word(account.role()),
                    account.agent().map(AgentId::value).orElse("-"),
                    account.mustChangePassword() ? "one-time" : "chosen",
                    account.name());
          }
          desk.out().flush();
        });
  }

  @Command(
      name = "add",
      description = "Adds somebody and prints their one-time password.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin ConfigurationFile config,
      @Parameters(paramLabel = "USER", description = "1 to 64 characters of a-z 0-9 . _ - @")
          String user,
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "As shown.")
          String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "agent|supervisor|admin|auditor",
              description =
                  "The first three each may do what the ones before may; an auditor sees what a"
                      + " supervisor sees and changes nothing.")
          Role role,
      @Option(
              names = "--agent",
              paramLabel = "NUMBER",
              description = "The agent that they are, where they take calls.")
          Optional<String> agent) {
    return onDatabase(
        config,
        desk -> {
          Account account =
              new Account(
                  user,
                  name.strip(),
                  role,
                  agent.map(number -> known(number, desk.agents())),
                  true);
          tell(desk, user, desk.editor().add(account, by()));
        });
  }

  private static AgentId known(String number, AgentStore agents) {
    List<AgentId> all = agents.load().stream().map(one -> one.id()).toList();
    return all.stream()
        .filter(id -> id.value().equals(number))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "no agent '"
                        + number
                        + "', expected "
                        + (all.isEmpty()
                            ? "no --agent: there are no agents yet"
                            : "one of " + all)));
  }

  @Command(
      name = "reset",
      description = "Gives somebody a new one-time password; their sessions and bridges end.",
      mixinStandardHelpOptions = true)
  int reset(
      @Mixin ConfigurationFile config,
      @Parameters(paramLabel = "USER", description = "Who.") String user) {
    return onDatabase(config, desk -> tell(desk, user, desk.editor().reset(user, by())));
  }

  @Command(
      name = "remove",
      description = "Takes somebody away, not the last administrator; their sessions end.",
      mixinStandardHelpOptions = true)
  int remove(
      @Mixin ConfigurationFile config,
      @Parameters(paramLabel = "USER", description = "Who.") String user) {
    return onDatabase(config, desk -> tell(desk, user, desk.editor().remove(user, by())));
  }
}
