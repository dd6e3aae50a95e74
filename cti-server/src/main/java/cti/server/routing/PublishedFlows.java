package cti.server.routing;

import cti.core.directory.DirectoryIndex;
import cti.core.ivr.CallPlan;
import cti.core.ivr.Flow;
import cti.core.ivr.MomentWorld;
import cti.core.ivr.Simulation;
import cti.core.port.Flows;
import cti.core.port.VersionRecords;
import cti.core.port.VersionedTexts;
import cti.core.routing.Caller;
import cti.core.routing.Facts;
import cti.core.routing.RoutingPlan;
import cti.server.flow.FlowText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The flow in force, and trying it. */
public final class PublishedFlows extends PublishedTexts<Flow> implements Flows {
  private final Surroundings around;

  /**
   * @param clock tells which version is in force
   */
  public PublishedFlows(
      VersionRecords store, Surroundings around, Copies copies, InstantSource clock) {
    super("flow", store, FlowText::published, copies, clock);
    this.around = around;
  }

  /**
   * The rest of the server, each as it is at the moment.
   *
   * @param files the plan as its files have it
   * @param rules in force
   * @param named what a flow may name
   * @param shipped the text of the flow's file: version 1 of a new database
   */
  public record Surroundings(
      Supplier<CallPlan> files,
      Supplier<RoutingPlan> rules,
      Supplier<FlowText.Around> named,
      Supplier<DirectoryIndex> directory,
      Supplier<String> shipped) {}

  @Override
  String shippedText() {
    return around.shipped().get();
  }

  @Override
  public Flow now() {
    // Without any version the file stands in.
    return said(moment()).orElseGet(() -> around.files().get().flow());
  }

  @Override
  public Checked check(String yaml) {
    FlowText.Read read = read(yaml);
    return new Checked(read.faults(), read.warnings());
  }

  @Override
  public Looked look(String yaml) {
    FlowText.Read read = read(yaml);
    return new Looked(
        new Checked(read.faults(), read.warnings()),
        read.findings(),
        read.drawn().map(flow -> new Drawn(flow, FlowText.linesOfNodes(yaml, flow))));
  }

  private FlowText.Read read(String yaml) {
    if (yaml.length() > VersionedTexts.LONGEST) {
      String fault =
          "the text has "
              + yaml.length()
              + " characters, expected at most "
              + VersionedTexts.LONGEST;
      return new FlowText.Read(
          Optional.empty(),
          List.of(fault),
          List.of(),
          Optional.empty(),
          List.of(new Finding(true, Optional.empty(), fault)));
    }
    return FlowText.read(yaml, around.named().get());
  }

  @Override
  public Tried simulate(Trial trial) {
    Flow flow = now();
    if (trial.yaml().isPresent()) {
      FlowText.Read read = read(trial.yaml().get());
      if (read.flow().isEmpty()) {
        return new Tried.Faulty(read.faults());
      }
      flow = read.flow().get();
    }
    Instant at = trial.at().orElseGet(this::moment);
    DirectoryIndex directory = around.directory().get();
    CallPlan plan = around.files().get().withFlow(flow).withRouting(around.rules().get());
    Caller caller =
        Caller.of(
            trial.number(),
            plan.routing().rules().hotline().stream().sorted().findFirst().orElse(""),
            directory.lookup(trial.number()),
            plan.sites());
    Simulation call =
        new Simulation(
            plan.interpreter(directory::byId, MomentWorld.Surroundings.quiet(Facts.at(at))),
            caller);
    try {
      call.does(trial.does());
    } catch (IllegalArgumentException e) {
      return new Tried.Impossible(e.getMessage());
    }
    return new Tried.Done(call.met(), call.node(), call.waits(), call.taken());
  }
}
