package cti.server.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.TimeZone;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A DATETIME is the instant in UTC, to the microsecond, whatever zone anybody is in. */
@OnEveryDatabase
class UtcInstantHandlerTest {
  private final TestDatabase test;
  private final Database database;

  UtcInstantHandlerTest(TestDatabase test) {
    this.test = test;
    this.database = test.emptied();
  }

  interface Failures {
    @Insert(
        """
        INSERT INTO sign_in_failure (user_name, failures, last_failed_at) VALUES ('x', 1, #{at})\
        """)
    void add(Instant at);

    @Select("SELECT last_failed_at FROM sign_in_failure")
    Instant at();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Asia/Shanghai", "America/New_York"})
  void theZoneOfTheMachineDoesNotMatter(String zone) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      // In New York this hour of local time does not exist: 2026-03-08 02:30.
      Instant at = Instant.parse("2026-03-08T02:30:00.123456Z");
      database.run(Failures.class, mapper -> mapper.add(at));
      assertEquals(at, database.with(Failures.class, Failures::at));
      assertEquals(
          "2026-03-08 02:30:00.123456",
          test.query("SELECT CAST(last_failed_at AS CHAR) FROM sign_in_failure"));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void nanosecondsAreCutNotRounded() {
    database.run(
        Failures.class, mapper -> mapper.add(Instant.parse("2026-11-21T23:59:59.999999999Z")));
    assertEquals(
        Instant.parse("2026-11-21T23:59:59.999999Z"), database.with(Failures.class, Failures::at));
  }

  @Test
  void theSessionOfTheServerIsInUtc() {
    assertEquals("1", test.query("SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW()) = 0"));
  }
}
