package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.port.Prompts;
import cti.core.port.Prompts.Detail;
import cti.core.port.Prompts.Facilities;
import cti.core.port.Prompts.Prompt;
import cti.core.port.Prompts.Source;
import cti.core.port.Prompts.Spoken;
import cti.core.port.Prompts.Taken;
import cti.core.port.Prompts.Version;
import cti.core.port.Prompts.Wording;
import cti.server.web.http.Answer;
import cti.server.web.http.Answer.Header;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.FileRequest;
import cti.server.web.http.Problem;
import cti.server.web.http.Reaction;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What callers hear: supervisors look and listen, administrators replace it and add to it. */
public final class PromptsResource {
  private static final String PATH = "/api/v1/ivr/prompts";
  private static final String ONE = PATH + "/{id}";

  /** What files say they are; what is in them counts. */
  private static final List<String> KINDS =
      List.of(
          "audio/wav",
          "audio/x-wav",
          "audio/wave",
          "audio/mpeg",
          "audio/mp3",
          "audio/ogg",
          "application/ogg",
          "audio/mp4",
          "audio/m4a",
          "audio/x-m4a",
          "audio/aac",
          "audio/flac",
          "audio/x-flac",
          "audio/webm",
          "application/octet-stream");

  private static final int MOST_BYTES = 20 << 20;
  private static final int LONGEST_ID = 60;

  private final Prompts prompts;
  private final PromptFiles files;

  public PromptsResource(Prompts prompts, PromptFiles files) {
    this.prompts = prompts;
    this.files = files;
  }

  /** Where the sound of a prompt is. Blocks. */
  @FunctionalInterface
  public interface PromptFiles {
    /**
     * Empty where there is no sound.
     *
     * @param version empty for what callers hear now
     */
    Optional<Path> audio(String id, String language, Optional<Integer> version);
  }

  record PromptUseView(String kind, String name, String place) {}

  record PromptLanguageView(
      String language,
      String text,
      String source,
      int version,
      Optional<Long> milliseconds,
      Optional<Instant> changedAt,
      Optional<String> changedBy,
      boolean inPlace,
      Optional<String> audio) {}

  record PromptView(
      String id,
      Optional<Integer> number,
      boolean added,
      List<PromptLanguageView> languages,
      List<PromptUseView> usedBy) {}

  record PromptsView(
      List<PromptView> items, boolean folder, boolean converter, int mostBytes, int mostSeconds) {}

  record PromptVersionView(
      String language,
      int version,
      String source,
      Optional<String> fileName,
      int bytes,
      long milliseconds,
      Instant madeAt,
      String madeBy,
      boolean inUse,
      String audio) {}

