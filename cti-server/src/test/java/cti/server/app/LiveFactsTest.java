package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.engine.LiveQueues;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.port.CallerHistory;
import cti.core.routing.Caller;
import cti.core.routing.EarlierCalls;
import cti.core.routing.Facts;
import cti.core.routing.QueueState;
import cti.core.routing.RoutingPlan;
import cti.server.flow.RoutingFile;
import cti.server.yaml.Faults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What routing and flows may look at. */
class LiveFactsTest {
  private static final DeskId GZ = new DeskId("gz");
  private static final QueueState BUSY = new QueueState(3, 0, 0, Duration.ofSeconds(20));

  /** Callers were never told their place where no rule looked at queues. */
  @ParameterizedTest(name = "rules look at queues: {0}, the flow tells of them: {1}")
  @CsvSource({"false, false, false", "true, false, true", "false, true, true"})
  void queuesAreAskedForWhereRulesOrTheFlowNeedThem(boolean ruled, boolean told, boolean asked)
      throws Exception {
    String rules =
        """
        rules:
          - { id: busy, when: { %s }, desk: sg }
          - { id: rest, when: { always: true }, desk: gz }
        """
            .formatted(ruled ? "queue: { desk: gz, waiting_at_least: 3 }" : "site: sg");
    RoutingPlan plan = RoutingFile.read(rules, new Faults("test")).orElseThrow();
    AtomicInteger asks = new AtomicInteger();
    try (LiveFacts facts =
        new LiveFacts(
            () -> plan,
            () -> told,
            () -> {
              asks.incrementAndGet();
              return CompletableFuture.completedFuture(new LiveQueues(Map.of(GZ, BUSY)));
            },
            agent -> {
              throw new IllegalStateException("no rule looks at earlier calls");
            },
            (person, number, since, now) -> {
              throw new IllegalStateException("no rule looks at earlier calls");
            },
            Clock.fixed(Instant.parse("2026-11-23T02:30:00Z"), ZoneOffset.UTC))) {
      Caller caller = Caller.of("13900000025", "8000", List.of(), List.of());
      Facts moment = facts.of(caller);
      assertEquals(EarlierCalls.UNKNOWN, moment.earlier());
      assertEquals(0, asks.get(), "most requests of a call look at no queue");
      Optional<QueueState> expected = asked ? Optional.of(BUSY) : Optional.empty();
      assertEquals(expected, moment.queues().of(GZ));
      assertEquals(expected, moment.queues().of(GZ));
      assertEquals(asked ? 1 : 0, asks.get(), "one moment, one picture");
    }
  }

  /** Where a rule would ring the same agent again, it is told where that one is ready. */
  @ParameterizedTest(name = "{0}, the agent is {1}")
  @CsvSource({
    "'desk: gz', ready, ''",
    "'desk: gz, targets: [{ last_agent: true }, { desk: gz }]', ready, 8001",
    "'desk: gz, targets: [{ last_agent: true }, { desk: gz }]', busy, ''",
    "'desk: gz, targets: [{ last_agent: true }, { desk: gz }]', unknown, ''",
  })
  void whoTalkedToTheCallerIsToldWithWhereTheyAreReady(String outcome, String state, String ready)
      throws Exception {
    String rules =
        """
        rules:
          - { id: again, when: { talked_with: { desk: gz, within_hours: 24 } }, %s }
          - { id: rest, when: { always: true }, desk: gz }
        """
            .formatted(outcome);
    RoutingPlan plan = RoutingFile.read(rules, new Faults("test")).orElseThrow();
    AgentId agent = new AgentId("1001");
    Instant talked = Instant.parse("2026-11-23T02:10:00Z");
    try (LiveFacts facts =
        new LiveFacts(
            () -> plan,
            () -> false,
            () -> {
              throw new IllegalStateException("no rule looks at queues");
            },
            asked ->
                switch (state) {
                  case "ready" ->
                      CompletableFuture.completedFuture(Optional.of(new Extension("8001")));
                  case "busy" -> CompletableFuture.completedFuture(Optional.empty());
                  default -> CompletableFuture.failedFuture(new IllegalStateException("no room"));
                },
            (person, number, since, now) ->
                new CallerHistory.Found(Optional.of(new CallerHistory.Talk(agent, GZ, talked)), 2),
            Clock.fixed(Instant.parse("2026-11-23T02:30:00Z"), ZoneOffset.UTC))) {
      Optional<Extension> at =
          Optional.of(ready).filter(text -> !text.isEmpty()).map(Extension::new);
      assertEquals(
          new EarlierCalls(true, Optional.of(new EarlierCalls.LastTalk(agent, GZ, talked, at)), 2),
          facts.of(Caller.of("13900000025", "8000", List.of(), List.of())).earlier(),
          "whatever becomes of that, the talk and the missed calls are known");
    }
  }
}
