package cti.server.web.resource;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.VoicemailId;
import cti.core.port.Page;
import cti.core.port.Voicemails;
import cti.core.port.Voicemails.Audio;
import cti.core.port.Voicemails.Audit;
import cti.core.port.Voicemails.Filter;
import cti.core.port.Voicemails.StoredVoicemail;
import cti.server.web.http.Answer;
import cti.server.web.http.Answer.Header;
import cti.server.web.http.Fault;
import cti.server.web.http.FileAnswer;
import cti.server.web.http.FileRequest;
import cti.server.web.http.Problem;
import cti.server.web.http.Reaction;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.resource.RecordingsResource.RecordingFiles;
import cti.server.web.view.CallerView;
import cti.server.web.view.Views;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of callers: found, played, marked as heard. Whoever has a seat at the desk sees and
 * plays its messages. Every playback is on record before its first byte.
 */
public final class VoicemailsResource {
  private static final Logger log = LoggerFactory.getLogger(VoicemailsResource.class);
  private static final String PATH = "/api/v1/voicemails";
  private static final int AUDIT_AT_MOST = 200;

  private final Voicemails voicemails;
  private final RecordingFiles files;
  private final LeftSight sight;
  private final Views views;
  private final InstantSource clock;

  public VoicemailsResource(
      Voicemails voicemails, RecordingFiles files, Views views, InstantSource clock) {
    this.voicemails = voicemails;
    this.files = files;
    this.sight = new LeftSight(views);
    this.views = views;
    this.clock = clock;
  }

  /** The states that can be asked for. */
  enum Wanted {
    NEW,
    HEARD,
    EMPTY
  }

  /** Part of a list; {@code next} is to be handed back as {@code after}. */
  record VoicemailPageView(List<VoicemailView> items, Optional<String> next) {}

  /**
   * A message.
   *
   * @param state begun (the file was not looked at yet), new, heard, empty, deleted
   * @param missedCase the missed case of its call
   * @param number of the caller, possibly empty; {@code callers} are whom it may belong to
   * @param audio where it is played
   */
  record VoicemailView(
      String id,
      String call,
      String desk,
      Optional<String> deskName,
      Optional<String> missedCase,
      String number,
      List<CallerView> callers,
      Instant begunAt,
      String state,
      Optional<String> audio,
      Optional<Long> bytes,
      Optional<Long> milliseconds,
      Optional<String> transcription,
      Optional<Instant> heardAt,
      Optional<String> heardBy) {}

  /** What somebody did; {@code action} is played or heard. */
  record VoicemailAuditView(
      Instant at, String action, String actor, String address, String detail) {}

