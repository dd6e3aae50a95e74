package cti.server.flow;

import cti.core.agent.SeatRole;
import cti.core.calendar.RosterName;
import cti.core.id.DeskId;
import cti.core.routing.Target;
import cti.server.yaml.Section;
import cti.server.yaml.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the targets of rules and lists. */
final class TargetSections {
  private static final int MOST_SECONDS = (int) Target.MOST_LIMIT.toSeconds();
  private static final int ROLE_SECONDS = 20;
  private static final int DIAL_SECONDS = 30;
  private static final int LAST_AGENT_SECONDS = 15;
  private static final int LAST_AGENT_DAYS = 30;

  private TargetSections() {}

  /** Those that have no faults; the faults of the others are added. */
  static List<Target> read(List<Section> sections) {
    List<Target> targets = new ArrayList<>();
    for (Section section : sections) {
      target(section).ifPresent(targets::add);
    }
    return targets;
  }

  private static Optional<Target> target(Section section) {
    int before = section.faultCount();
    Optional<Target> target = Optional.empty();
    if (section.has("role")) {
      target = role(section, before);
    } else if (section.has("desk")) {
      String desk = section.text("desk");
      int priority = priority(section);
      Optional<Duration> limit =
          section.has("limit")
              ? Optional.of(Duration.ofSeconds(section.integer("limit", 1, MOST_SECONDS)))
              : Optional.empty();
      target = section.make(before, () -> new Target.DeskQueue(new DeskId(desk), priority, limit));
    } else if (section.has("last_agent")) {
      boolean wanted = section.flag("last_agent", true);
      if (!wanted) {
        section.fault("last_agent", "is false, expected true");
      }
      int days = section.integer("within_days", 1, 90, LAST_AGENT_DAYS);
      Duration limit = limit(section, LAST_AGENT_SECONDS);
      target = section.make(before, () -> new Target.LastAgent(Duration.ofDays(days), limit));
    } else if (section.has("duty")) {
      String roster = section.text("duty");
      Optional<Target.DutyLine> line =
          section
              .optionalText("line")
              .map(word -> Words.parse(Target.DutyLine.class, word, section, "line"))
              .orElse(Optional.of(Target.DutyLine.MOBILE));
      Duration limit = limit(section, DIAL_SECONDS);
      target =
          section.make(
              before, () -> new Target.Duty(new RosterName(roster), line.orElseThrow(), limit));
    } else if (section.has("number")) {
      String number = section.text("number");
      Duration limit = limit(section, DIAL_SECONDS);
      target = section.make(before, () -> new Target.Number(number, limit));
    } else if (section.has("callback")) {
      String desk = section.text("callback");
      target = section.make(before, () -> new Target.Callback(new DeskId(desk)));
    } else if (section.has("voicemail")) {
      String desk = section.text("voicemail");
      target = section.make(before, () -> new Target.Voicemail(new DeskId(desk)));
    } else if (section.has("announcement")) {
      String prompt = section.text("announcement");
      target = section.make(before, () -> new Target.Announcement(prompt));
    } else if (section.has("list")) {
      String list = section.text("list");
      target = section.make(before, () -> new Target.ListOf(list));
    } else {
      section.fault(
          "",
          "is no target, expected desk, role, last_agent, duty, number, callback, voicemail,"
              + " announcement or list");
      return Optional.empty();
    }
    section.done();
    return target;
  }

  private static Optional<Target> role(Section section, int before) {
    Optional<SeatRole> role = Words.parse(SeatRole.class, section.text("role"), section, "role");
    String desk = section.text("desk");
    int priority = priority(section);
    Duration limit = limit(section, ROLE_SECONDS);
    return section.make(
        before, () -> new Target.DeskRole(new DeskId(desk), role.orElseThrow(), priority, limit));
  }

  private static int priority(Section section) {
    return section.integer("priority", 0, Target.MOST_PRIORITY, 0);
  }

  private static Duration limit(Section section, int otherwise) {
    return Duration.ofSeconds(section.integer("limit", 1, MOST_SECONDS, otherwise));
  }
}
