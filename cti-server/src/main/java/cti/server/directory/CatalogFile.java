package cti.server.directory;

import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.desk.SiteKind;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import cti.server.yaml.BadFileException;
import cti.server.yaml.Faults;
import cti.server.yaml.Section;
import cti.server.yaml.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Sites, desks and agents read from one YAML file; all or nothing. */
public record CatalogFile(List<Site> sites, List<Desk> desks, List<Agent> agents) {
  public CatalogFile {
    sites = List.copyOf(sites);
    desks = List.copyOf(desks);
    agents = List.copyOf(agents);
  }

  /**
   * @param file its name, for the messages
   * @throws BadFileException with every fault
   */
  public static CatalogFile read(String file, String yaml) throws BadFileException {
    Faults faults = new Faults(file);
    Optional<CatalogFile> read = Section.top(yaml, faults).map(top -> catalog(top, faults));
    faults.throwIfAny();
    return read.orElseThrow();
  }

  private static CatalogFile catalog(Section top, Faults faults) {
    List<Site> sites = all(top, "sites", CatalogFile::site);
    List<Desk> desks = all(top, "desks", CatalogFile::desk);
    List<Agent> agents = all(top, "agents", CatalogFile::agent);
    top.done();
    checkReferences(sites, desks, agents, faults);
    return new CatalogFile(sites, desks, agents);
  }

  private static <T> List<T> all(Section top, String key, Function<Section, Optional<T>> reader) {
    List<T> read = new ArrayList<>();
    top.sections(key).forEach(section -> reader.apply(section).ifPresent(read::add));
    return read;
  }

  private static Optional<Site> site(Section section) {
    int before = section.faultCount();
    String id = section.text("id");
    String name = section.text("name");
    Optional<SiteKind> kind = Words.parse(SiteKind.class, section.text("kind"), section, "kind");
    String areaCode = section.text("area_code");
    List<Site.ExtensionRange> extensions = new ArrayList<>();
    for (String range : section.texts("extensions")) {
      String[] ends = range.split("-", -1);
      section
          .make(before, () -> new Site.ExtensionRange(ends[0], ends.length == 2 ? ends[1] : ""))
          .ifPresent(extensions::add);
    }
    String directPrefix = section.textOrEmpty("direct_prefix");
    String outsidePrefix = section.textOrEmpty("outside_prefix");
    section.done();
    return section.make(
        before,
        () ->
            new Site(
                new SiteId(id),
                name,
                kind.orElseThrow(),
                areaCode,
                extensions,
                directPrefix,
                outsidePrefix));
  }

  private static Optional<Desk> desk(Section section) {
    int before = section.faultCount();
    String id = section.text("id");
    String name = section.text("name");
    String site = section.text("site");
    String businessLine = section.text("business_line");
    String queue = section.text("queue");
    Duration wrapUp = Duration.ofSeconds(section.integer("wrap_up", 0, 3600));
    Duration longestWait = Duration.ofSeconds(section.integer("longest_wait", 10, 3600));
    Optional<RecordingRules> recording = recording(section);
    section.done();
    return section.make(
        before,
        () ->
            new Desk(
                new DeskId(id),
                name,
                new SiteId(site),
                businessLine,
                new QueueName(queue),
                wrapUp,
                longestWait,
                recording.orElse(RecordingRules.NONE)));
  }

  private static Optional<RecordingRules> recording(Section desk) {
    if (!desk.has("recording")) {
      return Optional.empty();
    }
    Section section = desk.section("recording");
    int before = section.faultCount();
    RecordingRules none = RecordingRules.NONE;
    Optional<RecordingPolicy> policy =
        Words.parse(RecordingPolicy.class, section.text("policy"), section, "policy");
    int share = section.integer("share_percent", 0, 100, none.sharePercent());
    String announcement = section.optionalText("announcement").orElse(none.announcement());
    boolean mayStart = section.flag("agent_may_start", none.agentMayStart());
    boolean mayPause = section.flag("agent_may_pause", none.agentMayPause());
    boolean mayListen = section.flag("agent_may_listen", none.agentMayListen());
    int days = section.integer("retention_days", 1, 3650, none.retentionDays());
    section.done();
    return section.make(
        before,
        () ->
            new RecordingRules(
                policy.orElseThrow(), share, announcement, mayStart, mayPause, mayListen, days));
  }

  private static Optional<Agent> agent(Section section) {
    int before = section.faultCount();
    String id = section.text("id");
    String name = section.text("name");
    Map<DeskId, SeatRole> seats = new LinkedHashMap<>();
    for (SeatRole role : SeatRole.values()) {
      for (String desk : section.optionalTexts(role.name().toLowerCase(Locale.ROOT))) {
        section
            .make(before, () -> new DeskId(desk))
            .filter(deskId -> seats.put(deskId, role) != null)
            .ifPresent(deskId -> section.fault("", "has two seats at desk " + deskId));
      }
    }
    section.done();
    if (seats.isEmpty()) {
      section.fault("", "has no seat, expected desks under a or b");
    }
    return section.make(before, () -> new Agent(new AgentId(id), name, seats));
  }

  private static void checkReferences(
      List<Site> sites, List<Desk> desks, List<Agent> agents, Faults faults) {
    Set<SiteId> siteIds = unique("sites", sites, Site::id, faults);
    Set<DeskId> deskIds = unique("desks", desks, Desk::id, faults);
    unique("agents", agents, Agent::id, faults);
    unique("desks.queue", desks, Desk::queue, faults);
    for (Desk desk : desks) {
      if (!siteIds.contains(desk.site())) {
        faults.add("desks", "desk " + desk.id() + ": no site " + desk.site());
      }
    }
    for (Agent agent : agents) {
      for (DeskId desk : agent.seats().keySet()) {
        if (!deskIds.contains(desk)) {
          faults.add("agents", "agent " + agent.id() + ": no desk " + desk);
        }
      }
    }
  }

  private static <T, I> Set<I> unique(
      String what, List<T> values, Function<T, I> id, Faults faults) {
    Set<I> seen = new HashSet<>();
    for (T value : values) {
      if (!seen.add(id.apply(value))) {
        faults.add(what, id.apply(value) + " is there twice, expected once");
      }
    }
    return seen;
  }
}
