package cti.server.app;

import cti.server.web.client.RemoteException;
import cti.server.web.client.RoutingClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The rules that route calls, from the command line, on a running server. */
@Command(
    name = "route",
    description =
        "Explains, checks, compares, publishes and rolls back the rules that route calls.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class RouteCommand extends VersionsCommand<RoutingClient> {
  @Override
  RoutingClient signIn(Access access) throws RemoteException, InterruptedException {
    return RoutingClient.signIn(access.server(), access.user(), access.password(), access.zone());
  }

  private static Optional<String> read(Path file) throws IOException {
    return file == null ? Optional.empty() : Optional.of(Files.readString(file));
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
