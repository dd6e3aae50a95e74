package cti.testbed.e2e;

import cti.testbed.gateway.Part;
import cti.testbed.gateway.TestbedEnvironment;
import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What is changed in the directory, by hand, by a file or in LDAP, is what the next call shows. */
final class DirectorySuite implements Suite {
  private static final String NAME = "directory";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    List<Scenario> scenarios = workshop.choice().of(DirectoryScenarios.all());
    if (scenarios.isEmpty()) {
      return;
    }
    workshop.testbed().start(Part.LDAP);
    try {
      if (workshop.choice().databases().contains("mysql")) {
        try (TemporaryDatabase database =
            TemporaryDatabase.create(workshop.testbed().environment())) {
          play(workshop, Optional.of(database), scenarios);
        }
      } else {
        play(workshop, Optional.empty(), scenarios);
      }
    } finally {
      workshop.testbed().stop(Part.LDAP);
    }
  }

  private static void play(
      Workshop workshop, Optional<TemporaryDatabase> database, List<Scenario> scenarios)
      throws IOException, InterruptedException, SQLException {
    String where = database.isPresent() ? "MySQL, beside LDAP" : "embedded database, beside LDAP";
    new HousePlay(workshop, NAME, where, scenarios)
        .inOrderWith(section(workshop.testbed().environment()))
        .on(database);
  }

  /** StartTLS with the server's own certificate, pages of 50, a look every three seconds. */
  private static String section(TestbedEnvironment testbed) {
    return """
    directory:
      ldap:
        host: localhost
        port: %d
        tls: start-tls
        trust-certificate: %s
        bind-dn: "%s"
        password: file:%s
        base: "%s"
        filter: "(&(objectClass=inetOrgPerson)(employeeNumber=*))"
        page-size: 50
        every: 3s
        most-gone-percent: 20
        attributes:
          id: employeeNumber
          name: displayName|cn
          department: o>ou
          site: l
          office: telephoneNumber
          mobile: mobile
          email: mail
          status: employeeType
        sites: {佛山: hq, 广州: gz}
        statuses: {外协: external}
    """
        .formatted(
            testbed.ldapPort(),
            testbed.ldapCertificate(),
            testbed.ldapUser(),
            testbed.ldapPasswordFile(),
            testbed.ldapBase());
  }
}