  /** A message and what was done with it, newest first. */
  record VoicemailDetailView(VoicemailView voicemail, List<VoicemailAuditView> audit) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", PATH)
            .query("call", "desk", "state", "from", "to", "limit", "after")
            .answers(VoicemailPageView.class)
            .stored(this::list),
        Route.of(Role.AGENT, "GET", PATH + "/{id}")
            .answers(VoicemailDetailView.class)
            .stored(this::one),
        Route.of(Role.AGENT, "GET", PATH + "/{id}/audio").query("download").file(this::audio),
        Route.of(Role.AGENT, "PUT", PATH + "/{id}/heard")
            .answers(VoicemailView.class)
            .stored(this::heard));
  }

  private Answer list(Request request) {
    Account account = request.signedIn().account();
    Page<StoredVoicemail> page =
        voicemails.list(
            new Filter(
                AskedPeriod.of(request, clock.instant().plusSeconds(1), AskedPeriod.USUAL),
                request.queryId("call", CallId::new),
                request.queryId("desk", DeskId::new),
                request.query().oneOf("state", Wanted.class).map(Wanted::name),
                sight.desks(account)),
            Cursor.after(request),
            Cursor.limit(request));
    return Answer.json(
        new VoicemailPageView(
            page.items().stream().map(this::view).toList(), page.next().map(Cursor::text)));
  }

  private Answer one(Request request) {
    StoredVoicemail message = seen(request);
    return Answer.json(
        new VoicemailDetailView(
            view(message),
            voicemails.auditOf(message.id(), AUDIT_AT_MOST).stream()
                .map(
                    line ->
                        new VoicemailAuditView(
                            line.at(),
                            line.action().toLowerCase(Locale.ROOT),
                            line.actor(),
                            line.address(),
                            line.detail()))
                .toList()));
  }

  private Reaction audio(Request request) {
    StoredVoicemail message = seen(request);
    Optional<Audio> audio = message.content().audio();
    Optional<Path> file = audio.flatMap(_ -> files.file(message.file()));
    if (file.isEmpty()) {
      throw new Fault(
          Problem.notFound(
              "no-audio",
              "voicemail "
                  + message.id()
                  + " is "
                  + message.content().state().toLowerCase(Locale.ROOT)
                  + ", expected a file that is there"));
    }
    boolean download = request.query().text("download", 5).isPresent();
    Reaction answer =
        fileRequest(file.get(), message, audio.orElseThrow(), download).answer(request.headers());
    if (answer instanceof FileAnswer sent && !request.head()) {
      String detail =
          (download ? "download, " : "")
              + sent.spans().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining(",", "bytes ", "/" + sent.size()));
      voicemails.audit(line(request, message.id(), "PLAYED", detail));
      log.info(
          "web: voicemail {} played by user={} from {}",
          message.id(),
          request.signedIn().account().user(),
          request.address());
    }
    return answer;
  }

  private static FileRequest fileRequest(
      Path file, StoredVoicemail message, Audio audio, boolean download) {
    try {
      return new FileRequest(
          file,
          Files.size(file),
          "audio/wav",
          '"' + audio.sha256().substring(0, 32) + '"',
          Files.getLastModifiedTime(file).toInstant(),
          List.of(
              new Header(
                  "Content-Disposition",
                  (download ? "attachment" : "inline")
                      + "; filename=\""
                      + message.file().replace('/', '-')
                      + "\"")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer heard(Request request) {
    StoredVoicemail message = seen(request);
    if (!message.content().state().equals("HEARD")
        && !voicemails.heard(message.id(), line(request, message.id(), "HEARD", ""))) {
      throw new Fault(
          Problem.of(
              409,
              "not-new",
              "The message cannot be marked",
              "voicemail "
                  + message.id()
                  + " is "
                  + message.content().state().toLowerCase(Locale.ROOT)
                  + ", expected a new one"));
    }
    return Answer.json(view(voicemails.find(message.id()).orElseThrow(() -> noSuch(request))));
  }

  private Audit line(Request request, VoicemailId id, String action, String detail) {
    return new Audit(
        clock.instant(),
        action,
        id,
        request.signedIn().account().user(),
        request.address(),
        detail);
  }

  /** The message, where whoever asks may know of it. */
  private StoredVoicemail seen(Request request) {
    return voicemails
        .find(request.path("id", VoicemailId::new))
        .filter(message -> sight.sees(request.signedIn().account(), message.desk()))
        .orElseThrow(() -> noSuch(request));
  }

  private static Fault noSuch(Request request) {
    return new Fault(
        Problem.notFound(
            "no-such-voicemail", "voicemail " + request.path().get("id") + " is not on record"));
  }

  private VoicemailView view(StoredVoicemail message) {
    Optional<Audio> audio = message.content().audio();
    return new VoicemailView(
        message.id().value(),
        message.call().value(),
        message.desk().value(),
        views.deskName(Optional.of(message.desk())),
        message.missedCase().map(MissedCaseId::value),
        message.number(),
        views.callersAt(message.number()),
        message.begunAt(),
        message.content().state().toLowerCase(Locale.ROOT),
        audio.map(
            _ ->
                PATH
                    + "/"
                    + URLEncoder.encode(message.id().value(), StandardCharsets.UTF_8)
                    + "/audio"),
        audio.map(Audio::bytes),
        audio.map(Audio::length).map(Duration::toMillis),
        message.content().transcription().filter(text -> !text.isEmpty()),
        message.content().heardAt(),
        message.content().heardBy());
  }
}
