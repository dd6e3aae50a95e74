package cti.server.db.routing;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.port.CallerHistory;
import cti.server.db.Database;
import cti.server.db.routing.CallerHistoryMapper.TalkRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Earlier calls of a caller, out of the records. */
public final class CallerHistoryStore implements CallerHistory {
  private final Database database;

  public CallerHistoryStore(Database database) {
    this.database = database;
  }

  @Override
  public Found find(Optional<StaffId> person, String number, Instant since, Instant now) {
    if (person.isEmpty() && number.isBlank()) {
      return new Found(Optional.empty(), 0);
    }
    Instant oldest = now.minus(Duration.ofDays(MOST_DAYS));
    return database.with(
        CallerHistoryMapper.class,
        mapper -> {
          TalkRow row =
              person.isPresent()
                  ? mapper.talkOfPerson(person.get().value(), oldest)
                  : mapper.talkOfNumber(number, oldest);
          int missed =
              person.isPresent()
                  ? mapper.missedOfPerson(person.get().value(), since)
                  : mapper.missedOfNumber(number, since);
          return new Found(Optional.ofNullable(row).map(CallerHistoryStore::talk), missed);
        });
  }

  private static Talk talk(TalkRow row) {
    return new Talk(new AgentId(row.agentId()), new DeskId(row.deskId()), row.answeredAt());
  }
}
