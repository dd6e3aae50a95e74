package cti.core.ivr;

import static cti.core.ivr.FlowFixture.flow;

import cti.core.calendar.Calendars;
import cti.core.id.DeskId;
import cti.core.routing.Caller;
import cti.core.routing.RuleSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A caller who walks through a flow, in short words. */
abstract class FlowWalkFixture {
  static final Duration WAIT = Duration.ofSeconds(5);
  static final String ASKS =
      "hangup:gone error:static no_input:again no_match:again max_no_input:bye max_no_match:q";
  static final Optional<DeskId> GZ = Optional.of(new DeskId("gz"));

  MomentWorld.Surroundings surroundings = FlowFixture.QUIET;
  Calendars calendars = Calendars.NONE;
  String number = "13900000025";

  String walk(Flow flow, String doings) {
    return run(flow, doings).met();
  }

  Simulation run(Flow flow, String doings) {
    FlowInterpreter interpreter =
        FlowFixture.interpreter(flow, new RuleSet(List.of()), calendars, surroundings);
    Simulation simulation =
        new Simulation(interpreter, Caller.of(number, "8000", List.of(), List.of()));
    simulation.does(doings.isEmpty() ? List.of() : Arrays.asList(doings.split(" ")));
    return simulation;
  }

  static FlowInterpreter.Step first(Flow flow) {
    return FlowFixture.interpreter(flow, new RuleSet(List.of()))
        .start(Caller.of("", "8000", List.of(), List.of()));
  }
}
