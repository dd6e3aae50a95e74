package cti.testbed.e2e;

import static cti.testbed.bridge.BridgeProcess.at;

import com.microsoft.playwright.Locator;
import cti.testbed.bridge.BridgeProcess;
import cti.testbed.bridge.Desktop;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.BridgeApi;
import cti.testbed.client.Patience;
import cti.testbed.gateway.Part;
import cti.testbed.gateway.Testbed;
import cti.testbed.gateway.TestbedEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an agent with a softphone and a bridge goes through. One scenario after the other, each with
 * a bridge of its own: a baresip has one phone.
 */
final class BridgeScenarios {
  private static final Duration SOON = Pair.SOON;
  private static final String PHONE = "8031";
  private static final String BARESIP = "{kind: baresip, address: \"127.0.0.1:4444\"}";
  private static final Pair PAIR = Pair.PROJECT;

  /** Whose agent keeps the desk phone: one phone an agent is enough for a run. */
  private static final Pair DESK_PHONE = Pair.ERP;

  /** Of the icon, as TraySign has them. */
  private static final int GREEN = 0x16874A;

  private static final int RED = 0xC4461F;

  /** How far the switch of the screen-pop is below the middle of the icon, in dots. */
  private static final int SWITCH_BELOW = 63;

  private final Workshop workshop;
  private final Path project;
  private final Path folder;
  private int bridges;

  /** Of the agent, for bridges to begin with: a user is offered so many codes and no more. */
  private Optional<Path> pairing = Optional.empty();

  BridgeScenarios(Workshop workshop) {
    this.workshop = workshop;
    this.project = workshop.project();
    this.folder = workshop.folder();
  }

  List<Scenario> all() {
    Set<String> claims = PAIR.claims();
    return List.of(
        Scenario.of("a pairing code is good once", claims, this::pairing),
        Scenario.of(
                "baresip rings, the screen comes up, hold, keys, mute, hang up",
                claims,
                this::wholeCall)
            .inQuickRun(),
        Scenario.of("a call is turned away at the bridge", claims, this::rejects),
        Scenario.of("the bridge hands the caller on by the phone", claims, this::transfers),
        Scenario.of("the bridge is killed and started again in a call", claims, this::bridgeKilled),
        Scenario.of("the bridge dials a link", claims, this::dials),
        Scenario.of(
            "a desk phone is driven through the gateway, and what it cannot is said",
            DESK_PHONE.claims(),
            this::deskPhone),
        Scenario.of(
            "an agent whose phone is not registered is not ready", claims, this::unregistered),
        Scenario.of("the desktop opens a link by the bridge", claims, this::link),
        Scenario.of("the icon in the tray tells how it does", claims, this::tray),
        Scenario.of(
            "paired by the page, revoked by an administrator, it is put out",
            claims,
            this::revoked),
        Scenario.of("a foreign page gets nothing", claims, this::foreignPage),
        Scenario.of(
            "a server behind TLS, whose certificate is named, is not, is another's",
            claims,
            this::behindTls),
        Scenario.alone("the server is killed and started again in a call", this::serverKilled));
  }

  /** A bridge in a folder of its own whose screen-pop makes a file. */
  private BridgeProcess bridge(String phone) throws IOException {
    return bridge(phone, "");
  }

  /**
   * The same.
   *
   * @param more lines of its settings
   */
  private BridgeProcess bridge(String phone, String more) throws IOException {
    Path home = folder.resolve("bridge-" + ++bridges);
    String settings =
        """
        phone: %s
        pop:
          when: ring
          command: [touch, "%s/pop {call} {number} {desk}"]
        %s\
        """
            .formatted(phone, home, more);
    return BridgeProcess.in(project, home, settings);
  }

  private BridgeProcess bridge() throws IOException {
    return bridge(BARESIP);
  }

  private BridgeProcess paired(Stage stage) throws IOException, InterruptedException {
    BridgeProcess bridge = paired(stage, bridge());
    bridge.awaitState("the softphone is registered", SOON, at("/phone/registered"), "true");
    return bridge;
  }

