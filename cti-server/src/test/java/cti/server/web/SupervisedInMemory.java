package cti.server.web;

import cti.core.event.SupervisorEvent;
import cti.core.id.CallId;
import cti.core.port.BigScreens;
import cti.core.port.DeskNotes;
import cti.core.port.StoreUnavailableException;
import cti.core.port.SupervisorActs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What supervisors do, kept in memory. */
final class SupervisedInMemory implements SupervisorActs {
  final List<String> audit = new CopyOnWriteArrayList<>();
  final List<SupervisorEvent> events = new CopyOnWriteArrayList<>();
  final Notes notes;
  final Screens screens;
  volatile boolean away;

  SupervisedInMemory(InstantSource clock) {
    this.notes = new Notes(clock);
    this.screens = new Screens(clock);
  }

  @Override
  public void note(String user, String action, String subject, Map<String, ?> facts) {
    if (away) {
      throw new StoreUnavailableException("the database is away", null);
    }
    audit.add(user + " " + action + " " + subject);
  }

  @Override
  public List<SupervisorEvent> inCall(CallId call) {
    return events.stream().filter(event -> event.call().equals(call)).toList();
  }

  static final class Notes implements DeskNotes {
    private final InstantSource clock;
    private final List<Note> all = new CopyOnWriteArrayList<>();
    private long made;

    Notes(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public synchronized Note add(Note note) {
      made++;
      Note kept =
          new Note(
              made, note.text(), note.desks(), note.by(), note.byName(), note.at(), note.until());
      all.add(kept);
      return kept;
    }

    @Override
    public List<Note> now() {
      return all.stream().filter(note -> note.until().isAfter(clock.instant())).toList();
    }

    @Override
    public Optional<Note> withdraw(long id, String by) {
      Optional<Note> note = now().stream().filter(one -> one.id() == id).findFirst();
      note.ifPresent(all::remove);
      return note;
    }
  }

  static final class Screens implements BigScreens {
    private final InstantSource clock;
    private final Map<String, Screen> byHash = new java.util.concurrent.ConcurrentHashMap<>();

    Screens(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public synchronized Screen add(
        String title, Shows shows, String tokenHash, Instant expiresAt, String by) {
      Screen screen =
          new Screen(
              byHash.size() + 1L,
              title,
              shows,
              by,
              clock.instant(),
              expiresAt,
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      byHash.put(tokenHash, screen);
      return screen;
    }

    @Override
    public List<Screen> all() {
      return List.copyOf(byHash.values());
    }

    @Override
    public Optional<Screen> find(String tokenHash) {
      return Optional.ofNullable(byHash.get(tokenHash));
    }

    @Override
    public Optional<Screen> one(long id) {
      return all().stream().filter(screen -> screen.id() == id).findFirst();
    }

    @Override
    public synchronized Optional<Screen> revoke(long id, String by) {
      Optional<Screen> found = one(id).filter(screen -> screen.revokedAt().isEmpty());
      found.ifPresent(
          screen ->
              byHash.replaceAll(
                  (hash, one) ->
                      one.id() == id
                          ? new Screen(
                              id,
                              one.title(),
                              one.shows(),
                              one.by(),
                              one.createdAt(),
                              one.expiresAt(),
                              Optional.of(clock.instant()),
                              Optional.of(by),
                              one.lastSeen())
                          : one));
      return found.flatMap(screen -> one(id));
    }

    @Override
    public void seen(long id, Instant at) {}
  }
}
