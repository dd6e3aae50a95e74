package cti.bridge.pop;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import cti.bridge.LogLines;
import cti.bridge.phone.PhoneCall;
import cti.bridge.pop.PopRules.When;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisabledOnOs(OS.WINDOWS)
class ScreenPopTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  @TempDir Path folder;

  /** Stands still but for what a test says. */
  private final AtomicLong clock = new AtomicLong(System.nanoTime());

  private static JsonNode pop(String call, String number) {
    return JSON.readTree(
        """
        {"id":"p","call":"%s","agent":"1001","extension":"8031","number":"%s","callingName":"",
         "callers":[{"staff":"E0001","name":"员工0001"}],"keys":[{"node":"a","digits":"3"}],
         "waitedSeconds":7,"desk":"hq-erp","deskName":"本部(ERP)","queue":"cti-hq-erp"}\
        """
            .formatted(call, number));
  }

  private static JsonNode call(String id, String phase) {
    return JSON.readTree("{\"id\":\"" + id + "\",\"agent\":\"1001\",\"phase\":\"" + phase + "\"}");
  }

  private ScreenPop touching(When when) {
    Path made = folder.resolve("made");
    made.toFile().mkdirs();
    PopAction touch =
        new PopAction.RunCommand(
            Stream.of("touch", made + "/{call} {number} {caller}").map(PopTemplate::of).toList());
    return new ScreenPop(
        new PopRules(when, List.of(touch)), folder, new PopRunner(List.of("false")), clock::get);
  }

  private List<String> made() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("made"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void onceACallAlsoWhenTheBridgeIsStartedAnew() throws IOException {
    try (ScreenPop pop = touching(When.RING)) {
      pop.pop(pop("c1", "13900000019"), System.nanoTime());
      pop.pop(pop("c1", "13900000019"), System.nanoTime());
      await().until(() -> made().equals(List.of("c1 13900000019 员工0001")));
      assertEquals(1, pop.times().figures().count());
    }
    try (ScreenPop anew = touching(When.RING)) {
      Files.delete(folder.resolve("made/c1 13900000019 员工0001"));
      anew.pop(pop("c1", "13900000019"), System.nanoTime());
      anew.pop(pop("c2", "1"), System.nanoTime());
      await().until(() -> made().equals(List.of("c2 1 员工0001")));
    }
  }

  @Test
  void onAnswerItWaitsForTheTalkOfThisAgent() throws IOException {
    try (ScreenPop pop = touching(When.ANSWER)) {
      pop.pop(pop("c1", "1"), System.nanoTime());
      pop.call(call("c1", "ringing"), System.nanoTime());
      pop.call(call("c2", "talking"), System.nanoTime());
      assertEquals(0, pop.times().figures().count());
      pop.call(call("c1", "talking"), System.nanoTime());
      assertEquals(1, pop.times().figures().count());
      await().until(() -> made().size() == 1);
    }
  }

  @Test
  void switchedOffNothingComesUp() throws IOException {
    try (ScreenPop pop = touching(When.RING)) {
      pop.on(false);
      pop.pop(pop("c1", "1"), System.nanoTime());
      assertEquals(List.of(), made());
      pop.on(true);
      pop.pop(pop("c2", "1"), System.nanoTime());
      await().until(() -> made().size() == 1);
    }
  }

  /** The phone rang half a second before the server's word came. */
  @Test
  void theTimeIsCountedFromThePhonesRing() {
    try (ScreenPop pop = touching(When.RING)) {
      long now = clock.get();
      pop.rings(
          new PhoneCall("x", true, "1", "", PhoneCall.State.RINGING, false),
          now - TimeUnit.MILLISECONDS.toNanos(500));
      pop.pop(pop("c1", "1"), now);
      assertEquals(500_000, pop.times().figures().p99Micros());
      pop.pop(pop("c2", "1"), now);
      assertEquals(0, pop.times().figures().p50Micros(), "the ring counts for one call");
    }
  }

  /** Where the server was quicker than the phone, its ring is not that of the next call. */
  @Test
  void aRingBehindTheServersWordCountsForNoOtherCall() {
    try (ScreenPop pop = touching(When.RING)) {
      long now = clock.get();
      pop.pop(pop("c1", "1"), now);
      pop.rings(
          new PhoneCall("x", true, "1", "", PhoneCall.State.RINGING, false),
          now - TimeUnit.MILLISECONDS.toNanos(400));
      // A later revision, with earlier incidents, is not another ring either.
      pop.pop(pop("c1", "1"), now);
      pop.pop(pop("c2", "1"), now);
      assertEquals(2, pop.times().figures().count());
      assertEquals(0, pop.times().figures().p99Micros(), "counted from the word");
      assertEquals(0, pop.waits().figures().p99Micros());
    }
  }

  @Test
  void whatTheTimeIsMadeOfIsKnown() {
    try (ScreenPop pop = touching(When.RING)) {
      long now = clock.get();
      pop.rings(
          new PhoneCall("x", true, "1", "", PhoneCall.State.RINGING, false),
          now - TimeUnit.MILLISECONDS.toNanos(300));
      clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(20));
      Instant begin = Instant.now();
      pop.pop(pop("c1", "1"), now);
      assertEquals(300_000, pop.waits().figures().p99Micros());
      assertEquals(20_000, pop.starts().figures().p99Micros());
      assertEquals(320_000, pop.times().figures().p99Micros());
      ScreenPop.Newest newest = pop.newest().orElseThrow();
      assertEquals("c1", newest.call());
      assertEquals(300_000, newest.waitMicros());
      assertEquals(20_000, newest.startMicros());
      Instant popped = newest.rangAt().plusMillis(320);
      assertFalse(popped.isBefore(begin) || popped.isAfter(Instant.now()), newest.toString());
    }
  }

  @Test
  void aRehearsalStartsNothingOfItsOwn() throws IOException {
    try (ScreenPop pop = touching(When.RING)) {
      pop.rehearse();
      assertEquals(List.of(), made());
      assertEquals(0, pop.times().figures().count());
      pop.pop(pop("c1", "1"), System.nanoTime());
      await().until(() -> made().equals(List.of("c1 1 员工0001")));
    }
  }

  @Test
  void valuesAreArgumentsWhateverTheyHold() throws IOException {
    try (ScreenPop pop = touching(When.RING)) {
      pop.pop(pop("c1", "$(reboot); {call} `x`"), System.nanoTime());
      await().until(() -> made().equals(List.of("c1 $(reboot); {call} `x` 员工0001")));
    }
  }

  @Test
  void aProgramThatIsNotThereIsNoPop() {
    PopAction missing = new PopAction.RunCommand(List.of(PopTemplate.of("/nowhere/program")));
    try (LogLines log = LogLines.read();
        ScreenPop pop = new ScreenPop(new PopRules(When.RING, List.of(missing)), folder)) {
      pop.pop(pop("c1", "1"), System.nanoTime());
      assertEquals(0, pop.times().figures().count());
      assertEquals(1, log.warnings().size(), log.warnings().toString());
      String said = log.warnings().getFirst();
      // Between them are the JDK's own words.
      assertTrue(said.startsWith("pop: /nowhere/program does not start: "), said);
      assertTrue(said.endsWith("; expected a program that is there"), said);
      assertEquals(1, said.lines().count(), said);
    }
  }

  @Test
  void aProgramThatEndsWithAFaultIsSaidToHaveDoneSo() {
    PopAction fails = new PopAction.RunCommand(List.of(PopTemplate.of("false")));
    try (LogLines log = LogLines.read();
        ScreenPop pop = new ScreenPop(new PopRules(When.RING, List.of(fails)), folder)) {
      pop.pop(pop("c1", "1"), System.nanoTime());
      await().until(() -> !log.warnings().isEmpty());
      assertEquals(List.of("pop: false ended with 1"), log.warnings());
    }
  }

  @Test
  void aProgramThatTakesNoJsonIsSaidToBeAway() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    URI address = URI.create("http://127.0.0.1:" + nobody + "/pop");
    PopRules rules = new PopRules(When.RING, List.of(new PopAction.PostJson(address)));
    try (LogLines log = LogLines.read();
        ScreenPop pop = new ScreenPop(rules, folder)) {
      pop.pop(pop("c1", "1"), System.nanoTime());
      await().until(() -> !log.warnings().isEmpty());
      assertEquals(
          List.of("pop: " + address + " does not take it: nobody answers there"), log.warnings());
    }
  }

  @Test
  void jsonGoesToAProgramOnThisComputer() throws IOException, InterruptedException {
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/pop",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/pop");
    PopRules rules = new PopRules(When.RING, List.of(new PopAction.PostJson(address)));
    try (ScreenPop pop = new ScreenPop(rules, folder)) {
      pop.pop(pop("c1", "13900000019"), System.nanoTime());
      JsonNode body = JSON.readTree(bodies.poll(10, TimeUnit.SECONDS));
      assertEquals("员工0001", body.path("caller").asString());
      assertEquals("E0001", body.path("staff").asString());
      assertEquals("3", body.path("keys").asString());
      assertEquals(PopField.words(), List.copyOf(body.propertyNames()));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAddressIsOpenedWithItsValuesEncoded() throws IOException {
    Path made = Files.createDirectory(folder.resolve("made"));
    // Stands for the browser: it is handed the address behind its own words.
    PopRunner runner = new PopRunner(List.of("sh", "-c", "printf %s \"$0\" > '" + made + "/url'"));
    PopAction open =
        new PopAction.OpenUrl(PopTemplate.of("https://crm.example/?n={number}&c={caller}"));
    try (ScreenPop pop =
        new ScreenPop(new PopRules(When.RING, List.of(open)), folder, runner, clock::get)) {
      pop.pop(pop("c1", "+86 1&x"), System.nanoTime());
      await().until(() -> Files.exists(made.resolve("url")) && Files.size(made.resolve("url")) > 0);
      assertEquals(
          "https://crm.example/?n=%2B86+1%26x&c=%E5%91%98%E5%B7%A50001",
          Files.readString(made.resolve("url")));
    }
  }

  /** Several people have the number: none is picked. */
  @Test
  void severalCallersHaveNoName() {
    JsonNode several =
        JSON.readTree("{\"call\":\"c\",\"callers\":[{\"name\":\"a\"},{\"name\":\"b\"}]}");
    assertEquals("", ScreenPop.values(several).get(PopField.CALLER));
    assertEquals("2", ScreenPop.values(several).get(PopField.CALLERS));
  }

  @Test
  void aFieldThatThereIsNotIsSaidToBeNone() {
    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, () -> PopTemplate.of("{nummer}"));
    assertTrue(fault.getMessage().contains("{nummer}, expected one of [call, number"));
    assertEquals(
        "a  b", PopTemplate.of("a {desk} b").fill(java.util.Map.of(), UnaryOperator.identity()));
  }
}
