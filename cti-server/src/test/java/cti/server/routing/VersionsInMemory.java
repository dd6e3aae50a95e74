package cti.server.routing;

import cti.core.port.VersionRecords;
import cti.core.port.VersionedTexts.Draft;
import cti.core.port.VersionedTexts.Version;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Versions and drafts of a text; {@link #there} may say that they are away. */
public class VersionsInMemory implements VersionRecords, PublishedTexts.Copies {
  private final InstantSource clock;
  private final List<Version> versions = new ArrayList<>();
  private final Map<String, Draft> drafts = new TreeMap<>();
  private List<Version> kept;

  VersionsInMemory(InstantSource clock, List<Version> copies) {
    this.clock = clock;
    this.kept = List.copyOf(copies);
  }

  /** Throws where they are away. */
  void there() {}

  @Override
  public List<Version> versions() {
    there();
    return List.copyOf(versions);
  }

  @Override
  public long changes() {
    there();
    return versions.size()
        + versions.stream().filter(version -> version.withdrawnAt().isPresent()).count();
  }

  @Override
  public boolean add(Version version, Optional<String> draft) {
    there();
    if (version.number() != versions.size() + 1) {
      return false;
    }
    versions.add(version);
    draft.ifPresent(drafts::remove);
    return true;
  }

  @Override
  public boolean withdraw(int version, Instant at, String by) {
    there();
    Version before = versions.get(version - 1);
    versions.set(
        version - 1,
        new Version(
            before.number(),
            before.yaml(),
            before.checksum(),
            before.author(),
            before.comment(),
            before.publishedAt(),
            before.activeFrom(),
            before.basedOn(),
            before.restores(),
            Optional.of(at)));
    return before.withdrawnAt().isEmpty();
  }

  @Override
  public List<Draft> drafts() {
    there();
    return List.copyOf(drafts.values());
  }

  @Override
  public Optional<Draft> draft(String name) {
    there();
    return Optional.ofNullable(drafts.get(name));
  }

  @Override
  public Draft save(String name, String yaml, int revision, int basedOn, String by) {
    there();
    Draft before = drafts.get(name);
    int seen = before == null ? 0 : before.revision();
    if (seen != revision) {
      return before == null ? new Draft(name, "", basedOn, by, clock.instant(), 0) : before;
    }
    int base = before == null ? basedOn : before.basedOn();
    Draft draft = new Draft(name, yaml, base, by, clock.instant(), seen + 1);
    drafts.put(name, draft);
    return draft;
  }

  @Override
  public boolean drop(String name, String by) {
    there();
    return drafts.remove(name) != null;
  }

  @Override
  public List<Version> kept() {
    return kept;
  }

  @Override
  public void keep(List<Version> copies) {
    kept = List.copyOf(copies);
  }
}
