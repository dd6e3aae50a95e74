package cti.server.web;

import cti.core.id.CallId;
import cti.core.port.CallHistory.Period;
import cti.core.port.Completeness;
import cti.core.port.CompletenessWatch;
import cti.core.port.DayChecks;
import cti.core.port.Page;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the check of the records came to, as a test says. */
final class CompletenessInMemory implements Completeness {
  final List<Hour> hours = new ArrayList<>();
  final List<CheckedCall> checked = new ArrayList<>();
  final List<CallId> unknown = new ArrayList<>();
  volatile DayChecks days = DayChecks.NOT_CONFIGURED;
  volatile CompletenessWatch.State state = CompletenessWatch.NOT_CONFIGURED.state();

  /** The watch that says what the test does. */
  CompletenessWatch watch() {
    return new CompletenessWatch() {
      @Override
      public State state() {
        return state;
      }

      @Override
      public DayChecks days() {
        return days;
      }
    };
  }

  @Override
  public List<Hour> hours(Period period) {
    return hours.stream()
        .filter(hour -> !hour.begin().isBefore(period.from()))
        .filter(hour -> hour.begin().isBefore(period.to()))
        .toList();
  }

  @Override
  public Page<CheckedCall> checked(
      Period period, Verdict verdict, Optional<Page.Key> after, int limit) {
    List<CheckedCall> found =
        checked.stream()
            .filter(call -> call.verdict() == verdict)
            .filter(call -> !call.startedAt().isBefore(period.from()))
            .filter(call -> call.startedAt().isBefore(period.to()))
            .toList();
    return Page.of(found, limit, call -> new Page.Key(call.startedAt(), call.call().value()));
  }

  @Override
  public List<CallId> unknown(Period period, int limit) {
    return unknown.stream().limit(limit).toList();
  }
}
