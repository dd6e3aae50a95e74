package cti.testbed.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A call on record (/api/v1/calls/{id}, its part {@code record}). */
public record RecordView(
    RowView call,
    List<KeyView> keys,
    List<VisitView> visits,
    List<String> incidents,
    List<PartView> parts) {

  public record RowView(
      String id,
      String direction,
      Instant startedAt,
      Optional<Instant> endedAt,
      String callingNumber,
      String dialledNumber,
      Optional<String> desk,
      Optional<String> agent,
      Optional<String> outcome,
      String clearedBy,
      String quality,
      boolean missed,
      long waitedSeconds,
      long talkedSeconds,
      Optional<TimesView> times) {}
}
