package cti.server.web;

import cti.core.id.DeskId;
import cti.core.port.CallHistory.Period;
import cti.core.port.DeskFigures;
import cti.core.port.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Figures that a test puts in; the counting itself is tested on databases. */
final class DeskFiguresInMemory implements DeskFigures {
  final List<DeskFigure> figures = new ArrayList<>();
  final List<Stay> stays = new ArrayList<>();
  final List<EffectiveRule> rules = new ArrayList<>();
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
  public boolean save(EffectiveRule rule) {
    if (!Set.of(World.DESKTOP, World.ERP, World.GUANGZHOU).contains(rule.desk())) {
      return false;
    }
    rules.add(rule);
    return true;
  }
}
