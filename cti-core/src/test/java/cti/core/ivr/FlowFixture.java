package cti.core.ivr;

import cti.core.calendar.Calendars;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.desk.SiteKind;
import cti.core.directory.DepartmentPath;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.routing.Facts;
import cti.core.routing.RoutingPlan;
import cti.core.routing.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Flows in a few words. Exits are written {@code next:bye}. */
final class FlowFixture {
  static final Set<DeskId> DESKS = Set.of(new DeskId("gz"), new DeskId("hq"));
  static final List<Desk> DESK_LIST = List.of(desk("gz", 60), desk("hq", 90));

  static final List<Site> SITES =
      List.of(new Site(new SiteId("gz"), "广州厂", SiteKind.FACTORY, "20", List.of(), "", ""));
  static final StaffMember PERSON =
      new StaffMember(
          new StaffId("E0025"),
          "员工0025",
          new DepartmentPath(List.of()),
          new SiteId("gz"),
          "",
          List.of(),
          "",
          StaffStatus.ACTIVE,
          false,
          "");

  /** A Monday morning, half past ten. */
  static final Instant MONDAY = Instant.parse("2026-11-23T02:30:00Z");

  static final MomentWorld.Surroundings QUIET = MomentWorld.Surroundings.quiet(Facts.at(MONDAY));

  private FlowFixture() {}

  static Desk desk(String id, int longestWait) {
    return new Desk(
        new DeskId(id),
        id,
        new SiteId(id),
        "",
        new QueueName("cti-" + id),
        Duration.ZERO,
        Duration.ofSeconds(longestWait));
  }

  static Node.Prompt prompt(String id, String... exits) {
    return new Node.Prompt(id, List.of("hello"), exits("hangup:gone error:static", exits));
  }

  static Asking.Menu menu(String id, int tries, String keys, String... exits) {
    List<Asking.Menu.Option> options = new ArrayList<>();
    for (String key : keys.split(" ")) {
      String[] parts = key.split(":");
      options.add(
          new Asking.Menu.Option(
              parts[0], parts.length == 3 ? Optional.of(parts[2]) : Optional.empty(), parts[1]));
    }
    return new Asking.Menu(
        id,
        List.of("which"),
        Duration.ofSeconds(5),
        tries,
        options,
        exits("hangup:gone error:static", exits));
  }

  static Node.Queue queue(String id, String desk, String... exits) {
    return new Node.Queue(
        id,
        Optional.of(desk).filter(text -> !text.isEmpty()).map(DeskId::new),
        3,
        exits(
            "answered:bye timeout:bye full:bye no_agents:bye left_by_key:bye withdrawn:bye"
                + " hangup:gone error:static",
            exits));
  }

  static Node.Route route(String id, String... exits) {
    return new Node.Route(id, exits("error:static", exits));
  }

  static List<Node> ends() {
    return List.of(new Node.Hangup("bye"), new Node.Hangup("gone"), new Node.Fallback("static"));
  }

  static Map<Exit, String> exits(String defaults, String... exits) {
    Map<Exit, String> all = new EnumMap<>(Exit.class);
    for (String exit : (defaults + " " + String.join(" ", exits)).strip().split(" +")) {
      String[] parts = exit.split(":");
      if (parts[1].equals("-")) {
        all.remove(Exit.parse(parts[0]).orElseThrow());
      } else {
        all.put(Exit.parse(parts[0]).orElseThrow(), parts[1]);
      }
    }
    return all;
  }

  static Flow flow(Node... nodes) {
    List<Node> all = new ArrayList<>(Arrays.asList(nodes));
    all.addAll(ends());
    return new Flow("test", "zh", nodes[0].id(), List.of(), true, all);
  }

  /** A flow that must ask for the hours of its desks. */
  static Flow closing(Node... nodes) {
    Flow flow = flow(nodes);
    return new Flow(flow.id(), flow.language(), flow.start(), flow.greeting(), false, flow.nodes());
  }

  static FlowInterpreter interpreter(Flow flow, RuleSet rules) {
    return interpreter(flow, rules, Calendars.NONE, QUIET);
  }

  static FlowInterpreter interpreter(
      Flow flow, RuleSet rules, Calendars calendars, MomentWorld.Surroundings surroundings) {
    return new FlowInterpreter(
        flow,
        new MomentWorld(
            new RoutingPlan(1, rules, calendars),
            SITES,
            staff -> Optional.of(PERSON).filter(person -> person.id().equals(staff)),
            surroundings),
        DESK_LIST);
  }
}
