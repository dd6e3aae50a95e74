package cti.server.routing;

import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.ivr.CallPlan;
import cti.core.port.Routing;
import cti.core.port.VersionRecords;
import cti.core.routing.EarlierCalls;
import cti.core.routing.Facts;
import cti.core.routing.QueueState;
import cti.core.routing.RoutingPlan;
import cti.server.flow.House;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The rules in force, and explaining what they say. */
public final class PublishedRouting extends PublishedTexts<RoutingPlan> implements Routing {
  private final Surroundings around;

  /**
   * @param clock tells which version is in force
   */
  public PublishedRouting(
      VersionRecords store, Surroundings around, Copies copies, InstantSource clock) {
    super("routing", store, RuleText::published, copies, clock);
    this.around = around;
  }

  /**
   * The rest of the server, each as it is at the moment.
   *
   * @param plan the flow in force, with the rules that came with it
   * @param shipped the text of those rules: version 1 of a new database
   */
  public record Surroundings(
      Supplier<CallPlan> plan,
      Supplier<House> house,
      Supplier<DirectoryIndex> directory,
      Supplier<Set<String>> prompts,
      Supplier<String> shipped) {}

  @Override
  String shippedText() {
    return around.shipped().get();
  }

  @Override
  public RoutingPlan now() {
    return inForce(moment());
  }

  private RoutingPlan inForce(Instant at) {
    // Without any version the rules that came with the flow stand in.
    return said(at).orElseGet(() -> around.plan().get().routing());
  }

  /** The plan for a call that begins now. */
  public CallPlan plan() {
    return around.plan().get().withRouting(now());
  }

  @Override
  public Optional<StaffMember> person(StaffId id) {
    return around.directory().get().byId(id);
  }

  @Override
  public Checked check(String yaml) {
    return read(yaml).checked();
  }

  public RuleText.Read read(String yaml) {
    return RuleText.read(yaml, around.house().get(), around.plan().get(), around.prompts().get());
  }

  @Override
  public Explained explain(Question question) {
    Instant at = question.at().orElseGet(this::moment);
    RoutingPlan plan = inForce(at);
    if (question.yaml().isPresent()) {
      RuleText.Read read = read(question.yaml().get());
      if (read.plan().isEmpty()) {
        return new Explained.Faulty(read.checked().faults());
      }
      plan = read.plan().get();
    }
    Map<DeskId, QueueState> queues = new HashMap<>();
    for (QueueGiven given : question.queues()) {
      queues.put(
          given.desk(),
          new QueueState(
              given.waiting(), given.ready(), 0, Duration.ofSeconds(given.longestWaitSeconds())));
    }
    Facts facts =
        new Facts(at, desk -> Optional.ofNullable(queues.get(desk)), EarlierCalls.UNKNOWN);
    String dialled =
        question.dialled().isEmpty()
            ? plan.rules().hotline().stream().sorted().findFirst().orElse("")
            : question.dialled();
    return new ThoughtCall(around.plan().get().withRouting(plan), around.directory().get(), facts)
        .explain(question.from(), dialled, question.keys());
  }
}
