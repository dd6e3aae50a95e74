package cti.testbed.e2e;

import static cti.testbed.e2e.BrowserPhones.AGENT;
import static cti.testbed.e2e.BrowserPhones.AGENT_HERTZ;
import static cti.testbed.e2e.BrowserPhones.CALLER_HERTZ;
import static cti.testbed.e2e.BrowserPhones.NUMBER;
import static cti.testbed.e2e.BrowserPhones.SOON;
import static cti.testbed.e2e.BrowserPhones.TO_HEAR;
import static cti.testbed.e2e.BrowserPhones.TO_THE_DESK;
import static cti.testbed.e2e.BrowserPhones.await;
import static cti.testbed.e2e.BrowserPhones.goesOn;
import static cti.testbed.e2e.BrowserPhones.hearEachOther;
import static cti.testbed.e2e.BrowserPhones.phase;
import static cti.testbed.e2e.BrowserPhones.record;
import static cti.testbed.e2e.BrowserPhones.registered;

import cti.testbed.client.Api;
import cti.testbed.client.BridgeApi;
import cti.testbed.client.Patience;
import cti.testbed.e2e.BrowserPhones.Browsers;
import cti.testbed.e2e.BrowserPhones.Caller;
import cti.testbed.e2e.BrowserPhones.Desk;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent whose phone is the browser, and a caller in another one. That they hear each other is
 * measured at the far end each time: a tone of the caller's at the agent's, and the other way
 * round.
 */
final class WebrtcScenarios {
  /** Of phones of the switch that sound. */
  private static final int DESK_PHONE_HERTZ = 1_004;

  private static final String DESK_PHONE = "8007";

  /** The supervisor's phone. */
  private static final String EAR = "8025";

  private static final String LISTENINGS = "/api/v1/listenings";

  private final Optional<Browsers> browsers;

  /**
   * @param browsers empty where only the names of the scenarios are asked for
   */
  WebrtcScenarios(Optional<Browsers> browsers) {
    this.browsers = browsers;
  }

  List<Scenario> all() {
    return List.of(
        scenario("webrtc: rung by the queue, heard both ways, hold and retrieve", this::wholeCall)
            .inQuickRun(),
        scenario("webrtc: muted, keys, turned away, then taken", this::turnedAway),
        scenario("webrtc: the page is loaded anew in a call", this::reloaded),
        scenario("webrtc: the caller is handed on to a desk phone", this::handedOn),
        scenario(
            "webrtc: a supervisor whispers to the agent alone, barges in on both, listens unheard",
            this::supervised),
        scenario("webrtc: the agent calls a number outside", this::callsOut),
        scenario("webrtc: the page is closed, the agent is not ready", this::closed),
        scenario("webrtc: cti-server is killed in a call, the talk goes on", this::serverKilled),
        scenario("webrtc: devices are tried", this::devices),
        scenario(
            "webrtc: a relay is tried, sound through it alone, credentials that it refuses",
            this::relayed),
        scenario(
            "webrtc: no UDP reaches the relay, the sound goes by TCP, then by TLS",
            this::relayedWithoutUdp),
        scenario(
            "webrtc: pages by HTTPS through a proxy, SIP by TLS to the gateway", this::withinTls));
  }

  private Scenario scenario(String name, Scenario.Play play) {
    return Scenario.alone(
        name,
        stage -> {
          Browsers both = browsers.orElseThrow();
          try {
            play.on(stage);
            both.expectFaultless();
          } catch (Exception fault) {
            // Without its page the phone is not registered, and nobody could be ready any more.
            stage.house().desk(AGENT, NUMBER).api().logOff(AGENT);
            throw fault;
          } finally {
            both.closeWindows();
          }
        });
  }

  private BrowserPhones phones() {
    return new BrowserPhones(browsers.orElseThrow());
  }

