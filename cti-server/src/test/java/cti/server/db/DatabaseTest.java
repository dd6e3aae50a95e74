package cti.server.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.StoreUnavailableException;
import cti.server.config.Secret;
import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import cti.server.db.DatabaseStartException.SchemaFaultException;
import cti.server.db.DatabaseStartException.SchemaTooNewException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Opening a database, and every way in which it can be refused. */
@OnEveryDatabase
class DatabaseTest {
  @AutoClose private final TestDatabase own;

  DatabaseTest(TestDatabase given) {
    // Each of these tests spoils its database: each has its own.
    this.own = new TestDatabase(TestServers.valueOf(given.toString()));
    own.address();
  }

  @Test
  void opensTwiceAndKeepsTheSchema() {
    try (Database first = Database.open(own.address(), 2)) {
      assertTrue(first.answers());
      assertTrue(first.server().supported(), first.server().toString());
    }
    own.execute("INSERT INTO agent (agent_id, name) VALUES ('2001', '员工0001 😀')");
    try (Database second = Database.open(own.address(), 2)) {
      assertTrue(second.answers());
      assertEquals("员工0001 😀", own.query("SELECT name FROM agent"));
    }
  }

  @Test
  void aDatabaseThatIsAwaitedRefusesUntilItComes() {
    try (Database awaited = Database.awaited()) {
      assertFalse(awaited.came());
      assertFalse(awaited.answers());
      assertEquals(0, awaited.connectionsInUse());
      assertThrows(
          StoreUnavailableException.class,
          () -> awaited.with(FailingMapper.class, FailingMapper::connection));
      awaited.comesAs(Database.open(own.address(), 2));
      assertTrue(awaited.answers());
      assertTrue(awaited.with(FailingMapper.class, FailingMapper::connection) > 0);
    }
  }

  /** Two connections used a mapper for the first time at once: one found it without statements. */
  @Test
  void aMapperIsWholeForWhoeverUsesItFirst() throws Exception {
    for (int round = 0; round < 10; round++) {
      try (Database database = Database.open(own.address(), 8);
          ExecutorService threads = Executors.newFixedThreadPool(8)) {
        CyclicBarrier together = new CyclicBarrier(8);
        List<Future<Long>> answers =
            threads.invokeAll(
                Collections.nCopies(
                    8,
                    () -> {
                      together.await(10, TimeUnit.SECONDS);
                      return database.with(FailingMapper.class, FailingMapper::connection);
                    }));
        for (Future<Long> answer : answers) {
          assertTrue(answer.get() > 0);
        }
      }
    }
  }

  @Test
  void everyTableIsInnoDbAndUtf8mb4() {
    try (Database database = Database.open(own.address(), 2)) {
      assertEquals(
          "0",
          own.query(
              """
              SELECT COUNT(*) FROM information_schema.tables
              WHERE table_schema = DATABASE() AND table_name <> 'schema_history'
                AND (engine <> 'InnoDB' OR table_collation <> 'utf8mb4_bin')\
              """),
          database.toString());
    }
  }

