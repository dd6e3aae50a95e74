package cti.server.db.callers;

import cti.core.id.CallId;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.port.IncidentNotices;
import cti.server.db.Database;
import cti.server.db.callers.CallerQueryMapper.NoticeRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Major incidents that callers hear of. */
public final class NoticeStore implements IncidentNotices {
  private static final String BETWEEN = ",";

  private final Database database;

  public NoticeStore(Database database) {
    this.database = database;
  }

  @Override
  public List<IncidentNotice> all(Instant since) {
    return database.with(CallerQueryMapper.class, mapper -> mapper.notices(since)).stream()
        .map(NoticeStore::notice)
        .toList();
  }

  @Override
  public Optional<IncidentNotice> find(String id) {
    return Optional.ofNullable(database.with(CallerQueryMapper.class, mapper -> mapper.notice(id)))
        .map(NoticeStore::notice);
  }

  @Override
  public void put(IncidentNotice notice) {
    database.run(
        CallerQueryMapper.class,
        mapper ->
            mapper.putNotice(
                new NoticeRow(
                    notice.id(),
                    notice.prompt(),
                    notice.incident().map(IncidentId::value).orElse(null),
                    notice.sites().stream()
                        .map(SiteId::value)
                        .sorted()
                        .collect(Collectors.joining(BETWEEN)),
                    notice.choices().stream().sorted().collect(Collectors.joining(BETWEEN)),
                    notice.beginsAt(),
                    notice.endsAt().orElse(null),
                    notice.author())));
  }

  @Override
  public boolean end(String id, Instant at) {
    return database.with(CallerQueryMapper.class, mapper -> mapper.endNotice(id, at)) > 0;
  }

  @Override
  public List<Affected> affected(String id, int limit) {
    return database.with(CallerQueryMapper.class, mapper -> mapper.affected(id, limit)).stream()
        .map(row -> new Affected(new CallId(row.callId()), row.at(), row.callingNumber()))
        .toList();
  }

  private static IncidentNotice notice(NoticeRow row) {
    return new IncidentNotice(
        row.noticeId(),
        row.prompt(),
        Optional.ofNullable(row.incidentId()).map(IncidentId::new),
        parts(row.sites()).stream().map(SiteId::new).collect(Collectors.toSet()),
        parts(row.choices()),
        row.beginsAt(),
        Optional.ofNullable(row.endsAt()),
        row.author());
  }

  private static Set<String> parts(String text) {
    return text.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(text.split(BETWEEN)));
  }
}
