package cti.server.gatewaylog;

import cti.core.event.CallEvent;
import cti.core.id.CallId;
import cti.core.id.GatewayId;
import cti.core.port.DayChecks;
import cti.core.port.GatewayLogStore;
import cti.core.port.StoreUnavailableException;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.LogPosition;
import cti.core.recovery.LogSource;
import cti.core.recovery.Verdict;
import java.net.ConnectException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps the port's promises in memory, and can be away. */
final class LogsInMemory implements GatewayLogStore {
  final Map<CallId, List<CallEvent>> onRecord = new HashMap<>();
  final Map<CallId, CheckedCall> checked = new LinkedHashMap<>();
  final List<Outage> outages = new ArrayList<>();
  final Map<LogSource, LogPosition> positions = new EnumMap<>(LogSource.class);
  final Set<Instant> hours = new HashSet<>();
  final List<DayChecks.Day> days = new ArrayList<>();
  boolean away;

  /** Answers what it is asked, and cannot write. */
  boolean keepsNothing;

  private void reach() {
    if (away) {
      throw new StoreUnavailableException("refused", new ConnectException("refused"));
    }
  }

  @Override
  public Map<CallId, List<CallEvent>> events(Collection<CallId> calls) {
    reach();
    Map<CallId, List<CallEvent>> found = new HashMap<>(onRecord);
    found.keySet().retainAll(calls);
    return found;
  }

  @Override
  public Set<CallId> settled(Collection<CallId> calls) {
    reach();
    Set<CallId> settled = new HashSet<>(calls);
    settled.removeIf(
        call -> !checked.containsKey(call) || checked.get(call).verdict() == Verdict.MISSING);
    return settled;
  }

  @Override
  public void keepDay(GatewayId gateway, DayChecks.Day day) {
    reach();
    days.add(day);
  }

  @Override
  public Days days(GatewayId gateway) {
    reach();
    return new Days(
        days.stream().map(DayChecks.Day::day).max(Comparator.naturalOrder()),
        days.isEmpty() ? Optional.empty() : Optional.of(days.getLast()));
  }

  @Override
  public Optional<LogPosition> position(GatewayId gateway, LogSource source) {
    reach();
    return Optional.ofNullable(positions.get(source));
  }

  @Override
  public List<Outage> outages(GatewayId gateway, Instant since) {
    reach();
    return List.copyOf(outages);
  }

  @Override
  public void keep(GatewayId gateway, Pass pass) {
    reach();
    if (keepsNothing) {
      throw new StoreUnavailableException("refused", new ConnectException("refused"));
    }
    pass.calls().forEach(call -> checked.put(call.call(), call));
    pass.positions().forEach(position -> positions.put(position.source(), position));
    hours.addAll(pass.hours());
  }
}
