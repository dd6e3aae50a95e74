package cti.server.flow;

import cti.core.calendar.TimeSpan;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.routing.MajorIncident;
import cti.core.routing.QueueState;
import cti.server.flow.FlowTest.Around;
import cti.server.flow.FlowTest.Everywhere;
import cti.server.flow.FlowTest.Queue;
import cti.server.flow.FlowTest.Suite;
import cti.server.yaml.Faults;
import cti.server.yaml.Section;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a file of tests for a flow; the format is in docs/ivr.md. */
final class FlowTestFile {
  private static final int MOST_WAITING = 10_000;
  private static final int LONGEST_WAIT = 86_400;

  private FlowTestFile() {}

  /** The tests; empty where the file has faults, which are added. */
  static Optional<Suite> read(String yaml, Faults faults) {
    return Section.top(yaml, faults).flatMap(FlowTestFile::suite);
  }

  private static Optional<Suite> suite(Section top) {
    int before = top.faultCount();
    String flow = top.text("flow");
    LocalDateTime at = time(top, "at").orElse(LocalDateTime.of(2026, 11, 23, 10, 30));
    List<Everywhere> everywhere = new ArrayList<>();
    for (Section section : top.optionalSections("everywhere")) {
      everywhere.add(new Everywhere(section.text("does"), section.text("ends")));
      section.done();
    }
    List<FlowTest> tests = new ArrayList<>();
    for (Section section : top.sections("tests")) {
      test(section, at, tests.size() + 1).ifPresent(tests::add);
    }
    top.done();
    return top.make(before, () -> new Suite(flow, everywhere, tests));
  }

  private static Optional<FlowTest> test(Section section, LocalDateTime usual, int index) {
    int before = section.faultCount();
    String name = section.optionalText("name").orElse("test " + index);
    String number = section.textOrEmpty("number");
    LocalDateTime at = section.has("at") ? time(section, "at").orElse(usual) : usual;
    Map<DeskId, TimeSpan> hours = new HashMap<>();
    Section written = section.optionalSection("hours");
    written
        .allTexts()
        .forEach(
            (desk, span) ->
                written
                    .make(before, () -> TimeSpan.parse(span))
                    .ifPresent(parsed -> hours.put(new DeskId(desk), parsed)));
    Map<DeskId, Queue> queues = new HashMap<>();
    section
        .optionalSection("queues")
        .allSections()
        .forEach((desk, queue) -> queues.put(new DeskId(desk), queue(queue)));
    List<MajorIncident> notices = new ArrayList<>();
    section.optionalText("notice").ifPresent(prompt -> notices.add(known("test", prompt, section)));
    for (Section incident : section.optionalSections("notices")) {
      String prompt = incident.text("prompt");
      notices.add(known(prompt, prompt, incident));
      incident.done();
    }
    boolean withoutRules = section.flag("without_rules", false);
    String does = section.textOrEmpty("does").strip();
    String meets = section.text("meets");
    section.done();
    return section.make(
        before,
        () ->
            new FlowTest(
                name,
                number,
                at,
                new Around(hours, notices, queues, withoutRules),
                does.isEmpty() ? List.of() : Arrays.asList(does.split(" +")),
                meets));
  }

  /**
   * A major incident; of what is around it its sites and services are read.
   *
   * @param id that is met when a caller is put on its list
   */
  private static MajorIncident known(String id, String prompt, Section around) {
    return new MajorIncident(
        id,
        prompt.isEmpty() ? "?" : prompt,
        prompt,
        around.optionalTexts("sites").stream().map(SiteId::new).collect(Collectors.toSet()),
        Set.copyOf(around.optionalTexts("services")),
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty());
  }

  private static Queue queue(Section section) {
    int waiting = section.integer("waiting", 0, MOST_WAITING, 0);
    int ready = section.integer("ready", 0, MOST_WAITING, 0);
    Optional<Duration> wait =
        section.has("expected_wait")
            ? Optional.of(Duration.ofSeconds(section.integer("expected_wait", 0, LONGEST_WAIT)))
            : Optional.empty();
    section.done();
    return new Queue(new QueueState(waiting, ready, 0, Duration.ZERO), wait);
  }

  private static Optional<LocalDateTime> time(Section section, String key) {
    String text = section.text(key);
    try {
      return Optional.of(LocalDateTime.parse(text));
    } catch (DateTimeException e) {
      section.fault(key, "is " + text + ", expected a time such as \"2026-11-23T10:30\"");
      return Optional.empty();
    }
  }
}
