package cti.server.web.softphone;

import cti.core.directory.NumberKind;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffQuery;
import cti.core.port.DirectoryLookup;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Reaction;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.StaticFiles;
import cti.server.web.softphone.SoftphoneResource.SoftphoneView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The page that calls the hotline, for whoever tries the demo: nobody signs in. Outside the demo
 * nothing of it is there.
 */
public final class TryResource {
  /** The page's file; served by this resource alone. */
  public static final String FILE = "/try.html";

  private static final String PATH = "/api/v1/try";
  private static final int MOST_PEOPLE = 60;

  private final Softphones phones;
  private final DirectoryLookup directory;
  private final StaticFiles files;

  public TryResource(Softphones phones, DirectoryLookup directory, StaticFiles files) {
    this.phones = phones;
    this.directory = directory;
    this.files = files;
  }

  /** Somebody as whom one may call, by their first number. */
  record TryCallerView(
      String number, String name, String department, String site, boolean vip, String status) {}

  /** As whom one may call. */
  record TryView(List<TryCallerView> callers) {}

  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/try").live(this::page),
        Route.open("GET", PATH).answers(TryView.class).stored(this::callers),
        Route.open("POST", PATH)
            .body(List.of("number", "ticket"))
            .answers(SoftphoneView.class)
            .live(this::grant),
        Route.open("GET", PATH + "/sip").query("ticket").socket(this::open));
  }

  private void expectDemo() {
    if (!phones.callers()) {
      throw new Fault(Softphones.noCallers());
    }
  }

  private CompletionStage<Answer> page(Request request) {
    expectDemo();
    return CompletableFuture.completedFuture(files.page(FILE));
  }

  private Answer callers(Request request) {
    expectDemo();
    return Answer.json(
        new TryView(
            directory.find(StaffQuery.ALL, Optional.empty(), MOST_PEOPLE).items().stream()
                .flatMap(person -> caller(person).stream())
                .toList()));
  }

  private static Optional<TryCallerView> caller(StaffMember person) {
    List<PhoneNumber> numbers = person.numbersInUse();
    return numbers.stream()
        .filter(number -> number.kind() == NumberKind.MOBILE)
        .map(number -> number.given().replaceAll("[^0-9]", ""))
        .filter(digits -> digits.length() >= 5)
        .findFirst()
        .or(() -> numbers.stream().flatMap(number -> number.extension().stream()).findFirst())
        .filter(number -> number.matches("[0-9]{3,20}"))
        .map(
            number ->
                new TryCallerView(
                    number,
                    person.name(),
                    person.department().toString(),
                    person.site().value(),
                    person.vip(),
                    person.status().name().toLowerCase(Locale.ROOT)));
  }

  private CompletionStage<Answer> grant(Request request) {
    String number = request.body().text("number", 3, 20);
    expectDemo();
    if (!number.matches("[0-9]{3,20}")) {
      throw new Fault(Problem.invalid("number is \"" + number + "\", expected 3 to 20 digits"));
    }
    Optional<String> ticket = request.body().optionalText("ticket", 1, 64);
    if (ticket.isPresent() && !ticket.get().matches("[A-Za-z0-9_-]{32}")) {
      throw new Fault(
          Problem.invalid(
              "ticket is \"" + ticket.get() + "\", expected that of the line's own path"));
    }
    return phones
        .caller(number, ticket)
        .thenApply(
            phone ->
                Answer.json(
                    201,
                    SoftphoneView.of(
                        phone, PATH + "/sip?ticket=" + phone.key(), phones.iceServers(phone))));
  }

  private CompletionStage<Reaction> open(Request request) {
    expectDemo();
    Softphone phone =
        request
            .query()
            .text("ticket", 64)
            .flatMap(phones::of)
            .filter(one -> one.agent().isEmpty())
            .orElseThrow(
                () ->
                    new Fault(
                        Problem.of(
                            409,
                            "no-softphone",
                            "This ticket has no phone",
                            "the ticket is old or unknown, expected that of POST " + PATH)));
    return phones.passage(phone);
  }
}
