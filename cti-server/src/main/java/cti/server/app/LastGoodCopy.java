package cti.server.app;

import cti.core.account.Account;
import cti.core.account.Limits;
import cti.core.account.Role;
import cti.core.account.StoredSession;
import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.StaffMember;
import cti.core.id.AgentId;
import cti.core.port.AgentPhones.Phone;
import cti.core.port.AgentSettings.Rules;
import cti.core.port.Prompts.Wording;
import cti.core.port.VersionedTexts.Version;
import cti.server.event.EventFormatException;
import cti.server.event.StateCodec;
import cti.server.runtime.CheckedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the database last told of master data and of who is signed in, on our own disk: with it the
 * server starts, routes and shows pops though the database is away. Beside the journal.
 */
final class LastGoodCopy {
  private static final Logger log = LoggerFactory.getLogger(LastGoodCopy.class);
  private static final String FORM = "cti-copy 1";
  private static final int PEOPLE_OF_A_LINE = 500;

  private final Path folder;
  private final StateCodec codec =
      new StateCodec(
          List.of(
              MasterCopy.class,
              PeopleCopy.class,
              SessionsCopy.class,
              Rules.class,
              PhonesCopy.class,
              RoutingCopy.class,
              FlowCopy.class,
              PromptsCopy.class));

  /** Sites, desks, agents and staff of one moment. */
  record MasterCopy(
      List<Site> sites, List<Desk> desks, List<Agent> agents, List<StaffMember> staff) {
    MasterCopy {
      sites = List.copyOf(sites);
      desks = List.copyOf(desks);
      agents = List.copyOf(agents);
      staff = List.copyOf(staff);
    }
  }

  /** People who stand on a line of their own: everybody on one would be 50 MB at once. */
  record PeopleCopy(List<StaffMember> staff) {
    PeopleCopy {
      staff = List.copyOf(staff);
    }
  }

  /** Sessions by the hash of their token, and whose they are; no password, nor a hash of one. */
  record SessionsCopy(List<StoredSession> sessions, List<AccountCopy> accounts) {
    SessionsCopy {
      sessions = List.copyOf(sessions);
      accounts = List.copyOf(accounts);
    }
  }

  /**
   * An account behind a session.
   *
   * @param limits absent in copies that were written before there were any
   */
  record AccountCopy(
      String user,
      String name,
      Role role,
      Optional<AgentId> agent,
      boolean mustChangePassword,
      Optional<Limits> limits) {
    static AccountCopy of(Account account) {
      return new AccountCopy(
          account.user(),
          account.name(),
          account.role(),
          account.agent(),
          account.mustChangePassword(),
          Optional.of(account.limits()));
    }

    Account account() {
      return new Account(user, name, role, agent, mustChangePassword, limits.orElse(Limits.NONE));
    }
  }

  /** Whose desk phone is whose; no PIN, nor a hash of one. */
  record PhonesCopy(List<Phone> phones) {
    PhonesCopy {
      phones = List.copyOf(phones);
    }
  }

  /** Every version of the rules that route calls. */
  record RoutingCopy(List<Version> versions) {
    RoutingCopy {
      versions = List.copyOf(versions);
    }
  }

  /** Every version of the flow that callers go through. */
  record FlowCopy(List<Version> versions) {
    FlowCopy {
      versions = List.copyOf(versions);
    }
  }

  /** Prompts that were added to those of the file. */
  record PromptsCopy(List<Wording> added) {
    PromptsCopy {
      added = List.copyOf(added);
    }
  }

  /**
   * @param journal the folder of the journal; the copies have one beside it
   */
  static LastGoodCopy beside(Path journal) {
    return new LastGoodCopy(journal.toAbsolutePath().resolveSibling("last-good"));
  }

  private LastGoodCopy(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Optional<MasterCopy> masterData() {
    return read(
        file("master-data"),
        lines -> {
          MasterCopy first = codec.decode(lines.getFirst(), MasterCopy.class);
          List<StaffMember> staff = new ArrayList<>(first.staff());
          for (String line : lines.subList(1, lines.size())) {
            staff.addAll(codec.decode(line, PeopleCopy.class).staff());
          }
          return new MasterCopy(first.sites(), first.desks(), first.agents(), staff);
        });
  }

  /** False where it could not be written, which is logged. */
  boolean keep(MasterCopy copy) {
    List<StaffMember> staff = copy.staff();
    MasterCopy first =
        new MasterCopy(
            copy.sites(),
            copy.desks(),
            copy.agents(),
            staff.subList(0, Math.min(PEOPLE_OF_A_LINE, staff.size())));
    Stream<Object> parts =
        IntStream.iterate(
                PEOPLE_OF_A_LINE, from -> from < staff.size(), from -> from + PEOPLE_OF_A_LINE)
            .mapToObj(
                from ->
                    new PeopleCopy(
                        staff.subList(from, Math.min(from + PEOPLE_OF_A_LINE, staff.size()))));
    return write(file("master-data"), MasterCopy.class, Stream.concat(Stream.of(first), parts));
  }

  SessionsCopy sessions() {
    return read(file("sessions"), SessionsCopy.class)
        .orElse(new SessionsCopy(List.of(), List.of()));
  }

  void keep(SessionsCopy copy) {
    write(file("sessions"), copy);
  }

  /** Pause reasons and desks' rules for agents. */
  Optional<Rules> rules() {
    return read(file("agent-rules"), Rules.class);
  }

  void keep(Rules rules) {
    write(file("agent-rules"), rules);
  }

  /** Own phones of agents. */
  List<Phone> phones() {
    return read(file("agent-phones"), PhonesCopy.class).map(PhonesCopy::phones).orElse(List.of());
  }

  void keep(PhonesCopy copy) {
    write(file("agent-phones"), copy);
  }

  Optional<RoutingCopy> routing() {
    return read(file("routing"), RoutingCopy.class);
  }

  void keep(RoutingCopy copy) {
    write(file("routing"), copy);
  }

  Optional<FlowCopy> flow() {
    return read(file("flow"), FlowCopy.class);
  }

  void keep(FlowCopy copy) {
    write(file("flow"), copy);
  }

  /** Prompts that were added. */
  List<Wording> prompts() {
    return read(file("prompts"), PromptsCopy.class).map(PromptsCopy::added).orElse(List.of());
  }

  void keep(PromptsCopy copy) {
    write(file("prompts"), copy);
  }

  private Path file(String name) {
    return folder.resolve(name + ".copy");
  }

  private void write(Path file, Object copy) {
    write(file, copy.getClass(), Stream.of(copy));
  }

  /** A copy that cannot be written is told and not missed before the database is. */
  private synchronized boolean write(Path file, Class<?> type, Stream<?> lines) {
    try {
      Files.createDirectories(folder);
      CheckedFile.write(
          file, FORM, StateCodec.shape(type), () -> lines.map(codec::encode).iterator());
      return true;
    } catch (IOException e) {
      log.error("the last good copy {} cannot be written: {}", file, e.toString());
      return false;
    }
  }

  private <C> Optional<C> read(Path file, Class<C> type) {
    return read(file, lines -> codec.decode(lines.getFirst(), type));
  }

  private static <C> Optional<C> read(Path file, Function<List<String>, C> reading) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(reading.apply(CheckedFile.read(file, FORM).lines()));
    } catch (IOException | IllegalArgumentException | EventFormatException e) {
      log.error("the last good copy {} cannot be read: {}", file, e.getMessage());
      return Optional.empty();
    }
  }
}