  private BridgeProcess paired(Stage stage, BridgeProcess bridge)
      throws IOException, InterruptedException {
    Path kept = bridge.log().resolveSibling("pairing.json");
    if (pairing.isPresent()) {
      Files.copy(pairing.get(), kept);
    } else {
      AgentDesk desk = stage.house().desk(PAIR.agent(), PHONE);
      BridgeProcess.Ended paired = pair(stage, bridge, new BridgeApi(desk.api()).pairingCode());
      Expect.equal("the pairing: " + paired.output(), 0, paired.code());
      pairing = Optional.of(kept);
    }
    bridge.start();
    return bridge;
  }

  private static BridgeProcess.Ended pair(Stage stage, BridgeProcess bridge, String code)
      throws IOException, InterruptedException {
    return bridge.command("pair", stage.house().settings().address().toString(), code);
  }

  private List<String> pops(BridgeProcess bridge) throws IOException {
    try (Stream<Path> files = Files.list(bridge.log().getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("pop "))
          .toList();
    }
  }

  private StagedCall rings(Stage stage, BridgeProcess bridge)
      throws IOException, InterruptedException {
    stage.readyAt(PHONE, PAIR.agent(), PAIR.desk());
    StagedCall call = PAIR.call(stage);
    bridge.awaitCall("ringing", Pair.TO_TALK);
    return call;
  }

  private StagedCall talks(Stage stage, BridgeProcess bridge)
      throws IOException, InterruptedException {
    StagedCall call = rings(stage, bridge);
    bridge.inCall(bridge.awaitCall("ringing", SOON), "answer", "");
    call.awaitPhase("talking", SOON);
    bridge.awaitCall("talking", SOON);
    return call;
  }

  private void pairing(Stage stage) throws Exception {
    try (BridgeProcess bridge = bridge()) {
      AgentDesk desk = stage.house().desk(PAIR.agent(), PHONE);
      BridgeProcess.Ended wrong = pair(stage, bridge, "2222-2222");
      Expect.equal("a wrong code", 1, wrong.code());
      Expect.that("it says why", wrong.output().contains("the code is wrong"), wrong.output());
      Expect.equal("one line", 1L, wrong.output().lines().count());
      String replaced = new BridgeApi(desk.api()).pairingCode();
      String good = new BridgeApi(desk.api()).pairingCode();
      Expect.equal("a code that was replaced", 1, pair(stage, bridge, replaced).code());
      Expect.equal("a good code", 0, pair(stage, bridge, good).code());
      Expect.equal("the same code again", 1, pair(stage, bridge, good).code());
      bridge.start();
      BridgeProcess.Ended unpaired = bridge.command("unpair");
      Expect.equal("unpaired", "no longer paired", unpaired.output());
      bridge.awaitState("it knows", SOON, at("/server/state"), "not-paired");
    }
  }

  /** Through a proxy with a certificate that no system trusts. */
  private void behindTls(Stage stage) throws Exception {
    Testbed testbed = stage.house().testbed();
    TestbedEnvironment environment = testbed.environment();
    String server = environment.proxy().toString();
    String code = new BridgeApi(stage.house().desk(PAIR.agent(), PHONE).api()).pairingCode();
    testbed.startProxy(stage.house().settings().address().getPort());
    try {
      for (String trust : List.of("", "trust: " + environment.gatewayCertificate() + "\n")) {
        try (BridgeProcess stranger = bridge(BARESIP, trust)) {
          BridgeProcess.Ended refused = stranger.command("pair", server, code);
          Expect.equal("the pairing", 1, refused.code());
          Expect.that(
              "it says that the certificate is not trusted",
              refused.output().contains("the certificate of " + server + " is not trusted"),
              refused.output());
          Expect.equal("one line", 1L, refused.output().lines().count());
        }
      }
      try (BridgeProcess bridge =
          bridge(BARESIP, "trust: " + environment.proxyCertificate() + "\n")) {
        Expect.equal("the pairing", 0, bridge.command("pair", server, code).code());
        bridge.start();
        bridge.awaitState("the softphone is registered", SOON, at("/phone/registered"), "true");
        StagedCall call = talks(stage, bridge);
        Expect.equal("screen-pops", 1, pops(bridge).size());
        // The proxy goes away and comes back: so does the bridge's stream.
        testbed.stop(Part.PROXY);
        bridge.awaitState("it knows that the server is away", SOON, at("/server/state"), "away");
        testbed.startProxy(stage.house().settings().address().getPort());
        bridge.awaitState("it is back", SOON, at("/server/state"), "live");
        bridge.inCall(bridge.awaitCall("talking", SOON), "hangUp", "");
        Expect.equal("outcome", "answered", call.record().outcome());
      }
    } finally {
      testbed.stop(Part.PROXY);
    }
  }

