package cti.server.app;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.DirectoryIndex;
import cti.server.app.LastGoodCopy.MasterCopy;
import cti.server.app.LiveCatalog.FittingPlan;
import cti.server.app.LiveCatalog.IncidentWords;
import cti.server.app.LiveCatalog.Picture;
import cti.server.config.CtiConfig;
import cti.server.config.Secret;
import cti.server.db.Database;
import cti.server.db.accounts.AccountStore;
import cti.server.db.agents.AgentStore;
import cti.server.db.directory.DirectoryCatalog;
import cti.server.db.directory.DirectoryStore;
import cti.server.directory.SampleCatalog;
import cti.server.yaml.BadFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Master data from the database, and into a new one where the configuration says so. */
final class MasterData {
  private static final Logger log = LoggerFactory.getLogger(MasterData.class);
  private static final String SUPERVISOR = "supervisor";

  private final CtiConfig config;
  private final PlanFiles files;

  /**
   * @param files the call flow and what belongs to it, which desks and sites must fit
   */
  MasterData(CtiConfig config, PlanFiles files) {
    this.config = config;
    this.files = files;
  }

  /** Fills a new database with the sample, where asked to, and makes the first administrator. */
  void prepare(Database database, AccountStore accounts) throws StartException {
    DirectoryStore directory = new DirectoryStore(database);
    // Sample accounts are for trying things out: their passwords are in a file and go on working.
    boolean fill = config.sampleData() && directory.load().isEmpty();
    Optional<Secret> admin = accounts.createFirstAdmin(!fill);
    admin.ifPresent(
        password ->
            System.out.println(
                "First start: sign in as admin with the "
                    + (fill ? "password " : "one-time password ")
                    + password.reveal()));
    if (!fill) {
      return;
    }
    SampleCatalog sample = SampleCatalog.load();
    directory.replace(new DirectoryCatalog(sample.sites(), sample.desks(), sample.staff()));
    new AgentStore(database).replace(sample.agents());
    Path file = config.journal().folder().toAbsolutePath().resolveSibling("sample-accounts.tsv");
    try {
      write(file, sample.agents(), admin, accounts);
    } catch (IOException e) {
      throw new StartException("cannot write " + file + ": " + e.getMessage(), e);
    }
    log.info(
        "sample data: {} people, {} desks, {} agents; their passwords are in {}",
        sample.staff().size(),
        sample.desks().size(),
        sample.agents().size(),
        file);
  }

  private static void write(
      Path file, List<Agent> sample, Optional<Secret> admin, AccountStore accounts)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    admin.ifPresent(password -> lines.append(line("admin", password, Role.ADMIN, "")));
    Secret supervisor =
        accounts.createWithGenerated(
            new Account(SUPERVISOR, "员工0900", Role.SUPERVISOR, Optional.empty(), false));
    lines.append(line(SUPERVISOR, supervisor, Role.SUPERVISOR, ""));
    for (Agent agent : sample) {
      String user = agent.id().value();
      Secret password =
          accounts.createWithGenerated(
              new Account(user, agent.name(), Role.AGENT, Optional.of(agent.id()), false));
      lines.append(line(user, password, Role.AGENT, user));
    }
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, lines);
  }

  private static String line(String user, Secret password, Role role, String agent) {
    return String.join("\t", user, password.reveal(), role.name().toLowerCase(), agent) + "\n";
  }

  /**
   * What was read from the database.
   *
   * @param revision of the directory that is in it, or an earlier one where somebody changed it
   *     meanwhile
   */
  record Loaded(long revision, MasterCopy copy) {}

  /**
   * What the database holds now.
   *
   * @param before the directory so far, whose people are taken over where they have not changed
   */
  static Loaded load(Database database, DirectoryIndex before) {
    DirectoryStore directory = new DirectoryStore(database);
    long revision = directory.revision();
    DirectoryCatalog catalog = directory.load(before::byId);
    return new Loaded(
        revision,
        new MasterCopy(
            catalog.sites(), catalog.desks(), new AgentStore(database).load(), catalog.staff()));
  }

  /** A catalog to begin with. */
  LiveCatalog catalog(MasterCopy copy) {
    return new LiveCatalog(picture(copy, DirectoryIndex.empty()), INCIDENT_WORDS);
  }

  /**
   * All of it, and the plan if one fits.
   *
   * @param before the directory so far, which stays where nothing has changed
   */
  Picture picture(MasterCopy copy, DirectoryIndex before) {
    return new Picture(
        copy.sites(),
        copy.desks(),
        copy.agents(),
        before.loaded(copy.sites(), copy.staff()),
        plan(copy.desks(), copy.sites()));
  }

  /**
   * Desks and sites that published flows and rules name and that are not among these; for people.
   */
  List<String> missing(List<Desk> desks, List<Site> sites) {
    return files.scripts().missing(desks, sites);
  }

  /** The call flow with these desks and sites, or why it does not go with them. */
  FittingPlan plan(List<Desk> desks, List<Site> sites) {
    try {
      return new FittingPlan.Fits(files.load(desks, sites));
    } catch (BadFileException | IOException e) {
      return new FittingPlan.None("the call flow cannot be used: " + e.getMessage());
    }
  }

  /** The desk's service catalogue and categories (docs/domain.md). */
  private static final IncidentWords INCIDENT_WORDS =
      new IncidentWords(
          List.of(
              "末端服务和技术服务",
              "办公协同服务",
              "综合项目管理平台",
              "一号工程",
              "ERP服务",
              "MES服务",
              "资产管理系统",
              "主数据管理平台",
              "企业门户"),
          List.of(
              "打印机/复印机",
              "耗材",
              "上网/网络搬迁",
              "电脑/显示器",
              "办公软件安装使用",
              "Ukey/权限/账号密码",
              "VPN",
              "咨询培训",
              "数据维护修改",
              "系统调试/故障",
              "会议协助",
              "巡检",
              "座机",
              "服务器/数据库"));
}
