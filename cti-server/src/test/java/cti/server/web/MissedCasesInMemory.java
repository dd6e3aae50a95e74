package cti.server.web;

import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.SiteId;
import cti.core.missed.CaseState;
import cti.core.missed.Closing;
import cti.core.missed.MissedCall;
import cti.core.missed.MissedCase;
import cti.core.port.CallHistory.Period;
import cti.core.port.MissedCases;
import cti.core.port.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Missed cases in memory: a test puts them there, hands change them. */
final class MissedCasesInMemory implements MissedCases {
  final List<MissedCase> all = new ArrayList<>();
  final Map<DeskId, SiteId> siteOfDesk = new HashMap<>();
  private final Map<CallId, List<HandChange>> changes = new HashMap<>();
  private final InstantSource clock;
  private final Runnable reach;

  MissedCasesInMemory(InstantSource clock, Runnable reach) {
    this.clock = clock;
    this.reach = reach;
  }

  @Override
  public synchronized Page<MissedCase> list(
      CaseFilter filter, Optional<Page.Key> after, int limit) {
    reach.run();
    List<MissedCase> found =
        all.stream()
            .filter(one -> within(filter.period(), one.openedAt()))
            .filter(one -> filter.state().isEmpty() || filter.state().get() == one.state())
            .filter(one -> filter.desk().isEmpty() || filter.desk().equals(one.desk()))
            .filter(
                one ->
                    filter.site().isEmpty()
                        || filter.site().equals(one.desk().map(siteOfDesk::get)))
            .filter(
                one ->
                    filter.person().isEmpty()
                        || one.calls().stream()
                            .anyMatch(call -> call.matches().contains(filter.person().get())))
            .filter(
                one ->
                    filter.number().isEmpty()
                        || one.numbers().stream()
                            .anyMatch(number -> number.contains(filter.number().get())))
            .filter(one -> sees(filter.sight(), one))
            .toList();
    return MemoryStores.page(found, MissedCase::openedAt, one -> one.id().value(), after, limit);
  }

  @Override
  public synchronized Optional<MissedCase> find(MissedCaseId id, Optional<Set<DeskId>> sight) {
    reach.run();
    return all.stream()
        .filter(one -> one.calls().stream().anyMatch(call -> is(call, id)))
        .filter(one -> sees(sight, one))
        .findFirst();
  }

  @Override
  public synchronized Changed close(
      MissedCaseId id, String reason, String by, Optional<Set<DeskId>> sight) {
    Closing closing = new Closing.ByHand(clock.instant(), by, reason);
    return change(id, CaseState.OPEN, Optional.of(closing), by, reason, sight);
  }

  @Override
  public synchronized Changed reopen(MissedCaseId id, String by, Optional<Set<DeskId>> sight) {
    return change(id, CaseState.CLOSED, Optional.empty(), by, "", sight);
  }

  private Changed change(
      MissedCaseId id,
      CaseState from,
      Optional<Closing> closing,
      String by,
      String reason,
      Optional<Set<DeskId>> sight) {
    Optional<MissedCase> found = find(id, sight);
    if (found.isEmpty()) {
      return new Changed.NoSuchCase();
    }
    if (found.get().state() != from) {
      return new Changed.NotAllowed(found.get());
    }
    MissedCase changed = new MissedCase(found.get().calls(), closing);
    all.set(all.indexOf(found.get()), changed);
    changes
        .computeIfAbsent(changed.calls().getFirst().call(), _ -> new ArrayList<>())
        .add(new HandChange(clock.instant(), by, closing.isPresent(), reason));
    return new Changed.Done(changed);
  }

  @Override
  public synchronized List<HandChange> handChanges(MissedCaseId id) {
    return find(id, Optional.empty())
        .map(one -> changes.getOrDefault(one.calls().getFirst().call(), List.of()))
        .orElse(List.of());
  }

  @Override
  public synchronized List<DeskCount> counts(Period period, Optional<Set<DeskId>> sight) {
    reach.run();
    return all.stream()
        .filter(one -> sees(sight, one))
        .map(MissedCase::desk)
        .distinct()
        .map(
            desk ->
                new DeskCount(
                    desk,
                    all.stream()
                        .filter(one -> one.desk().equals(desk))
                        .flatMap(one -> one.calls().stream())
                        .filter(call -> within(period, call.at()))
                        .count(),
                    count(period, desk, Set.of(CaseState.values())),
                    count(period, desk, Set.of(CaseState.OPEN)),
                    count(period, desk, Set.of(CaseState.RETURNED)),
                    count(period, desk, Set.of(CaseState.RECOVERED)),
                    count(period, desk, Set.of(CaseState.CLOSED))))
        .toList();
  }

  @Override
  public synchronized List<OpenCount> openCounts() {
    reach.run();
    return all.stream()
        .filter(one -> one.state() == CaseState.OPEN)
        .map(MissedCase::desk)
        .distinct()
        .map(
            desk -> {
              List<MissedCase> open =
                  all.stream()
                      .filter(one -> one.desk().equals(desk) && one.state() == CaseState.OPEN)
                      .toList();
              return new OpenCount(
                  desk,
                  open.size(),
                  open.stream().map(MissedCase::openedAt).min(Instant::compareTo).orElseThrow());
            })
        .toList();
  }

  private long count(Period period, Optional<DeskId> desk, Set<CaseState> states) {
    return all.stream()
        .filter(one -> one.desk().equals(desk) && within(period, one.openedAt()))
        .filter(one -> states.contains(one.state()))
        .count();
  }

  private static boolean is(MissedCall call, MissedCaseId id) {
    return call.call().value().equals(id.value());
  }

  private static boolean within(Period period, Instant at) {
    return !at.isBefore(period.from()) && at.isBefore(period.to());
  }

  private static boolean sees(Optional<Set<DeskId>> sight, MissedCase one) {
    return sight.isEmpty() || one.desk().filter(sight.get()::contains).isPresent();
  }
}
