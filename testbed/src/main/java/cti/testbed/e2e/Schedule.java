package cti.testbed.e2e;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Runs scenarios side by side where their claims allow it, in the order given where they do not;
 * those that want to be alone come last, one by one.
 */
final class Schedule {
  private final int atOnce;
  private final Consumer<Scenario> runner;

  /**
   * @param runner plays a scenario and notes its result; throws nothing
   */
  Schedule(int atOnce, Consumer<Scenario> runner) {
    this.atOnce = atOnce;
    this.runner = runner;
  }

  void run(List<Scenario> scenarios) throws InterruptedException {
    together(scenarios.stream().filter(scenario -> !scenario.alone()).toList());
    scenarios.stream().filter(Scenario::alone).forEach(runner);
  }

  private void together(List<Scenario> scenarios) throws InterruptedException {
    List<Scenario> waiting = new ArrayList<>(scenarios);
    Set<String> claimed = new HashSet<>();
    int running = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletionService<Scenario> done = new ExecutorCompletionService<>(threads);
      while (!waiting.isEmpty() || running > 0) {
        // An earlier one that waits keeps its claims: a later one must not overtake it for ever.
        Set<String> taken = new HashSet<>(claimed);
        for (Iterator<Scenario> next = waiting.iterator(); next.hasNext() && running < atOnce; ) {
          Scenario scenario = next.next();
          if (!scenario.disturbs(taken)) {
            next.remove();
            claimed.addAll(scenario.claims());
            running++;
            done.submit(() -> runner.accept(scenario), scenario);
          }
          taken.addAll(scenario.claims());
        }
        claimed.removeAll(taken(done, threads).claims());
        running--;
      }
    } catch (ExecutionException bug) {
      throw new IllegalStateException("a scenario's runner failed", bug.getCause());
    }
  }

  /** Asked to end, the scenarios under way are too; each still clears its own stage. */
  private static Scenario taken(CompletionService<Scenario> done, ExecutorService threads)
      throws InterruptedException, ExecutionException {
    try {
      return done.take().get();
    } catch (InterruptedException asked) {
      threads.shutdownNow();
      throw asked;
    }
  }
}