  private void wholeCall(Stage stage) throws Exception {
    try (BridgeProcess bridge = paired(stage)) {
      StagedCall call = rings(stage, bridge);
      String id = bridge.awaitCall("ringing", SOON);
      Patience.until(
          "the screen came up",
          SOON,
          () -> {
            try {
              List<String> seen = pops(bridge);
              String wanted = "pop " + call.id() + " " + PAIR.caller() + " " + PAIR.desk();
              return seen.equals(List.of(wanted)) ? Optional.empty() : Optional.of(seen.toString());
            } catch (IOException fault) {
              return Optional.of(fault.toString());
            }
          });
      Expect.equal(
          "hold while it rings", "wrong-state", bridge.order("POST", path(id, "hold"), ""));
      bridge.inCall(id, "answer", "");
      call.awaitPhase("talking", SOON);
      bridge.awaitCall("talking", SOON);
      bridge.inCall(id, "hold", "");
      call.awaitPhase("on-hold", SOON);
      bridge.inCall(id, "retrieve", "");
      call.awaitPhase("talking", SOON);
      bridge.inCall(id, "keys", "{\"keys\":\"12#\"}");
      bridge.inCall(id, "mute", "{\"on\":true}");
      Expect.equal("muted", "true", bridge.get("/v1/calls").at("/items/0/muted").asString());
      bridge.inCall(id, "mute", "{\"on\":false}");
      Expect.equal(
          "no such call", "no-such-call", bridge.order("POST", path("nobody", "hold"), ""));
      bridge.inCall(id, "hangUp", "");
      bridge.awaitNoCall(SOON);
      CallOnRecord record = call.record();
      Expect.equal("outcome", "answered", record.outcome());
      Expect.equal("cleared by", "agent", record.clearedBy());
      Expect.equal("screens that came up", 1, pops(bridge).size());
      Expect.equal("counted", "1", bridge.get("/v1/state").at("/pop/count").asString());
    }
  }

  private static String path(String call, String order) {
    return "/v1/calls/" + call + "/" + order;
  }

  private void rejects(Stage stage) throws Exception {
    try (BridgeProcess bridge = paired(stage)) {
      StagedCall call = rings(stage, bridge);
      bridge.inCall(bridge.awaitCall("ringing", SOON), "reject", "");
      bridge.awaitNoCall(SOON);
      // The agent stays ready, so that the queue asks again.
      bridge.inCall(bridge.awaitCall("ringing", Pair.TO_TALK), "answer", "");
      call.awaitPhase("talking", SOON);
      call.hangUp();
      bridge.awaitNoCall(SOON);
      Expect.equal("outcome", "answered", call.record().outcome());
      Expect.equal("screens that came up", 1, pops(bridge).size());
    }
  }

  private void transfers(Stage stage) throws Exception {
    try (BridgeProcess bridge = paired(stage)) {
      StagedCall call = talks(stage, bridge);
      bridge.inCall(
          bridge.awaitCall("talking", SOON),
          "transfer",
          "{\"number\":\"" + PAIR.otherPhone() + "\"}");
      bridge.awaitNoCall(Pair.TO_TALK);
      call.await(
          "the other phone has the caller",
          Pair.TO_TALK,
          view -> Pair.has(view, "transferred-to", PAIR.otherPhone(), "connected"));
      call.hangUp();
      // The queue goes on with the same leg, and takes the next phone for the agent.
      Expect.equal("outcome", "answered", call.recordBesideTheLog().outcome());
    }
  }

