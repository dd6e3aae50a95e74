package cti.server.app;

import cti.server.web.client.RemoteException;
import cti.server.web.client.VersionsClient;
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

/**
 * Versions of a text that leads calls, from the command line, on a running server.
 *
 * @param <C> what speaks to the server
 */
abstract class VersionsCommand<C extends VersionsClient> implements Runnable {
  static final int FAILED = 1;

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

  interface Work<C> {
    /**
     * @return the exit code
     */
    int on(C client, PrintWriter out) throws RemoteException, InterruptedException, IOException;
  }

  final int remotely(Work<C> work) throws InterruptedException {
    PrintWriter errors = spec.commandLine().getErr();
    try (C client = signIn(new Access(server, user, password(), zone))) {
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

  final int print(Asking<C> asking) throws InterruptedException {
    return remotely(
        (client, out) -> {
          out.print(asking.of(client));
          return 0;
        });
  }

  interface Asking<C> {
    String of(C client) throws RemoteException, InterruptedException, IOException;
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

  final Optional<Instant> moment(String option, String text) {
    return Optional.ofNullable(text).map(given -> instant(option, given));
  }

  /** A local time, a date (its midnight), or an instant with Z. */
  final Instant instant(String option, String text) {
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

  /** Where to sign in, and as whom; {@code zone} is that of the times shown. */
  record Access(URI server, String user, String password, ZoneId zone) {}

  abstract C signIn(Access access) throws RemoteException, InterruptedException;

  @Command(name = "list", description = "Versions, newest first, and drafts.")
  int list() throws InterruptedException {
    return print(VersionsClient::list);
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
}
