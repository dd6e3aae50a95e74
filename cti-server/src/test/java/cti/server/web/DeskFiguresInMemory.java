package cti.server.web;

import cti.core.id.DeskId;
import cti.core.port.CallHistory.Period;
import cti.core.port.DeskFigures;
import cti.core.port.Page;
import cti.core.stats.DeskThresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Figures that a test puts in; the counting itself is tested on databases. */
final class DeskFiguresInMemory implements DeskFigures {
  private static final Set<DeskId> DESKS = Set.of(World.DESKTOP, World.ERP, World.GUANGZHOU);

  final List<DeskFigure> figures = new ArrayList<>();
  final List<Stay> stays = new ArrayList<>();
  final List<EffectiveRule> rules = new ArrayList<>();
  final List<TrendPoint> trend = new ArrayList<>();
  final Map<DeskId, DeskThresholds> thresholds = new HashMap<>();
  Optional<Counted> asked = Optional.empty();

  @Override
  public List<DeskFigure> figures(Period period, Optional<Set<DeskId>> sight) {
    return figures.stream()
        .filter(figure -> sight.map(seen -> seen.contains(figure.desk())).orElse(true))
        .toList();
  }

  @Override
  public Page<Stay> stays(
      Counted counted,
      Period period,
      Optional<DeskId> desk,
      Optional<Set<DeskId>> sight,
      Optional<Page.Key> after,
      int limit) {
    asked = Optional.of(counted);
    List<Stay> found =
        stays.stream()
            .filter(stay -> desk.isEmpty() || stay.desk().equals(desk))
            .filter(
                stay -> sight.map(seen -> seen.contains(stay.desk().orElseThrow())).orElse(true))
            .toList();
    return new Page<>(found.subList(0, Math.min(limit, found.size())), Optional.empty());
  }

  @Override
  public List<EffectiveRule> rules(Instant at) {
    return rules.stream().filter(rule -> !rule.from().isAfter(at)).toList();
  }

  @Override
  public List<EffectiveRule> history(DeskId desk) {
    return rules.stream().filter(rule -> rule.desk().equals(desk)).toList();
  }

  @Override
  public List<TrendPoint> trend(Period period, Duration step, Optional<Set<DeskId>> sight) {
    return trend.stream()
        .filter(point -> sight.map(seen -> seen.contains(point.desk())).orElse(true))
        .toList();
  }

  @Override
  public Map<DeskId, DeskThresholds> thresholds() {
    return Map.copyOf(thresholds);
  }

  @Override
  public boolean save(DeskId desk, DeskThresholds wanted, String by) {
    if (!DESKS.contains(desk)) {
      return false;
    }
    thresholds.put(desk, wanted);
    return true;
  }

  @Override
  public boolean save(EffectiveRule rule) {
    if (!DESKS.contains(rule.desk())) {
      return false;
    }
    rules.add(rule);
    return true;
  }
}