  private void bridgeKilled(Stage stage) throws Exception {
    try (BridgeProcess bridge = paired(stage)) {
      StagedCall call = talks(stage, bridge);
      bridge.kill();
      call.stays("talking", Duration.ofSeconds(1));
      bridge.start();
      String id = bridge.awaitCall("talking", SOON);
      Expect.equal("screens that came up", 1, pops(bridge).size());
      bridge.inCall(id, "hold", "");
      call.awaitPhase("on-hold", SOON);
      bridge.inCall(id, "hangUp", "");
      bridge.awaitNoCall(SOON);
      Expect.equal("outcome", "answered", call.record().outcome());
    }
  }

  private void serverKilled(Stage stage) throws Exception {
    try (BridgeProcess bridge = paired(stage)) {
      StagedCall call = talks(stage, bridge);
      stage.house().server().kill();
      bridge.awaitState("the bridge knows", SOON, at("/server/state"), "away");
      String id = bridge.awaitCall("talking", SOON);
      Expect.equal(
          "mute without a server", "", bridge.order("POST", path(id, "mute"), "{\"on\":true}"));
      stage.house().startServer();
      stage.house().reconnect();
      bridge.awaitState(
          "the bridge has its stream again", Duration.ofSeconds(45), at("/server/state"), "live");
      Expect.equal(
          "the call on record", call.id(), bridge.get("/v1/calls").at("/onRecord/0/id").asString());
      Expect.equal("screens that came up", 1, pops(bridge).size());
      bridge.inCall(id, "hangUp", "");
      bridge.awaitNoCall(SOON);
      Expect.equal("outcome", "answered", call.record().outcome());
    }
  }

  private void dials(Stage stage) throws Exception {
    try (BridgeProcess bridge = paired(stage)) {
      AgentDesk desk = stage.readyAt(PHONE, PAIR.agent(), PAIR.desk());
      BridgeProcess.Ended wrong = bridge.command("dial", "tel:nobody");
      Expect.equal("a link without a number: " + wrong.output(), 1, wrong.code());
      BridgeProcess.Ended dialled = bridge.command("dial", "tel:138-0000-0001;phone-context=x");
      Expect.equal("dialled: " + dialled.output(), 0, dialled.code());
      bridge.inCall(bridge.awaitCall("ringing", SOON), "answer", "");
      desk.awaitState("busy", SOON);
      bridge.inCall(bridge.awaitCall("talking", SOON), "hangUp", "");
      desk.awaitNot("busy", SOON);
    }
  }