  record PromptDetailView(PromptView prompt, List<PromptVersionView> versions) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", PATH).answers(PromptsView.class).stored(this::all),
        Route.of(Role.SUPERVISOR, "GET", ONE)
            .answers(PromptDetailView.class)
            .stored(
                request ->
                    prompts
                        .find(id(request))
                        .map(detail -> Answer.json(view(detail)))
                        .orElseGet(() -> noSuch(id(request)))),
        Route.of(Role.ADMIN, "POST", PATH)
            .body(List.of("id", "zh", "en", "number"))
            .answers(PromptDetailView.class)
            .stored(
                request ->
                    taken(
                        prompts.add(
                            wording(request.body().text("id", 1, LONGEST_ID), request),
                            user(request)),
                        201)),
        Route.of(Role.ADMIN, "PUT", ONE)
            .body(List.of("zh", "en", "number"))
            .answers(PromptDetailView.class)
            .stored(
                request ->
                    taken(prompts.reword(wording(id(request), request), user(request)), 200)),
        Route.of(Role.ADMIN, "DELETE", ONE)
            .stored(
                request ->
                    prompts
                        .remove(id(request), user(request))
                        .map(why -> taken(why, 200))
                        .orElseGet(Answer::noContent)),
        Route.of(Role.ADMIN, "POST", ONE + "/recordings")
            .query("language", "name")
            .answers(PromptDetailView.class)
            .uploaded(KINDS, MOST_BYTES, this::upload),
        Route.of(Role.ADMIN, "PUT", ONE + "/in-use")
            .body(List.of("language", "version"))
            .answers(PromptDetailView.class)
            .stored(this::use),
        Route.of(Role.SUPERVISOR, "GET", ONE + "/audio")
            .query("language", "version", "download")
            .file(this::audio));
  }

  private Answer all(Request request) {
    Facilities there = prompts.facilities();
    return Answer.json(
        new PromptsView(
            prompts.all().stream().map(PromptsResource::view).toList(),
            there.folder(),
            there.converter(),
            there.mostBytes(),
            (int) there.longest().toSeconds()));
  }

  private static Wording wording(String id, Request request) {
    Body body = request.body();
    Map<String, String> texts = new LinkedHashMap<>();
    for (String language : Prompts.LANGUAGES) {
      texts.put(language, body.text(language, 1, Prompts.LONGEST_TEXT));
    }
    Optional<Integer> number =
        body.has("number")
            ? Optional.of((int) Math.min(Integer.MAX_VALUE, body.number("number", 1)))
            : Optional.empty();
    return new Wording(id, texts, number);
  }

  private Answer upload(Request request) {
    if (request.content().length == 0) {
      return Answer.problem(
          Problem.invalid("the file is empty, expected a recording such as WAV, MP3 or M4A"));
    }
    return taken(
        prompts.upload(
            id(request),
            language(request),
            request.content(),
            request.query().text("name", Prompts.LONGEST_NAME),
            user(request)),
        201);
  }

  private Answer use(Request request) {
    Body body = request.body();
    String language = body.text("language", 1, 8);
    int version = (int) Math.min(Integer.MAX_VALUE, body.number("version", 0));
    return taken(prompts.use(id(request), language, version, user(request)), 200);
  }

  private static Answer taken(Taken taken, int status) {
    return switch (taken) {
      case Taken.Done(Detail detail) -> Answer.json(status, view(detail));
      case Taken.NoSuchPrompt(String id) -> noSuch(id);
      case Taken.Busy() -> Answer.problem(Problem.busy()).with("Retry-After", "5");
      case Taken.Refused(String id, String reason, boolean fault) ->
          Answer.problem(
              Problem.of(
                  fault ? 422 : 409,
                  id,
                  fault ? "It cannot be taken" : "It cannot be done",
                  reason));
    };
  }

  private Reaction audio(Request request) {
    String id = id(request);
    String language = language(request);
    Optional<Integer> version =
        request
            .query()
            .text("version", 10)
            .map(_ -> request.query().number("version", 0, 1_000_000, 0));
    Optional<Path> file = files.audio(id, language, version);
    if (file.isEmpty()) {
      throw new Fault(
          Problem.notFound(
              "no-audio",
              "there is no sound of prompt "
                  + id
                  + " ("
                  + language
                  + ")"
                  + version.map(number -> ", version " + number).orElse("")));
    }
    boolean download = request.query().text("download", 5).isPresent();
    String name = id + "-" + language + version.map(number -> "-" + number).orElse("") + ".wav";
    try {
      long size = Files.size(file.get());
      Instant changedAt = Files.getLastModifiedTime(file.get()).toInstant();
      return new FileRequest(
              file.get(),
              size,
              "audio/wav",
              '"' + Long.toHexString(changedAt.toEpochMilli()) + "-" + Long.toHexString(size) + '"',
              changedAt,
              List.of(
                  // What is played may be another one at any time.
                  new Header("Cache-Control", "private, no-cache"),
                  new Header(
                      "Content-Disposition",
                      (download ? "attachment" : "inline") + "; filename=\"" + name + "\"")))
          .answer(request.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String id(Request request) {
    return request.path("id", text -> text);
  }

  private static String language(Request request) {
    return request
        .query()
        .text("language", 8)
        .orElseThrow(
            () -> new Fault(Problem.invalid("language is missing, expected one such as zh")));
  }

  private static String user(Request request) {
    return request.signedIn().account().user();
  }

  private static Answer noSuch(String id) {
    return Answer.problem(
        Problem.notFound("no-such-prompt", "prompt " + id + ", expected one of GET " + PATH));
  }

  private static PromptDetailView view(Detail detail) {
    String id = detail.prompt().id();
    return new PromptDetailView(
        view(detail.prompt()), detail.versions().stream().map(one -> view(id, one)).toList());
  }

  private static PromptVersionView view(String id, Version one) {
    return new PromptVersionView(
        one.language(),
        one.number(),
        Words.of(one.source()),
        one.fileName(),
        one.bytes(),
        one.length().toMillis(),
        one.madeAt(),
        one.madeBy(),
        one.inUse(),
        address(id, one.language()) + "&version=" + one.number());
  }

  private static PromptView view(Prompt prompt) {
    return new PromptView(
        prompt.id(),
        prompt.number(),
        prompt.added(),
        prompt.languages().stream().map(one -> view(prompt.id(), one)).toList(),
        prompt.usedBy().stream()
            .map(
                use ->
                    new PromptUseView(
                        use.kind().name().toLowerCase(Locale.ROOT), use.name(), use.place()))
            .toList());
  }

  private static PromptLanguageView view(String id, Spoken spoken) {
    return new PromptLanguageView(
        spoken.language(),
        spoken.text(),
        Words.of(spoken.source()),
        spoken.version(),
        spoken.length().map(Duration::toMillis),
        spoken.since(),
        spoken.by(),
        spoken.inPlace(),
        spoken.source() == Source.NONE
            ? Optional.empty()
            : Optional.of(address(id, spoken.language())));
  }

  private static String address(String id, String language) {
    return PATH + "/" + id + "/audio?language=" + language;
  }
}
