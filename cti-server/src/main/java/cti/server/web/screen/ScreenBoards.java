package cti.server.web.screen;

import cti.core.id.DeskId;
import cti.core.port.BigScreens.Screen;
import cti.core.port.BigScreens.Shows;
import cti.core.port.CallHistory.Period;
import cti.core.port.DeskFigures;
import cti.core.port.DeskFigures.EffectiveRule;
import cti.core.port.StoreUnavailableException;
import cti.core.stats.DeskCounts;
import cti.core.stats.DeskThresholds;
import cti.core.stats.ServiceLevelRule;
import cti.server.web.http.StoreThreads;
import cti.server.web.screen.ScreenFrame.AtDesk;
import cti.server.web.screen.ScreenFrame.Colours;
import cti.server.web.screen.ScreenFrame.Today;
import cti.server.web.screen.ScreenFrame.Waits;
import cti.server.web.stream.LiveFeed;
import cti.server.web.stream.LivePicture;
import cti.server.web.stream.Scope;
import cti.server.web.view.AgentView;
import cti.server.web.view.CallView;
import cti.server.web.view.CallerView;
import cti.server.web.view.GatewayView;
import cti.server.web.view.Views;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what big screens show of the picture: nothing but what their link says. */
final class ScreenBoards {
  private static final Logger log = LoggerFactory.getLogger(ScreenBoards.class);
  private static final long COUNT_EVERY_MILLIS = 15_000;

  /** The desks' zone, as everywhere on the pages. */
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final LiveFeed feed;
  private final DeskFigures figures;
  private final StoreThreads stores;
  private final Views views;
  private final InstantSource clock;
  private final AtomicBoolean counting = new AtomicBoolean();
  private volatile Counted counted = new Counted(Instant.EPOCH, Map.of(), Map.of());

  /** Today's figures of every desk with when it is yellow and red, and when they were counted. */
  private record Counted(
      Instant at, Map<DeskId, Today> today, Map<DeskId, DeskThresholds> thresholds) {}

  ScreenBoards(
      LiveFeed feed, DeskFigures figures, StoreThreads stores, Views views, InstantSource clock) {
    this.feed = feed;
    this.figures = figures;
    this.stores = stores;
    this.views = views;
    this.clock = clock;
  }

  /** Changes with whatever may change a screen; from any thread. */
  record Version(long record, Instant countedAt) {}

  Version version() {
    countAgain();
    return new Version(feed.newest(), counted.at());
  }

  /** What a screen shows now; fails with a Fault where the feed has no room. */
  CompletableFuture<ScreenFrame> board(Screen screen) {
    return feed.ask(picture -> board(picture, screen));
  }

  private ScreenFrame board(LivePicture picture, Screen screen) {
    Shows shows = screen.shows();
    Set<String> ids = shows.desks().stream().map(DeskId::value).collect(Collectors.toSet());
    List<CallView> calls =
        picture.calls(new Scope(false, Optional.empty(), shows.desks())).stream()
            .filter(call -> call.desk().filter(ids::contains).isPresent())
            .toList();
    List<AgentView> agents =
        picture.agents().stream()
            .filter(agent -> !Collections.disjoint(agent.desks(), ids))
            .toList();
    Counted known = counted;
    List<ScreenFrame.Desk> desks =
        views.catalog().desks().stream()
            .filter(desk -> shows.desks().contains(desk.id()))
            .map(
                desk ->
                    desk(
                        desk.id().value(),
                        desk.name(),
                        calls,
                        agents,
                        Colours.of(
                            known.thresholds().getOrDefault(desk.id(), DeskThresholds.USUAL)),
                        Optional.ofNullable(known.today().get(desk.id()))))
            .toList();
    Optional<Instant> away =
        picture.gateways().stream()
            .filter(gateway -> !gateway.live())
            .map(GatewayView::since)
            .min(Comparator.naturalOrder());
    return new ScreenFrame(
        clock.instant(),
        screen.title(),
        screen.expiresAt(),
        away.isEmpty(),
        away,
        desks,
        shows.agentNames() ? agents.stream().map(agent -> atDesk(agent, ids)).toList() : List.of(),
        shows.callerNames() || shows.numbers()
            ? calls.stream()
                .filter(ScreenBoards::waits)
                .map(call -> waits(call, shows))
                .sorted(Comparator.comparing(Waits::since))
                .toList()
            : List.of());
  }