  private void deskPhone(Stage stage) throws Exception {
    String phone = "{kind: gateway, extension: \"" + DESK_PHONE.phone() + "\"}";
    try (BridgeProcess bridge = bridge(phone)) {
      AgentDesk desk = stage.house().desk(DESK_PHONE.agent());
      BridgeProcess.Ended paired = pair(stage, bridge, new BridgeApi(desk.api()).pairingCode());
      Expect.equal("the pairing: " + paired.output(), 0, paired.code());
      bridge.start();
      Expect.equal(
          "answering", "false", bridge.get("/v1/state").at("/phone/features/answer").asString());
      Expect.equal(
          "holding", "true", bridge.get("/v1/state").at("/phone/features/hold").asString());
      BridgeApi supervisor = new BridgeApi(stage.house().supervisor());
      Patience.until(
          "the server knows what cannot be done",
          SOON,
          () -> {
            try {
              List<String> words = supervisor.unavailable(DESK_PHONE.agent());
              return words.equals(List.of("answer", "reject", "keys", "mute", "autoAnswer"))
                  ? Optional.empty()
                  : Optional.of(words.toString());
            } catch (IOException fault) {
              return Optional.of(fault.toString());
            }
          });
      Pair.Talk talk = DESK_PHONE.talk(stage);
      String id = bridge.awaitCall("talking", SOON);
      Expect.equal("the call, as the server names it", talk.call().id(), id);
      Expect.equal("screens that came up", 1, pops(bridge).size());
      for (String order : List.of("answer", "reject", "mute", "keys")) {
        String body =
            switch (order) {
              case "mute" -> "{\"on\":true}";
              case "keys" -> "{\"keys\":\"1\"}";
              default -> "";
            };
        Expect.equal(order, "not-available", bridge.order("POST", path(id, order), body));
      }
      bridge.inCall(id, "hold", "");
      talk.call().awaitPhase("on-hold", SOON);
      bridge.awaitCall("held", SOON);
      bridge.inCall(id, "retrieve", "");
      talk.call().awaitPhase("talking", SOON);
      bridge.inCall(id, "transfer", "{\"number\":\"" + DESK_PHONE.otherPhone() + "\"}");
      talk.await("transferred-to", DESK_PHONE.otherPhone(), "connected");
      bridge.awaitNoCall(Pair.TO_TALK);
      talk.call().hangUp();
      Expect.equal("outcome", "answered", talk.call().record().outcome());

      talk.agent().awaitNot("busy", SOON);
      talk.agent().ready();
      StagedCall second = DESK_PHONE.call(stage);
      second.awaitPhase("talking", Pair.TO_TALK);
      bridge.inCall(bridge.awaitCall("talking", SOON), "hangUp", "");
      bridge.awaitNoCall(SOON);
      Expect.equal("cleared by", "agent", second.record().clearedBy());
    }
  }

  private void unregistered(Stage stage) throws Exception {
    try (BridgeProcess bridge = paired(stage)) {
      BridgeApi supervisor = new BridgeApi(stage.house().supervisor());
      AgentDesk desk = stage.readyAt(PHONE, PAIR.agent(), PAIR.desk());
      stage.house().testbed().kill(Part.SOFTPHONE);
      desk.awaitState("not-ready", SOON);
      Expect.equal(
          "reason as the supervisor sees it",
          "phone-unregistered",
          supervisor.reason(PAIR.agent()));
      String why = supervisor.phoneProblem(PAIR.agent());
      Expect.that("why, for the supervisor", why.contains("127.0.0.1:4444"), why);
      Expect.equal("ready is refused", "phone-unregistered", desk.refused("ready", ""));
      stage.house().testbed().start(Part.SOFTPHONE);
      bridge.awaitState("the softphone is back", SOON, at("/phone/registered"), "true");
      Patience.until(
          "the server knows that it is registered",
          SOON,
          () -> {
            try {
              String problem = supervisor.phoneProblem(PAIR.agent());
              return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
            } catch (IOException fault) {
              return Optional.of(fault.toString());
            }
          });
      desk.ready();
    }
  }

  /** Green while the phone can be rung, red while it cannot; its menu switches the screen-pop. */
  private void tray(Stage stage) throws Exception {
    stage.house().testbed().desktop();
    Path pictures = Files.createDirectories(project.resolve("testbed/target/bridge"));
    try (Desktop desktop = Desktop.start(Files.createTempDirectory(folder, "desktop-"));
        BridgeProcess bridge = bridge()) {
      bridge.on(desktop);
      paired(stage, bridge);
      int[] icon = desktop.awaitIcon("a green icon", GREEN, SOON);
      desktop.look(pictures.resolve("tray-registered.png"));
      desktop.click(icon[0], icon[1], 3);
      // The menu opens below: a line of how it does, the switch, quit.
      desktop.look(pictures.resolve("tray-menu.png"));
      desktop.click(icon[0] - 100, icon[1] + SWITCH_BELOW, 1);
      bridge.awaitState("the screen-pop is off", SOON, at("/pop/on"), "false");
      stage.house().testbed().kill(Part.SOFTPHONE);
      desktop.awaitIcon("a red icon", RED, SOON);
      desktop.look(pictures.resolve("tray-not-registered.png"));
      stage.house().testbed().start(Part.SOFTPHONE);
      desktop.awaitIcon("a green icon again", GREEN, Pair.TO_TALK);
    }
  }

