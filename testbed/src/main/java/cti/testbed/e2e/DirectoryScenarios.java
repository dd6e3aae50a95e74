package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.Api;
import cti.testbed.client.Patience;
import cti.testbed.client.PopView;
import cti.testbed.client.PopView.PersonView;
import cti.testbed.client.PreviewOnRecord;
import cti.testbed.client.StaffOnRecord;
import cti.testbed.client.Unexpected;
import cti.testbed.gateway.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** One after the other: each leaves the directory as the next expects it. */
final class DirectoryScenarios {
  private static final Duration TO_FOLLOW = Duration.ofSeconds(20);
  private static final Duration TO_THE_DESK = Duration.ofSeconds(25);

  /** More than slapd gives without pages. */
  private static final int PEOPLE = 150;

  private DirectoryScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of("LDAP: its people pop, page by page", Set.of(), DirectoryScenarios::ldapPops),
        Scenario.of(
            "LDAP: a changed entry is what the next call's pop shows",
            Set.of(),
            DirectoryScenarios::ldapChanges),
        Scenario.of(
            "LDAP: a look that would retire too many waits for the administrator",
            Set.of(),
            DirectoryScenarios::ldapLosesMany),
        Scenario.of("LDAP away: its people pop as before", Set.of(), DirectoryScenarios::ldapAway),
        Scenario.of(
            "an edit in a call leaves it alone and is in the next call's pop",
            Set.of(),
            DirectoryScenarios::editInACall),
        Scenario.of(
            "an imported file is in the next call's pop", Set.of(), DirectoryScenarios::importFile),
        Scenario.of(
            "a retired person's line pops its next owner alone",
            Set.of(),
            DirectoryScenarios::retirement));
  }

  private static String mobile(int person) {
    return "137%08d".formatted(person);
  }

  private static String entry(int person) {
    return """
    dn: uid=l%d,ou=people,dc=example,dc=com
    changetype: add
    objectClass: inetOrgPerson
    uid: l%d
    employeeNumber: L%04d
    cn: 员工L%04d
    sn: 员工
    o: 示例集团
    ou: 信息中心
    l: 广州
    mobile: %s

    """
        .formatted(person, person, person, person, mobile(person));
  }

  private static void ldapPops(Stage stage) throws Exception {
    StringBuilder all = new StringBuilder();
    for (int person = 1; person <= PEOPLE; person++) {
      all.append(entry(person));
    }
    stage.house().testbed().ldap(all.toString());
    awaitStaff(stage, "L0150", person -> true);
    AgentDesk agent = stage.ready("1010", "gz");
    PersonView person = called(stage, agent, mobile(150));
    Expect.equal("staff", "L0150", person.staff());
    Expect.equal("name", "员工L0150", person.name());
    Expect.equal("department", "示例集团>信息中心", person.department());
    Expect.equal("source", Optional.of("ldap"), awaitStaff(stage, "L0001", any -> true).source());
  }

  private static void ldapChanges(Stage stage) throws Exception {
    stage
        .house()
        .testbed()
        .ldap(
            """
            dn: uid=l7,ou=people,dc=example,dc=com
            changetype: modify
            replace: cn
            cn: 员工L0007改
            -
            replace: ou
            ou: 生产部
            -
            replace: employeeType
            employeeType: 外协
            """);
    awaitStaff(stage, "L0007", person -> person.person().name().endsWith("改"));
    AgentDesk agent = stage.ready("1010", "gz");
    PersonView person = called(stage, agent, mobile(7));
    Expect.equal("name", "员工L0007改", person.name());
    Expect.equal("department", "示例集团>生产部", person.department());
    Expect.equal("status", "external", person.status());
  }

  private static void ldapLosesMany(Stage stage) throws Exception {
    StringBuilder gone = new StringBuilder();
    for (int person = 51; person <= PEOPLE; person++) {
      gone.append(
          "dn: uid=l%d,ou=people,dc=example,dc=com\nchangetype: delete\n\n".formatted(person));
    }
    stage.house().testbed().ldap(gone.toString());
    Api supervisor = stage.house().supervisor();
    // A look that comes while they are being deleted sees fewer; the next one sees them all gone.
    awaited(
        "a look at all 100 who are gone waits for the administrator",
        () ->
            supervisor.previews().stream()
                .filter(one -> one.message().contains("waits for an administrator"))
                .filter(one -> one.counts().gone() == 100)
                .findFirst());
    AgentDesk agent = stage.ready("1010", "gz");
    Expect.equal("status before", "active", called(stage, agent, mobile(120)).status());
    try (Api admin = stage.house().administrator()) {
      // Each look makes it anew: the one that is there now is decided on.
      awaited(
          "the look is applied",
          () -> {
            Optional<PreviewOnRecord> now =
                admin.previews().stream()
                    .filter(one -> one.message().contains("waits for an administrator"))
                    .findFirst();
            return now.isPresent() && applied(admin, now.get()) ? now : Optional.empty();
          });
    }
    awaitStaff(stage, "L0120", person -> person.person().status().equals("retired"));
    agent.ready();
    Expect.equal("status after", "retired", called(stage, agent, mobile(120)).status());
  }

  private static void ldapAway(Stage stage) throws Exception {
    stage.house().testbed().stop(Part.LDAP);
    awaited(
        "a look failed",
        () ->
            stage.house().supervisor().previews().stream()
                .filter(one -> one.state().equals("failed"))
                .findFirst());
    AgentDesk agent = stage.ready("1010", "gz");
    Expect.equal("name", "员工L0001", called(stage, agent, mobile(1)).name());
  }

  private static void editInACall(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1010", "gz");
    StagedCall call = stage.dial(Callers.silent("13900000026"));
    PopView pop = MenuScenarios.popWithIncidents(agent, call);
    PersonView before = pop.callers().getFirst();
    call.awaitPhase("talking", TO_THE_DESK);
    try (Api admin = stage.house().administrator()) {
      StaffOnRecord person = admin.staff(before.staff()).orElseThrow();
      admin.changeStaff(
          before.staff(),
          Map.of(
              "version",
              person.version(),
              "name",
              before.name() + "改",
              "site",
              "gz",
              "mobile",
              List.of("13900000026"),
              "status",
              "active"));
    }
    call.stays("talking", Duration.ofSeconds(2));
    MenuScenarios.talkAndHangUp(call);
    agent.ready();
    Expect.equal(
        "name in the next pop", before.name() + "改", called(stage, agent, "13900000026").name());
  }

  private static void importFile(Stage stage) throws Exception {
    try (Api admin = stage.house().administrator()) {
      String id =
          admin.importCsv(
              """
              id,name,department,site,address,office,mobile,email,status,vip,remark
              N0001,员工N0001,广州厂>质检科,gz,,2777,13700009001,,active,yes,
              N0002,员工N0002,广州厂>质检科,gz,,2777,,,active,,
              """);
      PreviewOnRecord ready =
          awaited(
              "the file is read",
              () -> Optional.of(admin.preview(id)).filter(one -> !one.state().equals("reading")));
      Expect.equal("state", "ready", ready.state());
      Expect.equal("added", 2, ready.counts().added());
      admin.apply(ready);
    }
    awaitStaff(stage, "N0001", person -> true);
    AgentDesk agent = stage.ready("1010", "gz");
    PersonView person = called(stage, agent, "13700009001");
    Expect.equal("name", "员工N0001", person.name());
    Expect.that("a VIP", person.vip(), person);
  }

  private static void retirement(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1010", "gz");
    StagedCall both = stage.dial(Callers.silent("86662777"));
    PopView pop = MenuScenarios.popWithIncidents(agent, both);
    Expect.equal(
        "owners of the line",
        List.of("N0001", "N0002"),
        pop.callers().stream().map(PersonView::staff).toList());
    MenuScenarios.talkAndHangUp(both);
    try (Api admin = stage.house().administrator()) {
      admin.retire("N0001", admin.staff("N0001").orElseThrow().version());
    }
    agent.ready();
    Expect.equal("owner of the line", "N0002", called(stage, agent, "86662777").staff());
  }

  /** The one person in the pop of a call from this number. */
  private static PersonView called(Stage stage, AgentDesk agent, String number) throws Exception {
    StagedCall call = stage.dial(Callers.silent(number));
    PopView pop = MenuScenarios.popWithIncidents(agent, call);
    MenuScenarios.talkAndHangUp(call);
    Expect.equal("callers in the pop", 1, pop.callers().size());
    return pop.callers().getFirst();
  }

  private static StaffOnRecord awaitStaff(Stage stage, String id, Predicate<StaffOnRecord> as)
      throws InterruptedException, IOException {
    return awaited(
        "person " + id + " is as LDAP has them",
        () -> stage.house().supervisor().staff(id).filter(as));
  }

  /** False where the next look has put another preview in its place meanwhile. */
  private static boolean applied(Api admin, PreviewOnRecord preview)
      throws IOException, InterruptedException {
    try {
      admin.apply(preview);
      return true;
    } catch (Unexpected replaced) {
      return false;
    }
  }

  /** Looks once. */
  @FunctionalInterface
  private interface Look<T> {
    Optional<T> look() throws IOException, InterruptedException;
  }

  private static <T> T awaited(String what, Look<T> look) throws IOException, InterruptedException {
    AtomicReference<T> found = new AtomicReference<>();
    Patience.until(
        what,
        TO_FOLLOW,
        () -> {
          try {
            Optional<T> seen = look.look();
            seen.ifPresent(found::set);
            return seen.isPresent() ? Optional.empty() : Optional.of("not yet");
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    return found.get();
  }
}