  private void wholeCall(Stage stage) throws Exception {
    Desk desk = phones().ready(stage);
    Caller caller = phones().calls(stage);
    desk.page().sees("the ring", desk.page().by("softphone-ringing"), TO_THE_DESK);
    desk.page().look("ringing");
    desk.answers();
    phase(stage, caller, "talking");
    hearEachOther(desk, caller);
    desk.page().look("talking");
    caller.page().look("try-talking");

    desk.page().by("softphone-hold").click();
    phase(stage, caller, "on-hold");
    HeardInPage.expectNoTone("the caller", caller.sound(), AGENT_HERTZ, TO_HEAR);
    HeardInPage.expectNoTone("the agent", desk.sound(), CALLER_HERTZ, TO_HEAR);
    desk.page().by("softphone-hold").click();
    phase(stage, caller, "talking");
    hearEachOther(desk, caller);

    desk.page().by("softphone-hang-up").click();
    caller.page().sees("that the call is over", caller.page().page().locator("[data-phase=over]"));
    CallOnRecord record = record(stage, caller);
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "agent", record.clearedBy());
    Expect.equal("agent", Optional.of(AGENT), record.agent());
    desk.leaves();
  }

  private void withinTls(Stage stage) throws Exception {
    new TlsScenario(stage, phones()).play();
  }

  private void turnedAway(Stage stage) throws Exception {
    Desk desk = phones().ready(stage);
    Caller caller = phones().calls(stage);
    desk.page().sees("the ring", desk.page().by("softphone-ringing"), TO_THE_DESK);
    desk.page().by("softphone-reject").click();
    desk.page().seesNo("ring", desk.page().by("softphone-ringing"));
    // The agent stays ready, so that the queue asks again.
    desk.answers();
    hearEachOther(desk, caller);
    desk.page().by("softphone-mute").click();
    HeardInPage.expectNoTone("the caller", caller.sound(), AGENT_HERTZ, TO_HEAR);
    HeardInPage.expectTone("the agent", desk.sound(), CALLER_HERTZ, TO_HEAR);
    desk.page().by("softphone-mute").click();
    HeardInPage.expectTone("the caller", caller.sound(), AGENT_HERTZ, TO_HEAR);
    desk.page().by("softphone-keys").click();
    desk.page().by("key-5").first().click();
    caller.hangsUp();
    desk.page().seesNo("call", desk.page().by("softphone-call-line"));
    Expect.equal("cleared by", "caller", record(stage, caller).clearedBy());
    desk.leaves();
  }

  private void reloaded(Stage stage) throws Exception {
    Desk desk = phones().ready(stage);
    Caller caller = phones().calls(stage);
    desk.answers();
    hearEachOther(desk, caller);
    desk.page().reload();
    desk.page().sees("the phone again", registered(desk.page()));
    desk.page().sees("the call again", desk.page().page().locator("[data-phase=talking]"));
    hearEachOther(desk, caller);
    phase(stage, caller, "talking");
    Expect.equal("the agent's state", "busy", desk.agent().state());
    desk.page().by("softphone-hold").click();
    phase(stage, caller, "on-hold");
    desk.page().by("softphone-hold").click();
    phase(stage, caller, "talking");
    desk.page().by("softphone-hang-up").click();
    caller.page().sees("that the call is over", caller.page().page().locator("[data-phase=over]"));
    CallOnRecord record = record(stage, caller);
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "agent", record.clearedBy());
    Expect.equal("visits", 1, record.visits().size());
    desk.leaves();
  }

  private void handedOn(Stage stage) throws Exception {
    stage.number(DESK_PHONE, new PhoneBehaviour.Sounds(Duration.ofSeconds(1)));
    Desk desk = phones().ready(stage);
    Caller caller = phones().calls(stage);
    desk.answers();
    hearEachOther(desk, caller);
    desk.page().by("softphone-transfer").click();
    desk.page().by("softphone-target").fill(DESK_PHONE);
    desk.page().by("softphone-hand-on").click();
    desk.page().seesNo("call", desk.page().by("softphone-call-line"));
    await(
        stage,
        caller,
        "the desk phone has the caller",
        view -> Pair.has(view, "transferred-to", DESK_PHONE, "connected"));
    HeardInPage.expectTone("the caller", caller.sound(), DESK_PHONE_HERTZ, TO_HEAR);
    desk.agent().awaitNot("busy", SOON);
    caller.hangsUp();
    Expect.equal("outcome", "answered", record(stage, caller).outcome());
    desk.leaves();
  }

  /** The supervisor's phone sounds a third pitch: who hears it is measured at both far ends. */
  private void supervised(Stage stage) throws Exception {
    stage.phoneAt(EAR, new PhoneBehaviour.Sounds(Duration.ofSeconds(1)));
    Desk desk = phones().ready(stage);
    Caller caller = phones().calls(stage);
    desk.answers();
    hearEachOther(desk, caller);
    Api supervisor = stage.house().supervisor();
    Api.Said begun = supervisor.ask("POST", LISTENINGS, Map.of("agent", AGENT, "extension", EAR));
    Expect.equal("answer to listen: " + begun.body(), 201, begun.status());
    String id = begun.body().path("id").asString();
    listens(supervisor, id, "listen");
    HeardInPage.expectNotAmong("the agent", desk.sound(), DESK_PHONE_HERTZ, TO_HEAR);
    HeardInPage.expectNotAmong("the caller", caller.sound(), DESK_PHONE_HERTZ, TO_HEAR);

    as(supervisor, id, "whisper");
    HeardInPage.expectAmong("the agent", desk.sound(), DESK_PHONE_HERTZ, TO_HEAR);
    HeardInPage.expectAmong("the agent", desk.sound(), CALLER_HERTZ, TO_HEAR);
    HeardInPage.expectNotAmong("the caller", caller.sound(), DESK_PHONE_HERTZ, TO_HEAR);
    HeardInPage.expectAmong("the caller", caller.sound(), AGENT_HERTZ, TO_HEAR);
    desk.page().look("whispered-to");

    as(supervisor, id, "barge");
    HeardInPage.expectAmong("the agent", desk.sound(), DESK_PHONE_HERTZ, TO_HEAR);
    HeardInPage.expectAmong("the caller", caller.sound(), DESK_PHONE_HERTZ, TO_HEAR);
    HeardInPage.expectAmong("the agent", desk.sound(), CALLER_HERTZ, TO_HEAR);
    HeardInPage.expectAmong("the caller", caller.sound(), AGENT_HERTZ, TO_HEAR);

    as(supervisor, id, "listen");
    HeardInPage.expectNotAmong("the agent", desk.sound(), DESK_PHONE_HERTZ, TO_HEAR);
    HeardInPage.expectNotAmong("the caller", caller.sound(), DESK_PHONE_HERTZ, TO_HEAR);
    supervisor.delete(LISTENINGS + "/" + id);
    hearEachOther(desk, caller);
    desk.page().by("softphone-hang-up").click();
    caller.page().sees("that the call is over", caller.page().page().locator("[data-phase=over]"));
    Expect.equal("outcome", "answered", record(stage, caller).outcome());
    desk.leaves();
  }

  private static void as(Api supervisor, String id, String mode) throws Exception {
    Api.Said said = supervisor.ask("PUT", LISTENINGS + "/" + id, Map.of("mode", mode));
    Expect.equal("answer to " + mode + ": " + said.body(), 204, said.status());
    listens(supervisor, id, mode);
  }

  /** Waits until the talk is heard so. */
  private static void listens(Api supervisor, String id, String mode) throws InterruptedException {
    Patience.until(
        "the talk is heard as " + mode,
        SOON,
        () -> {
          try {
            List<String> modes =
                supervisor.tree(LISTENINGS).path("items").values().stream()
                    .filter(item -> item.path("id").asString().equals(id) && item.has("since"))
                    .map(item -> item.path("mode").asString())
                    .toList();
            return modes.equals(List.of(mode)) ? Optional.empty() : Optional.of(modes.toString());
          } catch (java.io.IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  private void callsOut(Stage stage) throws Exception {
    stage.number(Pair.OUTSIDE, new PhoneBehaviour.Sounds(Duration.ofSeconds(1)));
    Desk desk = phones().ready(stage);
    desk.page().by("softphone-dial").click();
    desk.page().by("softphone-number").fill(Pair.OUTSIDE);
    desk.page().by("softphone-call").click();
    desk.page().sees("the talk", desk.page().page().locator("[data-phase=talking]"), SOON);
    desk.agent().awaitState("busy", SOON);
    HeardInPage.expectTone("the agent", desk.sound(), DESK_PHONE_HERTZ, TO_HEAR);
    desk.page().by("softphone-hang-up").click();
    desk.page().seesNo("call", desk.page().by("softphone-call-line"));
    desk.leaves();
  }

  private void closed(Stage stage) throws Exception {
    Desk desk = phones().ready(stage);
    BridgeApi supervisor = new BridgeApi(stage.house().supervisor());
    browsers.orElseThrow().agent().closeWindows();
    desk.agent().awaitState("not-ready", TO_THE_DESK);
    Expect.equal("why", "phone-unregistered", supervisor.reason(AGENT));
    Expect.equal("ready is refused", "phone-unregistered", desk.agent().refused("ready", ""));
    desk.agent().logOff();
    Desk again = phones().ready(stage);
    again.leaves();
  }

  private void serverKilled(Stage stage) throws Exception {
    Desk desk = phones().ready(stage);
    Caller caller = phones().calls(stage);
    desk.answers();
    hearEachOther(desk, caller);
    stage.house().server().kill();
    desk.page()
        .sees(
            "that the phone has no connection",
            desk.page().page().locator("[data-test=softphone-state][data-state=unregistered]"));
    caller.page().sees("that the server is away", caller.page().by("try-away"));
    hearEachOther(desk, caller);
    stage.house().startServer();
    stage.house().reconnect();
    desk.page().sees("the phone again", registered(desk.page()), TO_THE_DESK);
    caller.page().seesNo("word that the server is away", caller.page().by("try-away"), TO_THE_DESK);
    hearEachOther(desk, caller);
    // The caller's page is back as well: it can still end the talk.
    caller.hangsUp();
    desk.page().seesNo("call", desk.page().by("softphone-call-line"));
    CallOnRecord record = record(stage, caller);
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "caller", record.clearedBy());
    desk.leaves();
  }

  private void devices(Stage stage) throws Exception {
    Desk desk = phones().ready(stage);
    desk.page().by("softphone-devices").click();
    desk.page().sees("the meter", desk.page().by("level"));
    desk.page()
        .page()
        .waitForFunction(
            "() =>"
                + " Number(document.querySelector('[data-test=level]')?.getAttribute('aria-valuenow'))"
                + " > 40");
    desk.page().by("test-speaker").click();
    desk.page().by("test-ringer").click();
    desk.page().lookInBoth("devices");
    desk.page().press("Escape");
    desk.leaves();
  }

  private void relayed(Stage stage) throws Exception {
    new RelayScenario(stage).play(this::talkThrough, this::refused);
  }

  private void relayedWithoutUdp(Stage stage) throws Exception {
    new RelayScenario(stage).playWithoutUdp(this::talkThrough);
  }

  /** A talk whose sound at the agent's side has no other way. */
  private void talkThrough(Stage stage, RelayScenario relay) throws Exception {
    Desk desk = phones().ready(stage, RelayScenario::noOtherWay);
    Caller caller = phones().calls(stage);
    desk.answers();
    hearEachOther(desk, caller);
    relay.expectUsed(desk.sound(), NUMBER);
    goesOn(stage, caller, Duration.ofSeconds(4));
    desk.page().seesNo("complaint about the relay", desk.page().by("softphone-relay"));
    desk.page().look("relayed");
    caller.hangsUp();
    desk.page().seesNo("call", desk.page().by("softphone-call-line"));
    Expect.equal("outcome", "answered", record(stage, caller).outcome());
    relay.expectOver();
    desk.leaves();
    browsers.orElseThrow().closeWindows();
  }

  /** Credentials that the relay takes no more: the page says so, and whose words they are. */
  private void refused(Stage stage, RelayScenario.Credentials credentials) throws Exception {
    Desk desk =
        phones()
            .ready(
                stage,
                page -> {
                  RelayScenario.noOtherWay(page);
                  RelayScenario.given(page, credentials);
                });
    desk.page().by("softphone-dial").click();
    desk.page().by("softphone-number").fill(Pair.OUTSIDE);
    desk.page().by("softphone-call").click();
    desk.page().sees("that the relay refuses", desk.page().by("softphone-relay"));
    Expect.equal(
        "what is said of " + credentials.what(),
        "中继服务器 "
            + credentials.server()
            + " 拒绝了本话机的凭据（401 Unauthorized），通话可能没有声音。"
            + "请关闭话机后重新打开；仍不行请联系管理员。",
        desk.page().by("softphone-relay").innerText());
    desk.page().lookInBoth("relay-refuses");
    // The browser may have given the call up by itself meanwhile.
    desk.page()
        .page()
        .evaluate("() => document.querySelector('[data-test=softphone-hang-up]')?.click()");
    desk.page().seesNo("call", desk.page().by("softphone-call-line"));
    desk.leaves();
    browsers.orElseThrow().agent().closeWindows();
  }
}
