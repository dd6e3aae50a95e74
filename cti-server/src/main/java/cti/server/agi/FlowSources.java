package cti.server.agi;

import cti.core.directory.DirectoryIndex;
import cti.core.ivr.CallPlan;
import cti.core.port.CallFacts;
import java.util.function.Supplier;

/**
 * What leads a call: each gives the snapshot of the moment, at once.
 *
 * @param plan the flow, the rules, the desks
 * @param versions of rules and flows that calls in progress may still have
 */
public record FlowSources(
    Supplier<DirectoryIndex> directory,
    Supplier<CallPlan> plan,
    CallFacts facts,
    CallPlan.Versions versions,
    FlowAround around) {
  /** Without anything around. */
  public FlowSources(
      Supplier<DirectoryIndex> directory,
      Supplier<CallPlan> plan,
      CallFacts facts,
      CallPlan.Versions versions) {
    this(directory, plan, facts, versions, FlowAround.NOTHING);
  }
}
