package cti.testbed.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFilesTest {
  @TempDir private Path folder;

  @Test
  void accountsOfTheSample() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("sample-accounts.tsv"),
            "1001\tgeheim1\tagent\t1001\nadmin\tgeheim2\tADMIN\t\n");

    assertEquals(
        List.of(
            new SampleAccount("1001", "geheim1", "agent", Optional.of("1001")),
            new SampleAccount("admin", "geheim2", "admin", Optional.empty())),
        SampleAccount.read(file));
  }

  @Test
  void aLineOfAnotherShapeIsRefusedWithoutItsPassword() {
    var fault =
        assertThrows(IllegalArgumentException.class, () -> SampleAccount.parse("1001\tgeheim1"));

    assertTrue(fault.getMessage().contains("2 columns; expected user"), fault.getMessage());
    assertFalse(fault.getMessage().contains("geheim1"), fault.getMessage());
    assertFalse(SampleAccount.parse("1001\tgeheim1\tagent\t1001").toString().contains("geheim1"));
  }

  @Test
  void configurationOnTheEmbeddedDatabase() {
    assertEquals(
        """
        zone: Asia/Shanghai
        gateway:
          id: gw1
          ami:
            host: 127.0.0.1
            port: 5038
            user: cti
            secret: file:/run/ami.secret
          logs:
            queue-log: /log/queue_log
            cdr: /log/cti.csv
          softphone:
            address: ws://127.0.0.1:8088/ws
            demo-callers: true
        agi:
          bind-address: 127.0.0.1
          port: 4573
        web:
          bind-address: 127.0.0.1
          port: 8080
        database:
          kind: embedded
          embedded:
            folder: /srv/cti/database
        journal:
          folder: /srv/cti/journal
          # How full this machine's disk is says nothing about the server.
          disk:
            warn: {free-mib: 16, percent: 0, full-within: 0s}
            critical: {free-mib: 8, percent: 0, full-within: 0s}
        recordings:
          folder: /spool/cti
          least-free-mib: 1
          longest-pause: 5s
        sample-data: true
        """,
        settings(new DatabaseChoice.Embedded()).yaml());
  }

  @Test
  void configurationOnMySql() {
    String yaml =
        settings(
                new DatabaseChoice.MySql(
                    "127.0.0.1", 33061, "cti_e2e_1", "cti", Path.of("/run/mysql.password")))
            .yaml();

    assertTrue(
        yaml.contains(
            """
            database:
              kind: mysql
              mysql:
                host: 127.0.0.1
                port: 33061
                name: cti_e2e_1
                user: cti
                password: file:/run/mysql.password
            journal:
            """),
        yaml);
  }

  private static ServerSettings settings(DatabaseChoice database) {
    return new ServerSettings(
        Path.of("/srv/cti"),
        8080,
        4573,
        5038,
        "cti",
        Path.of("/run/ami.secret"),
        database,
        new ServerSettings.GatewayLogs(
            Path.of("/log/queue_log"), Path.of("/log/cti.csv"), Path.of("/spool/cti")));
  }
}
