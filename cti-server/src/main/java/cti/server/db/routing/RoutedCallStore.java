package cti.server.db.routing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import cti.core.event.CallEvent.Routed;
import cti.core.event.RouteDetails;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.port.CallHistory.Period;
import cti.core.port.Page;
import cti.core.port.RoutedCalls;
import cti.server.db.Database;
import cti.server.db.routing.RoutedCallMapper.CallRow;
import cti.server.db.routing.RoutedCallMapper.EventRow;
import cti.server.db.routing.RoutedCallMapper.MatchRow;
import cti.server.event.EventCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls that rules sent somewhere, with what the rules said then. */
public final class RoutedCallStore implements RoutedCalls {
  private final Database database;
  private final EventCodec codec;

  public RoutedCallStore(Database database, EventCodec codec) {
    this.database = database;
    this.codec = codec;
  }

  @Override
  public long count(Period period) {
    return database.with(
        RoutedCallMapper.class, mapper -> mapper.count(period.from(), period.to()));
  }

  @Override
  public List<RoutedCall> page(Period period, Optional<Page.Key> after, int limit) {
    return database.with(RoutedCallMapper.class, mapper -> page(mapper, period, after, limit));
  }

  private List<RoutedCall> page(
      RoutedCallMapper mapper, Period period, Optional<Page.Key> after, int limit) {
    List<CallRow> rows =
        mapper.page(
            period.from(),
            period.to(),
            after.map(Page.Key::at).orElse(null),
            after.map(Page.Key::id).orElse(null),
            limit);
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> ids = rows.stream().map(CallRow::callId).toList();
    Map<String, List<StaffId>> matches =
        mapper.matches(ids).stream()
            .collect(
                groupingBy(MatchRow::callId, mapping(row -> new StaffId(row.staffId()), toList())));
    Map<String, List<EventRow>> events =
        mapper.routed(ids).stream().collect(groupingBy(EventRow::callId));
    return rows.stream()
        .map(
            row ->
                call(
                    row,
                    matches.getOrDefault(row.callId(), List.of()),
                    told(events.getOrDefault(row.callId(), List.of())).stream().findFirst()))
        .toList();
  }

  private static RoutedCall call(
      CallRow row, List<StaffId> matches, Optional<RouteDetails> details) {
    return new RoutedCall(
        new CallId(row.callId()),
        row.startedAt(),
        row.callingNumber(),
        row.dialledNumber(),
        matches,
        digits(row.keysPressed()),
        details.flatMap(RouteDetails::rule).orElse(row.routingRule()),
        new DeskId(row.deskId()),
        details);
  }

  @Override
  public List<RouteDetails> details(CallId call) {
    return told(
        database.with(RoutedCallMapper.class, mapper -> mapper.routed(List.of(call.value()))));
  }

  private List<RouteDetails> told(List<EventRow> events) {
    return events.stream()
        .map(row -> (Routed) codec.decode(row.event()))
        .flatMap(routed -> routed.details().stream())
        .toList();
  }

  /** Of "node=digits node=digits" the digits alone, in order. */
  private static String digits(String keysPressed) {
    StringBuilder digits = new StringBuilder();
    for (String part : keysPressed.split(" ")) {
      digits.append(part.substring(part.indexOf('=') + 1));
    }
    return digits.toString();
  }
}