  @Test
  void aServerThatIsAwayIsNamed() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      nobody = socket.getLocalPort();
    }
    DatabaseAddress address =
        new DatabaseAddress("127.0.0.1", nobody, "cti", "cti", new Secret("x"), false);
    String message =
        assertThrows(DatabaseUnavailableException.class, () -> Database.open(address, 2))
            .getMessage();
    assertTrue(
        message.startsWith("the database at 127.0.0.1:" + nobody + " does not take our connection"),
        message);
    assertTrue(message.contains("refused") && message.contains("expected MySQL 8.4"), message);
  }

  @Test
  void aWrongPasswordIsToldWithoutShowingIt() {
    String message =
        assertThrows(
                DatabaseUnavailableException.class,
                () -> Database.open(own.withPassword("not-the-password"), 2))
            .getMessage();
    assertTrue(message.contains("refuses the user 'cti' with the password given"), message);
    assertTrue(!message.contains("not-the-password"), message);
  }

  @Test
  void aMissingDatabaseIsToldWithTheStatementThatMakesIt() {
    DatabaseAddress missing = own.address().withName("cti_test_nowhere");
    String message =
        assertThrows(DatabaseUnavailableException.class, () -> Database.open(missing, 2))
            .getMessage();
    assertTrue(message.contains("CREATE DATABASE cti_test_nowhere CHARACTER SET utf8mb4"), message);
  }

  @Test
  void aDatabaseOfOthersIsToldWithTheRightThatIsMissing() {
    DatabaseAddress others = own.address().withName("mysql");
    String message =
        assertThrows(DatabaseUnavailableException.class, () -> Database.open(others, 2))
            .getMessage();
    assertTrue(message.contains("may not use the database 'mysql'"), message);
  }

  @Test
  void aNewerSchemaIsRefusedUntouched() {
    Database.open(own.address(), 2).close();
    own.execute(
        """
        INSERT INTO schema_history (installed_rank, version, description, type, script, checksum,
          installed_by, execution_time, success)
        VALUES (900, '987', 'from the future', 'SQL', 'V987__from_the_future.sql', 1, 'cti', 1, 1)\
        """);
    String message =
        assertThrows(SchemaTooNewException.class, () -> Database.open(own.address(), 2))
            .getMessage();
    assertTrue(message.contains("has version 987, expected at most "), message);
  }

  @Test
  void aSchemaThatIsNotItsHistoryIsRefused() {
    Database.open(own.address(), 2).close();
    own.execute("UPDATE schema_history SET checksum = 1 WHERE version = '001'");
    String message =
        assertThrows(SchemaFaultException.class, () -> Database.open(own.address(), 2))
            .getMessage();
    assertTrue(message.contains("checksum mismatch"), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aPoolSizeOutOfBoundsIsRefused() {
    assertEquals(
        "pool size is 1, expected 2 to 100",
        assertThrows(IllegalArgumentException.class, () -> Database.open(own.address(), 1))
            .getMessage());
  }

  /** Statements that make a server fail as we please. */
  interface FailingMapper {
    @Select("SELECT CONNECTION_ID()")
    long connection();

    @Update("SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = ${number}")
    void fail(@Param("number") int number);
  }

  @Test
  void aServerThatCannotServeNowIsAwayAndARefusedStatementIsAFaultOfOurs() {
    try (Database database = Database.open(own.address(), 2)) {
      for (int number : new int[] {1040, 1053, 1205, 1290, 1317, 1836, 1927, 3024, 4031}) {
        assertThrows(
            StoreUnavailableException.class,
            () -> database.run(FailingMapper.class, mapper -> mapper.fail(number)),
            "error " + number);
      }
      for (int number : new int[] {1062, 1064, 1146, 1406, 1452}) {
        assertThrows(
            PersistenceException.class,
            () -> database.run(FailingMapper.class, mapper -> mapper.fail(number)),
            "error " + number);
      }
    }
  }

  @Test
  void deadlocksAreRunAgainButNotForEver() {
    AtomicInteger runs = new AtomicInteger();
    try (Database database = Database.open(own.address(), 2)) {
      database.run(
          FailingMapper.class,
          mapper -> {
            if (runs.incrementAndGet() < 4) {
              mapper.fail(1213);
            }
          });
      assertEquals(4, runs.getAndSet(0));
      assertThrows(
          StoreUnavailableException.class,
          () ->
              database.run(
                  FailingMapper.class,
                  mapper -> {
                    runs.incrementAndGet();
                    mapper.fail(1213);
                  }));
      assertEquals(4, runs.get());
    }
  }

  @Test
  void aConnectionThatBreaksIsToldAndReplaced() {
    try (Database database = Database.open(own.address(), 2)) {
      assertThrows(
          StoreUnavailableException.class,
          () ->
              database.run(
                  FailingMapper.class,
                  mapper -> {
                    own.execute("KILL " + mapper.connection());
                    mapper.connection();
                  }));
      assertTrue(database.with(FailingMapper.class, FailingMapper::connection) > 0);
    }
  }

  /** Takes the 5 s for which a connection is waited for. */
  @Test
  void aPoolWithoutAFreeConnectionIsTold() {
    try (Database database = Database.open(own.address(), 2)) {
      Supplier<Long> third = () -> database.with(FailingMapper.class, FailingMapper::connection);
      Supplier<Long> second = () -> holding(database, third);
      String message =
          assertThrows(StoreUnavailableException.class, () -> holding(database, second))
              .getMessage();
      assertTrue(message.startsWith("the database does not answer: "), message);
      assertTrue(third.get() > 0);
    }
  }

  private static long holding(Database database, Supplier<Long> work) {
    return database.with(
        FailingMapper.class,
        mapper -> {
          mapper.connection();
          return work.get();
        });
  }

  @Test
  void aClosedDatabaseIsAway() {
    Database database = Database.open(own.address(), 2);
    database.close();
    assertThrows(
        StoreUnavailableException.class,
        () -> database.with(FailingMapper.class, FailingMapper::connection));
  }
}
