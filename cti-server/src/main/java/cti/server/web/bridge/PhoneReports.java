package cti.server.web.bridge;

import cti.core.agent.PauseReason;
import cti.core.bridge.PhoneReport;
import cti.core.engine.AgentCommand.BecomeNotReady;
import cti.core.engine.AgentCommand.BecomeReady;
import cti.core.engine.Command;
import cti.core.engine.Reply;
import cti.core.engine.Reply.Refusal;
import cti.core.id.AgentId;
import cti.core.id.BridgeId;
import cti.core.port.Mailbox;
import cti.server.web.stream.AgentCommands;
import cti.server.web.stream.LiveFeed;
import cti.server.web.view.AgentView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How agents' phones do, as the bridges beside them say. An agent whose phone is not registered is
 * not ready, and does not become so, as long as they are logged on at that phone. A report is worth
 * something for a minute: of a bridge that says nothing nothing is known. Thread-safe.
 */
public final class PhoneReports implements AgentCommands.Guard {
  private static final Logger log = LoggerFactory.getLogger(PhoneReports.class);

  /** Bridges report every 15 s at least. */
  static final Duration FRESH = Duration.ofSeconds(60);

  private static final Set<String> OFF = Set.of("logged-off", "not-ready");

  private final LiveFeed feed;
  private final Mailbox mailbox;
  private final InstantSource clock;

  /** By who tells: a bridge by its number, a phone in a browser by its session. */
  private final Map<String, Told> told = new ConcurrentHashMap<>();

  private record Told(AgentId agent, PhoneReport report) {}

  public PhoneReports(LiveFeed feed, Mailbox mailbox, InstantSource clock) {
    this.feed = feed;
    this.mailbox = mailbox;
    this.clock = clock;
  }

  /** The newest report of a bridge; empty where it is too old to say anything. */
  Optional<PhoneReport> of(BridgeId bridge) {
    return Optional.ofNullable(told.get(bridge.value())).map(Told::report).filter(this::isFresh);
  }

  private boolean isFresh(PhoneReport report) {
    return report.at().isAfter(clock.instant().minus(FRESH));
  }

  void forget(BridgeId bridge) {
    forget(bridge.value());
  }

  /** Whoever told of a phone by this key does so no more. */
  public void forget(String teller) {
    told.remove(teller);
  }

  void take(BridgeId bridge, AgentId agent, PhoneReport report) {
    take(bridge.value(), agent, report);
  }

  /**
   * Takes a report; where the phone is not registered its agent becomes not ready.
   *
   * @param teller whose earlier report it replaces
   */
  public void take(String teller, AgentId agent, PhoneReport report) {
    Told before = told.put(teller, new Told(agent, report));
    if (before == null || !before.report().registered().equals(report.registered())) {
      log.info(
          "web: phone={} of agent={} is {}{}",
          report.extension(),
          agent,
          report
              .registered()
              .map(known -> known ? "registered" : "not registered")
              .orElse("there, as far as anybody knows"),
          report.problem().map(why -> ": " + why).orElse(""));
    }
    if (report.unregistered()) {
      feed.ask(live -> live.agent(agent))
          .thenAccept(
              view -> {
                if (view.filter(one -> mustLeave(one, report)).isPresent()) {
                  mailbox
                      .ask(new BecomeNotReady(agent, PauseReason.PHONE_UNREGISTERED))
                      .thenAccept(reply -> refused(agent, reply));
                }
              })
          .exceptionally(
              busy -> {
                log.warn("web: agent={} is looked at with the next report: {}", agent, busy);
                return null;
              });
    }
  }

  private static void refused(AgentId agent, Reply reply) {
    if (reply instanceof Refusal refusal) {
      log.warn(
          "web: agent={} stays ready at a phone that is not registered: {}",
          agent,
          refusal.message());
    }
  }

  private static boolean mustLeave(AgentView agent, PhoneReport report) {
    return isAt(agent, report)
        && !OFF.contains(agent.state())
        && agent.pending().filter(next -> OFF.contains(next.state())).isEmpty();
  }

  private static boolean isAt(AgentView agent, PhoneReport report) {
    return agent.extension().equals(Optional.of(report.extension().value()));
  }

  @Override
  public CompletionStage<Optional<Refusal>> look(Command command) {
    if (!(command instanceof BecomeReady ready) || !ready.desks().isEmpty()) {
      return allowed();
    }
    List<PhoneReport> unregistered = unregistered(ready.agent());
    if (unregistered.isEmpty()) {
      return allowed();
    }
    return feed.ask(live -> live.agent(ready.agent()))
        .thenApply(
            view ->
                view.flatMap(
                    agent ->
                        unregistered.stream()
                            .filter(report -> isAt(agent, report))
                            .findFirst()
                            .map(PhoneReports::refusal)))
        // The engine answers where the feed has no time.
        .exceptionally(busy -> Optional.empty());
  }

  private List<PhoneReport> unregistered(AgentId agent) {
    return told.values().stream()
        .filter(one -> one.agent().equals(agent))
        .map(Told::report)
        .filter(this::isFresh)
        .filter(PhoneReport::unregistered)
        .toList();
  }

  private static Refusal refusal(PhoneReport report) {
    return new Refusal(
        PauseReason.PHONE_UNREGISTERED,
        "phone "
            + report.extension()
            + " is not registered"
            + report.problem().map(why -> " (" + why + ")").orElse("")
            + ", expected a phone that can be rung");
  }

  private static CompletionStage<Optional<Refusal>> allowed() {
    return CompletableFuture.completedFuture(Optional.empty());
  }
}
