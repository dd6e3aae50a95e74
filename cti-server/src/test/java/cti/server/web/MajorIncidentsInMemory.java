package cti.server.web;

import cti.core.port.MajorIncidents;
import cti.core.routing.Caller;
import cti.core.routing.MajorIncident;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Major incidents that nobody checks. */
final class MajorIncidentsInMemory implements MajorIncidents {
  final List<Affected> affected = new CopyOnWriteArrayList<>();
  private final InstantSource clock;
  private final List<Entry> entries = new ArrayList<>();

  MajorIncidentsInMemory(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<MajorIncident> concerning(Caller caller, Optional<String> choice) {
    return entries.stream()
        .map(Entry::incident)
        .filter(incident -> incident.concerns(caller, choice, clock.instant()))
        .toList();
  }

  @Override
  public List<Entry> list(int limit) {
    return entries.reversed().stream().limit(limit).toList();
  }

  @Override
  public Optional<Entry> find(String id) {
    return entries.stream().filter(entry -> entry.incident().id().equals(id)).findFirst();
  }

  @Override
  public Optional<List<Affected>> affected(String id, int limit) {
    return entries.stream()
        .filter(entry -> entry.incident().id().equals(id))
        .findFirst()
        .map(entry -> List.copyOf(affected));
  }

  @Override
  public Saved begin(MajorIncident incident, String by) {
    Entry entry =
        new Entry(
            withId(incident, Integer.toString(entries.size() + 1), incident.ends()),
            by,
            clock.instant(),
            Optional.empty());
    entries.add(entry);
    return new Saved.Done(entry);
  }

  @Override
  public Saved change(MajorIncident incident, String by) {
    return replace(incident.id(), incident, Optional.empty(), by);
  }

  @Override
  public Saved end(String id, String by) {
    return entries.stream()
        .filter(entry -> entry.incident().id().equals(id))
        .findFirst()
        .map(
            entry ->
                replace(
                    id,
                    withId(entry.incident(), id, Optional.of(clock.instant())),
                    Optional.of(by),
                    by))
        .orElseGet(() -> new Saved.NoSuchIncident(id));
  }

  private Saved replace(String id, MajorIncident incident, Optional<String> endedBy, String by) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).incident().id().equals(id)) {
        entries.set(i, new Entry(incident, by, clock.instant(), endedBy));
        return new Saved.Done(entries.get(i));
      }
    }
    return new Saved.NoSuchIncident(id);
  }

  private static MajorIncident withId(MajorIncident of, String id, Optional<Instant> ends) {
    return new MajorIncident(
        id, of.title(), of.prompt(), of.sites(), of.services(), of.incident(), of.begins(), ends);
  }
}
