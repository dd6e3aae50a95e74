package cti.server.directory.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.OperationType;
import cti.core.directory.StaffField;
import cti.server.config.LdapConfig;
import cti.server.config.LdapConfig.Mapping;
import cti.server.config.LdapConfig.Schedule;
import cti.server.config.LdapConfig.Search;
import cti.server.config.LdapConfig.Server;
import cti.server.config.LdapConfig.Tls;
import cti.server.config.Secret;
import cti.server.directory.Course;
import cti.server.directory.PeopleSource;
import cti.server.directory.sheet.SheetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading people from LDAP; what a real slapd does is shown by {@code ./cti e2e directory}. */
class LdapSourceTest {
  private static final String BASE = "dc=example,dc=com";
  private static final Course COURSE =
      new Course() {
        @Override
        public void total(int rows) {}

        @Override
        public void done(int rows) {}

        @Override
        public void check() {}
      };

  private InMemoryDirectoryServer ldap;

  @BeforeEach
  void start() throws Exception {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
    config.addAdditionalBindCredentials("cn=cti", "secret");
    config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
    config.setSchema(null);
    ldap = new InMemoryDirectoryServer(config);
    ldap.startListening();
    ldap.add(new Entry("dn: " + BASE, "objectClass: domain", "dc: example"));
  }

  @AfterEach
  void stop() {
    ldap.shutDown(true);
  }

  private void person(String uid, String... lines) throws Exception {
    String[] all = new String[lines.length + 2];
    all[0] = "dn: uid=" + uid + "," + BASE;
    all[1] = "objectClass: inetOrgPerson";
    System.arraycopy(lines, 0, all, 2, lines.length);
    ldap.add(all);
  }

  private LdapSource source(String password, int pageSize, int most) {
    return new LdapSource(
        new LdapConfig(
            new Server(
                "127.0.0.1",
                ldap.getListenPort(),
                Tls.NONE,
                Optional.empty(),
                "cn=cti",
                Optional.of(new Secret(password))),
            new Search(BASE, "(&(objectClass=inetOrgPerson)(employeeNumber=*))", pageSize, most),
            new Mapping(
                Map.of(
                    StaffField.ID, "employeeNumber",
                    StaffField.NAME, "displayName|cn",
                    StaffField.DEPARTMENT, "o>ou>departmentNumber",
                    StaffField.SITE, "l",
                    StaffField.OFFICE, "telephoneNumber|otherTelephone",
                    StaffField.STATUS, "employeeType"),
                Map.of("佛山", "hq"),
                "gz",
                Map.of("外协", "external")),
            new Schedule(Duration.ofHours(1), 5)));
  }

  @Test
  void attributesBecomeFacts() throws Exception {
    person(
        "1",
        "employeeNumber: L1",
        "cn: plain",
        "displayName: 员工L1",
        "o: 集团",
        "departmentNumber: 运维科",
        "l: 佛山",
        "telephoneNumber: 88881001",
        "telephoneNumber: 88881002",
        "otherTelephone: 88881001",
        "employeeType: 外协");
    person("2", "employeeNumber: L2", "cn: 员工L2", "l: sg", "employeeType: 正式");
    person("3", "cn: has no number");
    List<PeopleSource.Entry> read = source("secret", 10, 100).read(COURSE);
    assertEquals(2, read.size());
    Map<StaffField, String> first = read.getFirst().texts();
    assertEquals("uid=1," + BASE, read.getFirst().place());
    assertEquals("员工L1", first.get(StaffField.NAME));
    assertEquals("集团>运维科", first.get(StaffField.DEPARTMENT));
    assertEquals("hq", first.get(StaffField.SITE));
    assertEquals("88881001;88881002", first.get(StaffField.OFFICE));
    assertEquals("external", first.get(StaffField.STATUS));
    Map<StaffField, String> second = read.getLast().texts();
    assertEquals("员工L2", second.get(StaffField.NAME));
    assertEquals("sg", second.get(StaffField.SITE), "a value without a word is a site itself");
    assertEquals("active", second.get(StaffField.STATUS));
    assertEquals("", second.get(StaffField.OFFICE));
  }

  @Test
  void everybodyIsReadHoweverSmallThePages() throws Exception {
    for (int i = 0; i < 23; i++) {
      person("p" + i, "employeeNumber: P" + i, "cn: 员工" + i);
    }
    for (int pageSize : new int[] {1, 5, 23, 50}) {
      assertEquals(23, source("secret", pageSize, 100).read(COURSE).size(), "pages of " + pageSize);
    }
    assertTrue(
        assertThrows(SheetException.class, () -> source("secret", 5, 20).read(COURSE))
            .getMessage()
            .contains("more than 20 entries"));
  }

  @Test
  void faultsAreOneMessageWithoutThePassword() {
    String wrong =
        assertThrows(SheetException.class, () -> source("wrong-one", 5, 20).read(COURSE))
            .getMessage();
    assertTrue(wrong.contains("127.0.0.1") && wrong.contains("invalid credentials"), wrong);
    assertTrue(!wrong.contains("wrong-one"), wrong);
    LdapSource source = source("secret", 5, 20);
    ldap.shutDown(true);
    String away = assertThrows(SheetException.class, () -> source.read(COURSE)).getMessage();
    assertTrue(away.contains("127.0.0.1") && away.contains("connect error"), away);
  }
}