  /** Somebody clicks on a number on a page: the desktop hands the link to the bridge. */
  private void link(Stage stage) throws Exception {
    stage.house().testbed().desktop();
    try (Desktop desktop = Desktop.start(Files.createTempDirectory(folder, "desktop-"));
        BridgeProcess bridge = paired(stage)) {
      AgentDesk desk = stage.readyAt(PHONE, PAIR.agent(), PAIR.desk());
      for (BridgeProcess.Ended one : bridge.opens("tel:138-0000-0001", desktop)) {
        Expect.equal("it went: " + one.output(), 0, one.code());
      }
      bridge.inCall(bridge.awaitCall("ringing", SOON), "answer", "");
      desk.awaitState("busy", SOON);
      bridge.inCall(bridge.awaitCall("talking", SOON), "hangUp", "");
      desk.awaitNot("busy", SOON);
    }
  }

  /** By the pages: the agent asks for a code and types it, an administrator revokes. */
  private void revoked(Stage stage) throws Exception {
    URI address = stage.house().settings().address();
    new BridgeApi(stage.house().admin()).revokeAll(PAIR.agent());
    pairing = Optional.empty();
    try (Chromium chromium = browser();
        BridgeProcess bridge = bridge()) {
      ConsolePage agent = chromium.open(address, Chromium.Look.CHINESE_LIGHT);
      agent.signIn(stage.house().accountOf(PAIR.agent()));
      agent.button("话机桥接").click();
      agent.button("生成新的配对码").click();
      agent.sees("a code", agent.by("bridge-code"));
      agent.lookInBoth("pairing");
      BridgeProcess.Ended paired = pair(stage, bridge, agent.by("bridge-code").innerText());
      Expect.equal("the pairing: " + paired.output(), 0, paired.code());
      bridge.start();
      bridge.awaitState("the softphone is registered", SOON, at("/phone/registered"), "true");

      ConsolePage administrator = chromium.open(address, Chromium.Look.CHINESE_LIGHT);
      administrator.signIn(stage.house().accountOf("admin"));
      Patience.until(
          "the server knows that the phone is registered",
          SOON,
          () -> {
            try {
              String problem = new BridgeApi(stage.house().supervisor()).phoneProblem(PAIR.agent());
              return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
            } catch (IOException fault) {
              return Optional.of(fault.toString());
            }
          });
      administrator.button("话机桥接").click();
      Locator mine =
          administrator
              .by("bridges")
              .locator("li")
              .filter(new Locator.FilterOptions().setHasText("话机 " + PHONE + " 已注册"));
      administrator.sees("the bridge, whose phone is registered", mine);
      administrator.lookInBoth("bridges");
      mine.getByTestId("bridge-revoke").click();
      administrator.sees("what is asked before", administrator.text("立即失去连接"));
      administrator.look("revoking");
      administrator.page().locator(".el-popconfirm__action .el-button--primary").click();
      bridge.awaitState("the bridge is put out", SOON, at("/server/state"), "revoked");
      administrator.seesNo("the bridge", mine);
      chromium.expectFaultless();
      String detail = bridge.get("/v1/state").at("/server/detail").asString();
      Expect.that("what to do", detail.contains("pair with a new code"), detail);
    }
  }

  private Chromium browser() throws Exception {
    Path pictures = Files.createDirectories(project.resolve("testbed/target/bridge"));
    return Chromium.start(workshop.testbed().browser(), ConsoleSuite.axe(workshop), pictures);
  }

  private void foreignPage(Stage stage) throws Exception {
    try (BridgeProcess bridge = paired(stage)) {
      String seen = ForeignPage.tries(bridge.port(), bridge.token());
      Expect.equal("what a page of another origin read", "refused refused refused", seen);
    }
  }
}
