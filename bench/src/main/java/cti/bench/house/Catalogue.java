package cti.bench.house;

import cti.bench.console.AskedTimes;
import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.agent.Agent;
import cti.core.agent.PauseReason;
import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.directory.NumberKind;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.server.config.Secret;
import cti.server.db.Database;
import cti.server.db.EmbeddedMariaDb;
import cti.server.db.accounts.AccountStore;
import cti.server.db.agents.AgentSettingsStore;
import cti.server.db.agents.AgentStore;
import cti.server.db.directory.DirectoryCatalog;
import cti.server.db.directory.DirectoryStore;
import cti.server.directory.SampleCatalog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a big desk has on file: the sample's sites and desks, as many agents as asked for at the
 * desks of headquarters, and many more staff than the sample has.
 *
 * @param agents their numbers are also their extensions
 * @param staff people of headquarters with one mobile each
 */
record Catalogue(List<Desk> desks, List<Agent> agents, List<StaffMember> staff) {
  /** Desks that the keys of the headquarters' menu lead to. */
  private static final List<String> DESKS =
      List.of(
          "hq-desktop",
          "hq-oa",
          "hq-project",
          "hq-erp",
          "hq-itil",
          "hq-marketing",
          "hq-asset",
          "hq-mes");

  private static final int FIRST_EXTENSION = 600_001;

  /** Who may change it; with the supervisor's password. */
  static final String ADMINISTRATOR = "administrator";

  private static final int CONNECTIONS = 4;

  /** From so many on people have several numbers, in all sites. */
  private static final int BIG = 50_000;

  /**
   * Makes one.
   *
   * @param wrapUp of every desk
   */
  static Catalogue of(int agents, int staff, Duration wrapUp) {
    SampleCatalog sample = SampleCatalog.load();
    List<Desk> desks =
        sample.desks().stream()
            .map(
                desk ->
                    new Desk(
                        desk.id(),
                        desk.name(),
                        desk.site(),
                        desk.businessLine(),
                        desk.queue(),
                        wrapUp,
                        desk.longestWait()))
            .toList();
    List<Agent> people = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      String number = Integer.toString(FIRST_EXTENSION + i);
      DeskId desk = new DeskId(DESKS.get(i % DESKS.size()));
      people.add(new Agent(new AgentId(number), "工程师" + number, Map.of(desk, SeatRole.A)));
    }
    return new Catalogue(desks, people, callers(staff, sample));
  }

  /** The people of the other benches call from one mobile of headquarters each. */
  private static List<StaffMember> callers(int count, SampleCatalog sample) {
    if (count >= BIG) {
      return People.of(count, sample.sites());
    }
    StaffMember pattern =
        sample.staff().stream()
            .filter(member -> member.site().value().equals("hq"))
            .findFirst()
            .orElseThrow();
    List<StaffMember> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      callers.add(caller(pattern, i));
    }
    return callers;
  }

  private static StaffMember caller(StaffMember pattern, int number) {
    String mobile = "139%08d".formatted(10_000_000 + number);
    return new StaffMember(
        new StaffId("B%06d".formatted(number)),
        "员工" + number,
        pattern.department(),
        pattern.site(),
        pattern.officeAddress(),
        List.of(
            new PhoneNumber(
                mobile, NumberKind.MOBILE, Optional.of("+86" + mobile), Optional.empty())),
        "b%06d@example.com".formatted(number),
        pattern.status(),
        false,
        "");
  }

  /** What state changes are for: each stands for a time. */
  private static List<PauseReason> reasons() {
    return AskedTimes.REASONS.stream()
        .map(id -> new PauseReason(id, id, id, Optional.empty(), false, Optional.empty(), true))
        .toList();
  }

  /** The numbers that call. */
  List<String> numbers() {
    return staff.stream().map(member -> member.numbers().getFirst().given()).toList();
  }

  /**
   * Puts it into a new database in that folder, with a supervisor and an administrator.
   *
   * @return tokens of the agents, in their order
   */
  List<String> store(Path folder, String supervisor, Secret password) throws SQLException {
    try (EmbeddedMariaDb server = EmbeddedMariaDb.start(folder, 0);
        Database database = Database.open(server.address(), CONNECTIONS)) {
      new DirectoryStore(database)
          .replace(new DirectoryCatalog(SampleCatalog.load().sites(), desks, staff));
      new AgentStore(database).replace(agents);
      AgentSettingsStore settings = new AgentSettingsStore(database, Clock.systemUTC());
      reasons().forEach(reason -> settings.save(reason, ADMINISTRATOR));
      AccountStore accounts = new AccountStore(database, Clock.systemUTC(), new SecureRandom());
      accounts.create(
          new Account(supervisor, "员工0900", Role.SUPERVISOR, Optional.empty(), false), password);
      accounts.create(
          new Account(ADMINISTRATOR, "员工0901", Role.ADMIN, Optional.empty(), false), password);
      return Tokens.make(server.address(), agents);
    }
  }
}