  private static boolean waits(CallView call) {
    return call.phase().equals("waiting") || call.phase().equals("ringing");
  }

  private static Instant since(CallView call) {
    return call.waitingSince().orElse(call.startedAt());
  }

  private static Waits waits(CallView call, Shows shows) {
    Optional<String> name =
        Optional.of(
                call.callers().stream().map(CallerView::name).collect(Collectors.joining(" / ")))
            .filter(text -> shows.callerNames() && !text.isBlank());
    return new Waits(
        call.desk().orElse(""),
        name,
        Optional.of(call.callingNumber()).filter(text -> shows.numbers() && !text.isEmpty()),
        since(call),
        call.phase().equals("ringing"));
  }

  private static AtDesk atDesk(AgentView agent, Set<String> desks) {
    return new AtDesk(
        agent.name(),
        agent.state(),
        agent.reason(),
        agent.since(),
        agent.desks().stream().filter(desks::contains).toList());
  }

  private static ScreenFrame.Desk desk(
      String id,
      String name,
      List<CallView> calls,
      List<AgentView> agents,
      Colours colours,
      Optional<Today> today) {
    List<CallView> own = calls.stream().filter(call -> call.desk().get().equals(id)).toList();
    List<CallView> waiting = own.stream().filter(ScreenBoards::waits).toList();
    List<AgentView> here = agents.stream().filter(agent -> agent.desks().contains(id)).toList();
    return new ScreenFrame.Desk(
        id,
        name,
        waiting.size(),
        waiting.stream().map(ScreenBoards::since).min(Comparator.naturalOrder()),
        (int)
            own.stream()
                .filter(call -> call.phase().equals("talking") || call.phase().equals("on-hold"))
                .count(),
        (int)
            here.stream()
                .filter(agent -> agent.state().equals("ready"))
                .filter(agent -> !agent.notReadyAt().contains(id))
                .count(),
        in(here, "busy"),
        in(here, "working-after-call"),
        in(here, "not-ready"),
        colours,
        today);
  }

  private static int in(List<AgentView> agents, String state) {
    return (int) agents.stream().filter(agent -> agent.state().equals(state)).count();
  }

  /** Counts today's figures of all desks, now and then and once for all screens. */
  private void countAgain() {
    Instant now = clock.instant();
    if (now.isBefore(counted.at().plusMillis(COUNT_EVERY_MILLIS))
        || !counting.compareAndSet(false, true)) {
      return;
    }
    stores
        .run(
            () -> {
              counted = new Counted(now, count(now), Map.copyOf(figures.thresholds()));
              return null;
            })
        .whenComplete(
            (nothing, failure) -> {
              counting.set(false);
              if (failure != null) {
                // Shown as they were; counted again at the next turn.
                counted = new Counted(now, counted.today(), counted.thresholds());
                log.debug("screens: today's figures were not counted: {}", failure.toString());
              }
            });
  }

  private Map<DeskId, Today> count(Instant now) throws StoreUnavailableException {
    Instant midnight = now.atZone(ZONE).with(LocalTime.MIN).toInstant();
    Map<DeskId, EffectiveRule> rules =
        figures.rules(now).stream()
            .collect(Collectors.toMap(EffectiveRule::desk, Function.identity()));
    Map<DeskId, Today> today = new HashMap<>();
    figures
        .figures(new Period(midnight, now), Optional.empty())
        .forEach(
            figure -> {
              DeskCounts counts = figure.counts();
              ServiceLevelRule rule =
                  Optional.ofNullable(rules.get(figure.desk()))
                      .map(EffectiveRule::rule)
                      .orElse(ServiceLevelRule.USUAL);
              today.put(
                  figure.desk(),
                  new Today(
                      counts.answered(),
                      counts.agentNoAnswer(),
                      counts.queueMissed(),
                      counts.answerRate().value(),
                      rule.formula().of(counts).value(),
                      rule.formula().text()));
            });
    return Map.copyOf(today);
  }
}
