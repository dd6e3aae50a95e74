package cti.server.web;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.incident.IncidentLevel;
import cti.core.incident.IncidentState;
import cti.core.port.Incidents.Change;
import cti.core.port.Incidents.Draft;
import cti.core.port.Incidents.Saved;
import cti.server.web.http.HttpLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Serves the page over the memory world, for people who work on it: reads words from standard input
 * and makes them happen; ends with the input. Argument: the port.
 */
final class PageShow {
  private final WebFixture web;
  private TestCall known;
  private WebServer running;
  private int calls;

  private PageShow(WebFixture web) {
    this.web = web;
    this.running = web.server;
    this.known = web.world.call("c1");
  }

  public static void main(String[] args) throws IOException {
    WebSettings settings =
        WebFixture.settings(WebFixture.QUICK, HttpLimits.USUAL, Integer.parseInt(args[0]));
    try (WebFixture web = new WebFixture(settings);
        BufferedReader words =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      PageShow show = new PageShow(web);
      show.begin();
      System.out.println("port " + web.port + ", sign in as agent1 with: " + MemoryStores.PASSWORD);
      for (String word = words.readLine(); word != null; word = words.readLine()) {
        show.happen(word.strip());
      }
      show.running.stop();
    }
  }

  private void begin() {
    web.world.gatewayLive();
    incident("打印机卡纸", true);
    incident("VPN 连不上", false);
  }

  private void happen(String word) {
    World world = web.world;
    switch (word) {
      case "busy" -> {
        world.logOn(World.AGENT_2, "8002", World.GUANGZHOU);
        world.logOn(World.AGENT_9, "8009", World.DESKTOP);
        world.call("c2").arrives("13900000009").identified().presses("2").queued(World.DESKTOP);
        world.call("c3").arrives("").queued(World.DESKTOP).rings(World.AGENT_9, "8009");
        world
            .call("c4")
            .arrives("13800000002")
            .identified("E0002")
            .queued(World.ERP)
            .rings(World.AGENT_9, "8009")
            .answered(World.AGENT_9, "8009");
      }
      case "ring" -> {
        calls++;
        known = world.call("known" + calls);
        known.arrives(World.KNOWN_NUMBER).identified("E0001", "E0003").presses("1");
        known.queued(World.DESKTOP);
        web.clock.advance(Duration.ofSeconds(32));
        known.rings(World.AGENT_1, "8001");
      }
      case "answer" -> known.answered(World.AGENT_1, "8001");
      case "hangup" -> {
        known.talkEnds(World.AGENT_1, ClearedBy.CALLER);
        known.cleared(CallOutcome.ANSWERED, ClearedBy.CALLER);
      }
      case "miss" -> known.notAnswered();
      case "lost" -> {
        world.gatewayLost();
        web.clock.advance(Duration.ofSeconds(95));
      }
      case "back" -> world.gatewayLive();
      case "stop" -> running.stop();
      case "start" -> {
        running = web.restarted(web.port);
        running.start();
      }
      case "one-time" -> web.stores.accounts.mustChange("agent1");
      case "silent" -> world.silent = true;
      case "answers" -> world.silent = false;
      case "away" -> web.stores.away = true;
      case "here" -> web.stores.away = false;
      default -> System.out.println(word + " is not known");
    }
  }

  private void incident(String title, boolean closed) {
    Draft draft =
        new Draft(
            title,
            "",
            Optional.of(new StaffId("E0001")),
            "员工0001",
            World.KNOWN_NUMBER,
            "公司>财务部>会计科",
            Optional.of(new SiteId("hq")),
            Optional.of(World.DESKTOP),
            "电话",
            "末端服务和技术服务",
            "VPN",
            "咨询",
            IncidentLevel.IV,
            Optional.of(World.AGENT_1),
            List.of());
    if (web.stores.incidents.open(draft, title, "agent1") instanceof Saved.Opened opened
        && closed) {
      web.stores.incidents.change(
          opened.incident().id(),
          new Change(Optional.of(IncidentState.CLOSED), Optional.empty()),
          "agent1");
    }
  }
}
