package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.desk.Desk;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.RecordingId;
import cti.core.port.CallHistory.Period;
import cti.core.port.Page;
import cti.core.port.Recordings;
import cti.core.port.Recordings.Action;
import cti.core.port.Recordings.Audit;
import cti.core.port.Recordings.Filter;
import cti.core.recording.Recording;
import cti.core.recording.StoredRecording;
import cti.server.web.http.Answer;
import cti.server.web.http.Answer.Header;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.FileAnswer;
import cti.server.web.http.FileRequest;
import cti.server.web.http.Problem;
import cti.server.web.http.Reaction;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import cti.server.web.view.RecordingView;
import cti.server.web.view.Views;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings: found, played, held. Agents see their own, and play them where the desk lets them;
 * supervisors those of their desks (of every desk where they have no seat); administrators all.
 * Every playback is on record before its first byte.
 */
public final class RecordingsResource {
  private static final Logger log = LoggerFactory.getLogger(RecordingsResource.class);
  private static final String PATH = "/api/v1/recordings";
  private static final String WAV = "audio/wav";
  private static final int AUDIT_AT_MOST = 200;
  private static final int LONGEST_REASON = 400;

  private final Recordings recordings;
  private final RecordingFiles files;
  private final Views views;
  private final InstantSource clock;

  /** Where the files are. */
  @FunctionalInterface
  public interface RecordingFiles {
    /** Empty where no such file is there. */
    Optional<Path> file(String name);
  }

  public RecordingsResource(
      Recordings recordings, RecordingFiles files, Views views, InstantSource clock) {
    this.recordings = recordings;
    this.files = files;
    this.views = views;
    this.clock = clock;
  }

  /** Part of a list; {@code next} is to be handed back as {@code after}. */
  record RecordingPageView(List<RecordingView> items, Optional<String> next) {}

  /** What somebody did; {@code action} is played, held, released or deleted. */
  record RecordingAuditView(
      Instant at, String action, String actor, String address, String detail) {}

