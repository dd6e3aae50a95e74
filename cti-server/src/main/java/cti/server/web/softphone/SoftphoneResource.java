package cti.server.web.softphone;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.server.web.bridge.BridgeView.PhoneReportView;
import cti.server.web.http.Answer;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Reaction;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.SignedIn;
import cti.server.web.view.Views;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The phone in the browser of whoever is signed in. */
public final class SoftphoneResource {
  private static final String PATH = "/api/v1/softphone";

  /** Of SIP addresses; nobody resolves it (RFC 2606). */
  static final String DOMAIN = "cti.invalid";

  private final Softphones phones;
  private final Views views;

  public SoftphoneResource(Softphones phones, Views views) {
    this.phones = phones;
    this.views = views;
  }

  /**
   * What a browser registers with.
   *
   * @param path of the WebSocket for SIP, on this server
   * @param registerSeconds how long a registration lasts
   * @param renewSeconds another password is asked for after so long
   * @param iceServers that tell the browser its own address, or carry its sound
   */
  record SoftphoneView(
      String extension,
      String user,
      String password,
      String domain,
      String path,
      int registerSeconds,
      long renewSeconds,
      List<IceServerView> iceServers) {
    static SoftphoneView of(Softphone phone, String path, List<IceServerView> iceServers) {
      return new SoftphoneView(
          phone.number(),
          phone.account(),
          phone.password(),
          DOMAIN,
          path,
          SoftphoneAccounts.REGISTER_SECONDS,
          Softphones.RENEW.toSeconds(),
          iceServers);
    }
  }

  /** A phone in a browser, as supervisors and its agent see it. */
  record BrowserPhoneView(String agent, PhoneReportView phone) {}

  /**
   * Phones in browsers.
   *
   * @param available whether this server has any
   */
  record BrowserPhonesView(boolean available, List<BrowserPhoneView> items) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.AGENT, "GET", PATH).answers(BrowserPhonesView.class).live(this::list),
        Route.of(Role.AGENT, "POST", PATH)
            .body(List.of("extension"))
            .answers(SoftphoneView.class)
            .live(this::grant),
        Route.of(Role.AGENT, "DELETE", PATH).live(this::giveBack),
        Route.of(Role.AGENT, "GET", PATH + "/sip").socket(this::open));
  }

  private CompletionStage<Answer> list(Request request) {
    Account account = request.signedIn().account();
    boolean all = account.role().maySee(Role.SUPERVISOR);
    return CompletableFuture.completedFuture(
        Answer.json(
            new BrowserPhonesView(
                phones.available(),
                phones.reports().entrySet().stream()
                    .filter(
                        entry ->
                            account.agent().equals(Optional.of(entry.getKey()))
                                || all && views.within(account.limits(), entry.getKey()))
                    .sorted(Map.Entry.comparingByKey())
                    .map(
                        entry ->
                            new BrowserPhoneView(
                                entry.getKey().value(), PhoneReportView.of(entry.getValue())))
                    .toList())));
  }

  private CompletionStage<Answer> grant(Request request) {
    Extension extension = extension(request.body().text("extension", 1, 20));
    SignedIn who = request.signedIn();
    AgentId agent =
        who.account()
            .agent()
            .orElseThrow(
                () ->
                    new Fault(
                        Problem.of(
                            409,
                            "no-agent",
                            "Nobody whose phone it would be",
                            "user " + who.account().user() + " is no agent, expected an agent")));
    return phones
        .grant(who.sessionKey(), agent, extension)
        .thenApply(
            phone ->
                Answer.json(201, SoftphoneView.of(phone, PATH + "/sip", phones.iceServers(phone))));
  }

  private static Extension extension(String text) {
    if (!text.matches("[0-9]{2,20}")) {
      throw new Fault(Problem.invalid("extension is \"" + text + "\", expected 2 to 20 digits"));
    }
    return new Extension(text);
  }

  private CompletionStage<Answer> giveBack(Request request) {
    return phones.giveBack(request.signedIn().sessionKey()).thenApply(done -> Answer.noContent());
  }

  private CompletionStage<Reaction> open(Request request) {
    Softphone phone =
        phones
            .of(request.signedIn().sessionKey())
            .orElseThrow(
                () ->
                    new Fault(
                        Problem.of(
                            409,
                            "no-softphone",
                            "This session has no phone",
                            "no phone was asked for, expected POST " + PATH + " before")));
    return phones.passage(phone);
  }
}
