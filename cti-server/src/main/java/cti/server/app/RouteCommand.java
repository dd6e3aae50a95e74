package cti.server.app;

import cti.server.web.client.RemoteException;
import cti.server.web.client.RoutingClient;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The rules that route calls, from the command line, on a running server. */
@Command(
    name = "route",
    description =
        "Explains, checks, compares, publishes and rolls back the rules that route calls.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class RouteCommand implements Runnable {
  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--server",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:CTI_SERVER:-http://127.0.0.1:8080/}",
      description = "The running server (CTI_SERVER; default: ${DEFAULT-VALUE}).")
  private URI server;

  @Option(
      names = "--user",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:CTI_USER:-admin}",
      description = "Who signs in (CTI_USER; default: ${DEFAULT-VALUE}).")
  private String user;

  @Option(
      names = "--password-file",
      scope = ScopeType.INHERIT,
      description = "Where the password is; else CTI_PASSWORD, else it is asked for.")
  private Path passwordFile;

  @Option(
      names = "--zone",
      scope = ScopeType.INHERIT,
      defaultValue = "Asia/Shanghai",
      description = "Of the times given and shown (default: ${DEFAULT-VALUE}).")
  private ZoneId zone;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command, expected one of those in --help");
  }

  private interface Work {
    /**
     * @return the exit code
     */
    int on(RoutingClient client, PrintWriter out)
        throws RemoteException, InterruptedException, IOException;
  }

  private int remotely(Work work) throws InterruptedException {
    PrintWriter errors = spec.commandLine().getErr();
    try (RoutingClient client = RoutingClient.signIn(server, user, password(), zone)) {
      PrintWriter out = spec.commandLine().getOut();
      int code = work.on(client, out);
      out.flush();
      return code;
    } catch (RemoteException e) {
      errors.println(e.getMessage());
      return FAILED;
    } catch (NoSuchFileException e) {
      errors.println("no file " + e.getFile());
      return Main.BAD_INPUT;
    } catch (IOException e) {
      errors.println(e.getMessage());
      return Main.BAD_INPUT;
    }
  }

  private int print(Asking asking) throws InterruptedException {
    return remotely(
        (client, out) -> {
          out.print(asking.of(client));
          return 0;
        });
  }

  private interface Asking {
    String of(RoutingClient client) throws RemoteException, InterruptedException, IOException;
  }

  private String password() throws IOException {
    if (passwordFile != null) {
      return Files.readString(passwordFile).strip();
    }
    String given = System.getenv("CTI_PASSWORD");
    if (given != null) {
      return given;
    }
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
    if (typed == null) {
      throw new IOException("no password, expected --password-file, or CTI_PASSWORD");
    }
    return new String(typed);
  }

  private Optional<Instant> moment(String option, String text) {
    return Optional.ofNullable(text).map(given -> instant(option, given));
  }

  /** A local time, a date (its midnight), or an instant with Z. */
  private Instant instant(String option, String text) {
    try {
      if (text.endsWith("Z")) {
        return Instant.parse(text);
      }
      return text.contains("T")
          ? LocalDateTime.parse(text).atZone(zone).toInstant()
          : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(),
          option + " is " + text + ", expected a time like 2026-11-23T10:30 or 2026-11-23");
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    return file == null ? Optional.empty() : Optional.of(Files.readString(file));
  }

  @Command(name = "list", description = "Versions, newest first, and drafts.")
  int list() throws InterruptedException {
    return print(RoutingClient::list);
  }

  @Command(name = "get", description = "Writes the text of a version or draft.")
  int get(
      @Parameters(
              arity = "0..1",
              paramLabel = "WHICH",
              description = "A version's number or a draft's name; what is in force without it.")
          String which,
      @Option(names = "--file", description = "Where to write it; else it is printed.") Path file)
      throws InterruptedException {
    return remotely(
        (client, out) -> {
          String text = client.text(Optional.ofNullable(which));
          if (file == null) {
            out.print(text);
          } else {
            Files.writeString(file, text);
          }
          return 0;
        });
  }

  @Command(name = "put", description = "Keeps a file as a draft, and says what is wrong with it.")
  int put(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(
              names = "--draft",
              defaultValue = "main",
              description = "Its name (default: ${DEFAULT-VALUE}).")
          String draft)
      throws InterruptedException {
    return print(client -> client.put(draft, Files.readString(file)));
  }

  @Command(name = "drop", description = "Drops a draft.")
  int drop(@Parameters(paramLabel = "DRAFT") String draft) throws InterruptedException {
    return print(client -> client.drop(draft));
  }

  @Command(
      name = "check",
      description = "Says what is wrong with a file; exit code 1 where it has faults.")
  int check(@Parameters(paramLabel = "FILE") Path file) throws InterruptedException {
    return remotely(
        (client, out) -> {
          RoutingClient.Checked checked = client.check(Files.readString(file));
          out.print(checked.text());
          return checked.sound() ? 0 : FAILED;
        });
  }

  @Command(
      name = "diff",
      description =
          "How a version or draft differs from another; from what is in force without --from.")
  int diff(@Parameters(paramLabel = "WHICH") String to, @Option(names = "--from") String from)
      throws InterruptedException {
    return print(client -> client.diff(Optional.ofNullable(from), to));
  }

  @Command(name = "publish", description = "Makes a draft the next version.")
  int publish(
      @Option(names = "--draft", defaultValue = "main") String draft,
      @Option(names = "--comment", required = true) String comment,
      @Option(names = "--at", description = "When it comes into force; at once without it.")
          String at)
      throws InterruptedException {
    return print(client -> client.publish(draft, comment, moment("--at", at)));
  }

  @Command(
      name = "rollback",
      description = "Makes an earlier version the next one, in force at once.")
  int rollBack(
      @Parameters(paramLabel = "VERSION") int version,
      @Option(names = "--comment", defaultValue = "rolled back") String comment)
      throws InterruptedException {
    return print(client -> client.rollBack(version, comment));
  }

  @Command(name = "withdraw", description = "Takes back a version that is not in force yet.")
  int withdraw(@Parameters(paramLabel = "VERSION") int version) throws InterruptedException {
    return print(client -> client.withdraw(version));
  }

  @Command(name = "explain", description = "Why a call would go where.")
  int explain(
      @Option(
              names = "--from",
              defaultValue = "",
              description = "The calling number, as the switch presents it.")
          String from,
      @Option(names = "--to", defaultValue = "", description = "The number dialled.")
          String dialled,
      @Option(names = "--at", description = "The moment; now without it.") String at,
      @Option(names = "--keys", defaultValue = "", description = "Keys pressed in the menus.")
          String keys,
      @Option(names = "--file", description = "Rules to ask, instead of those in force.") Path file)
      throws InterruptedException {
    return print(client -> client.explain(from, dialled, moment("--at", at), keys, read(file)));
  }

  @Command(name = "calendar", description = "Which desks work and who is on duty.")
  int calendar(@Option(names = "--at") String at) throws InterruptedException {
    return print(client -> client.calendar(moment("--at", at)));
  }

  @Command(
      name = "holidays",
      description = "Puts the days of an iCalendar file into a file of rules.")
  int holidays(
      @Parameters(paramLabel = "ICS") Path ics,
      @Option(
              names = "--into",
              required = true,
              description = "The file of rules, which is changed.")
          Path into,
      @Option(names = "--calendar", defaultValue = "cn") String calendar)
      throws InterruptedException {
    return print(
        client -> {
          String text =
              client.withHolidays(Files.readString(into), calendar, Files.readString(ics));
          Files.writeString(into, text);
          return into + " has calendar " + calendar + "\n";
        });
  }

  @Command(
      name = "what-if",
      description =
          "Replays calls of the past against a file, and lists those whose outcome would be"
              + " another.")
  int whatIf(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(names = "--from", required = true) String from,
      @Option(names = "--to", required = true) String to)
      throws InterruptedException {
    return remotely(
        (client, out) -> {
          String id =
              client.replay(
                  file.getFileName().toString(),
                  Files.readString(file),
                  instant("--from", from),
                  instant("--to", to));
          RoutingClient.Replay replay = client.replay(id);
          while (!replay.over()) {
            Thread.sleep(500);
            replay = client.replay(id);
          }
          Optional<Integer> next = Optional.of(0);
          while (next.isPresent()) {
            RoutingClient.Changes changes = client.changes(id, next.get());
            out.print(changes.text());
            next = changes.next();
          }
          out.print(replay.text());
          return 0;
        });
  }
}