  /** A recording and what was done with it, newest first. */
  record RecordingDetailView(RecordingView recording, List<RecordingAuditView> audit) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", PATH)
            .query("call", "incident", "agent", "desk", "from", "to", "limit", "after")
            .answers(RecordingPageView.class)
            .stored(this::list),
        Route.of(Role.SUPERVISOR, "GET", PATH + "/{id}")
            .answers(RecordingDetailView.class)
            .stored(this::one),
        Route.of(Role.AGENT, "GET", PATH + "/{id}/audio").query("download").file(this::audio),
        Route.of(Role.ADMIN, "PUT", PATH + "/{id}/hold")
            .body(List.of("held", "reason"))
            .answers(RecordingView.class)
            .stored(this::hold));
  }

  private Answer list(Request request) {
    Optional<CallId> call = request.queryId("call", CallId::new);
    Optional<IncidentId> incident = request.queryId("incident", IncidentId::new);
    Account account = request.signedIn().account();
    Page<StoredRecording> page =
        recordings.list(
            new Filter(
                call.isPresent() || incident.isPresent() ? ever(request) : lately(request),
                call,
                incident,
                request.queryId("agent", AgentId::new),
                request.queryId("desk", DeskId::new),
                account.role().maySee(Role.SUPERVISOR)
                    ? Optional.empty()
                    : Optional.of(agent(account)),
                sight(account)),
            Cursor.after(request),
            Cursor.limit(request));
    return Answer.json(
        new RecordingPageView(
            page.items().stream().map(one -> view(one, account)).toList(),
            page.next().map(Cursor::text)));
  }

  private Period lately(Request request) {
    return AskedPeriod.of(request, clock.instant().plusSeconds(1), AskedPeriod.USUAL);
  }

  /** A call's recordings are few, whenever it was. */
  private Period ever(Request request) {
    return new Period(
        request.query().instant("from").orElse(Instant.EPOCH),
        request.query().instant("to").orElse(clock.instant().plus(Duration.ofDays(1))));
  }

  private Answer one(Request request) {
    Account account = request.signedIn().account();
    StoredRecording stored = seen(request, account);
    return Answer.json(
        new RecordingDetailView(
            view(stored, account),
            recordings.auditOf(stored.recording().id().value(), AUDIT_AT_MOST).stream()
                .map(
                    line ->
                        new RecordingAuditView(
                            line.at(),
                            Words.of(line.action()),
                            line.actor(),
                            line.address(),
                            line.detail()))
                .toList()));
  }

  private Reaction audio(Request request) {
    Account account = request.signedIn().account();
    StoredRecording stored = seen(request, account);
    if (!mayListen(stored, account)) {
      throw new Fault(
          Problem.forbidden(
              "recording "
                  + stored.recording().id()
                  + " is of a desk whose agents do not listen to recordings, expected a"
                  + " supervisor"));
    }
    Optional<Path> file =
        stored.playable() ? files.file(stored.recording().file()) : Optional.empty();
    if (file.isEmpty()) {
      throw new Fault(
          Problem.notFound(
              "no-audio",
              "recording "
                  + stored.recording().id()
                  + " is "
                  + Words.of(stored.state())
                  + ", expected a file that is there"));
    }
    String name = stored.recording().file().replace('/', '-');
    boolean download = request.query().text("download", 5).isPresent();
    Reaction answer =
        fileRequest(
                file.get(),
                stored,
                (download ? "attachment" : "inline") + "; filename=\"" + name + "\"")
            .answer(request.headers());
    if (answer instanceof FileAnswer sent && !request.head()) {
      recordings.audit(
          new Audit(
              clock.instant(),
              Action.PLAYED,
              stored.recording().id().value(),
              account.user(),
              request.address(),
              (download ? "download, " : "")
                  + sent.spans().stream()
                      .map(Object::toString)
                      .collect(Collectors.joining(",", "bytes ", "/" + sent.size()))));
      log.info(
          "web: recording {} played by user={} from {}",
          stored.recording().id(),
          account.user(),
          request.address());
    }
    return answer;
  }

  private static FileRequest fileRequest(Path file, StoredRecording stored, String disposition) {
    try {
      StoredRecording.Audio audio = stored.audio().orElseThrow();
      return new FileRequest(
          file,
          Files.size(file),
          WAV,
          '"' + audio.sha256().substring(0, 32) + '"',
          Files.getLastModifiedTime(file).toInstant(),
          List.of(new Header("Content-Disposition", disposition)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer hold(Request request) {
    Account account = request.signedIn().account();
    RecordingId id = request.path("id", RecordingId::new);
    Body body = request.body();
    boolean held = body.flag("held");
    String reason = body.text("reason", 1, LONGEST_REASON);
    boolean done =
        recordings.hold(
            id,
            held,
            new Audit(
                clock.instant(),
                held ? Action.HELD : Action.RELEASED,
                id.value(),
                account.user(),
                request.address(),
                reason));
    if (!done) {
      throw noSuch(id);
    }
    log.info("web: recording {} {} by user={}", id, held ? "held" : "released", account.user());
    return Answer.json(view(recordings.find(id).orElseThrow(() -> noSuch(id)), account));
  }

  /** The recording, where whoever asks may know of it. */
  private StoredRecording seen(Request request, Account account) {
    RecordingId id = request.path("id", RecordingId::new);
    StoredRecording stored = recordings.find(id).orElseThrow(() -> noSuch(id));
    Recording.Talk talk = stored.recording().talk();
    boolean seen =
        account.role().maySee(Role.SUPERVISOR)
            ? sight(account)
                .map(desks -> talk.desk().filter(desks::contains).isPresent())
                .orElse(true)
            : talk.agent().equals(account.agent()) && account.agent().isPresent();
    if (!seen) {
      throw noSuch(id);
    }
    return stored;
  }

  private static Fault noSuch(RecordingId id) {
    return new Fault(
        Problem.notFound("no-such-recording", "recording " + id + " is not on record"));
  }

  /** The desks of a supervisor who has seats or limits; empty for whoever sees every desk. */
  private Optional<Set<DeskId>> sight(Account account) {
    if (!account.limits().none()) {
      return Optional.of(views.within(account.limits()));
    }
    return account.role() == Role.SUPERVISOR
        ? account.agent().map(views::seats).filter(seats -> !seats.isEmpty())
        : Optional.empty();
  }

  private static AgentId agent(Account account) {
    return account
        .agent()
        .orElseThrow(
            () ->
                new Fault(
                    Problem.forbidden("user " + account.user() + " is no agent, expected one")));
  }

  private boolean mayListen(StoredRecording stored, Account account) {
    return account.role().maySee(Role.SUPERVISOR)
        || stored
            .recording()
            .talk()
            .desk()
            .flatMap(views::desk)
            .map(Desk::recording)
            .filter(rules -> rules.agentMayListen())
            .isPresent();
  }

  private RecordingView view(StoredRecording stored, Account account) {
    return RecordingView.of(stored, views, stored.playable() && mayListen(stored, account));
  }
}
