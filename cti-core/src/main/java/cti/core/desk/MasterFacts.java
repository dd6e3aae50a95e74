package cti.core.desk;

import cti.core.agent.Agent;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Facts of master data by their names in the API, for audit lines and versions. */
public final class MasterFacts {
  private MasterFacts() {}

  public static SequencedMap<String, Object> of(Site site, int ordinal) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", site.id().value());
    facts.put("name", site.name());
    facts.put("kind", site.kind().name());
    facts.put("areaCode", site.areaCode());
    facts.put(
        "extensions",
        site.extensions().stream().map(Site.ExtensionRange::toString).sorted().toList());
    facts.put("directPrefix", site.directPrefix());
    facts.put("outsidePrefix", site.outsidePrefix());
    facts.put("ordinal", ordinal);
    return facts;
  }

  /** Without the rules for recordings, which are changed and audited apart. */
  public static SequencedMap<String, Object> of(Desk desk, int ordinal) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", desk.id().value());
    facts.put("name", desk.name());
    facts.put("site", desk.site().value());
    facts.put("businessLine", desk.businessLine());
    facts.put("queue", desk.queue().value());
    facts.put("wrapUpSeconds", desk.wrapUp().toSeconds());
    facts.put("longestWaitSeconds", desk.longestWait().toSeconds());
    facts.put("ordinal", ordinal);
    return facts;
  }

  public static SequencedMap<String, Object> of(Agent agent) {
    SequencedMap<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", agent.id().value());
    facts.put("name", agent.name());
    TreeMap<String, String> seats = new TreeMap<>();
    agent.seats().forEach((desk, role) -> seats.put(desk.value(), role.name()));
    facts.put("seats", seats);
    return facts;
  }
}
