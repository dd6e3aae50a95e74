package cti.server.db.callers;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.port.Page;
import cti.core.port.Surveys;
import cti.server.db.Database;
import cti.server.db.callers.CallerQueryMapper.LinkedIncident;
import cti.server.db.callers.CallerQueryMapper.MarkCount;
import cti.server.db.callers.CallerQueryMapper.Restricted;
import cti.server.db.callers.CallerQueryMapper.SurveyRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Marks that callers gave. Behind the journal by the shipper's lag. */
public final class SurveyStore implements Surveys {
  private final Database database;

  public SurveyStore(Database database) {
    this.database = database;
  }

  @Override
  public Page<Answer> list(Filter filter, Optional<Page.Key> after, int limit) {
    Page.checkLimit(limit);
    if (filter.sight().filter(Set::isEmpty).isPresent()) {
      return new Page<>(List.of(), Optional.empty());
    }
    List<Answer> found =
        database.with(
            CallerQueryMapper.class,
            mapper -> {
              List<SurveyRecord> rows =
                  mapper.surveys(
                      restricted(filter),
                      CallerQueryMapper.sight(filter.sight()),
                      after.orElse(null),
                      limit + 1);
              return answers(rows, incidents(mapper, rows));
            });
    return Page.of(found, limit, one -> new Page.Key(one.at(), one.call().value()));
  }

  @Override
  public Figures figures(Filter filter) {
    if (filter.sight().filter(Set::isEmpty).isPresent()) {
      return new Figures(0, 0, List.of(0L, 0L, 0L, 0L, 0L));
    }
    List<MarkCount> counts =
        database.with(
            CallerQueryMapper.class,
            mapper -> mapper.marks(restricted(filter), CallerQueryMapper.sight(filter.sight())));
    long answers = counts.stream().mapToLong(MarkCount::answers).sum();
    long sum = counts.stream().mapToLong(count -> count.mark() * count.answers()).sum();
    List<Long> marks =
        IntStream.rangeClosed(1, 5)
            .mapToObj(
                mark ->
                    counts.stream()
                        .filter(count -> count.mark() == mark)
                        .mapToLong(MarkCount::answers)
                        .sum())
            .toList();
    return new Figures(answers, sum, marks);
  }

  private static Restricted restricted(Filter filter) {
    return new Restricted(
        filter.period().from(),
        filter.period().to(),
        filter.call().map(CallId::value).orElse(null),
        filter.incident().map(IncidentId::value).orElse(null),
        filter.desk().map(DeskId::value).orElse(null),
        filter.agent().map(AgentId::value).orElse(null),
        null);
  }

  private static Map<String, List<IncidentId>> incidents(
      CallerQueryMapper mapper, List<SurveyRecord> rows) {
    if (rows.isEmpty()) {
      return Map.of();
    }
    return mapper.incidents(rows.stream().map(SurveyRecord::callId).distinct().toList()).stream()
        .collect(
            groupingBy(
                LinkedIncident::callId,
                mapping(linked -> new IncidentId(linked.incidentId()), toList())));
  }

  private static List<Answer> answers(
      List<SurveyRecord> rows, Map<String, List<IncidentId>> incidents) {
    return rows.stream()
        .map(
            row ->
                new Answer(
                    new CallId(row.callId()),
                    row.node(),
                    row.at(),
                    row.mark(),
                    Optional.ofNullable(row.deskId()).map(DeskId::new),
                    Optional.ofNullable(row.agentId()).map(AgentId::new),
                    incidents.getOrDefault(row.callId(), List.of())))
        .toList();
  }
}
