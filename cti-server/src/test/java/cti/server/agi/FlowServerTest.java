package cti.server.agi;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.directory.DirectoryIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FastAGI over a real socket with the shipped flow and the sample directory. */
class FlowServerTest extends FlowServerFixture {
  @Test
  void aKnownCallerFromAFactoryLandsAtTheFactorysDesk() throws IOException {
    AsteriskCall call = newCall(FACTORY_CALLER, "-");
    assertEquals("welcome factory-offer", call.heard());
    assertEquals("queue", call.variable("CTI_ACTION"));
    assertEquals("cti-gz", call.variable("CTI_QUEUE"));
    assertEquals("0", call.variable("CTI_PRIORITY"));
    assertEquals("90", call.variable("CTI_TIMEOUT"));
    assertEquals("t/0.0/site-gz/0/12pw-zh/hotline/desk-queue/gz/", call.variable("CTI_RESUME"));
    assertEquals("ANSWER", call.commands().get(1));
    assertEquals(
        List.of(
            WHO + "caller 13900000025 is [E0025]",
            WHO + "factory-offer got ''",
            WHO + "desk gz queue cti-gz by site-gz"),
        mailbox.reports());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "!4"})
  void aFactoryCallerReachesAHeadquartersDeskByKey(String key) throws IOException {
    AsteriskCall call = newCall(FACTORY_CALLER, key);
    assertEquals("cti-hq-erp", call.variable("CTI_QUEUE"));
    assertEquals(WHO + "desk hq-erp queue cti-hq-erp by choice-erp", mailbox.reports().getLast());
  }

  @Test
  void aKeyDuringThePromptEndsIt() throws IOException {
    AsteriskCall call = newCall(HEADQUARTERS_CALLER, "!2");
    assertEquals("welcome", call.heard());
    assertEquals("cti-hq-oa", call.variable("CTI_QUEUE"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, hq-desktop, welcome headquarters-menu",
    "2, hq-oa, welcome headquarters-menu",
    "3, hq-project, welcome headquarters-menu",
    "4, hq-erp, welcome headquarters-menu",
    "5, hq-itil, welcome headquarters-menu",
    "6, hq-marketing, welcome headquarters-menu recording-announcement",
    "7, hq-asset, welcome headquarters-menu",
    "8, hq-mes, welcome headquarters-menu",
    "0, hq-desktop, welcome headquarters-menu"
  })
  void aHeadquartersCallerLandsAtTheDeskOfTheKey(String key, String desk, String heard)
      throws IOException {
    AsteriskCall call = newCall(HEADQUARTERS_CALLER, key);
    assertEquals(heard, call.heard());
    assertEquals("cti-" + desk, call.variable("CTI_QUEUE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {STRANGER, "", "anonymous", "13900000099", "4950"})
  void anUnknownOrAmbiguousCallerGetsTheGeneralMenu(String callerId) throws IOException {
    AsteriskCall call = newCall(callerId, "3");
    assertEquals("welcome general-menu", call.heard());
    assertEquals("cti-sg", call.variable("CTI_QUEUE"));
  }

  @Test
  void allMatchesAreReportedAndNonePicked() throws IOException {
    newCall("13900000099", "3");
    assertEquals(WHO + "caller 13900000099 is [E0023, E0034]", mailbox.reports().getFirst());
  }

  @Test
  void threeWrongKeysLeadToTheDesktopDesk() throws IOException {
    AsteriskCall call = newCall(STRANGER, "9", "!9", "#");
    assertEquals(
        "welcome general-menu wrong-key general-menu wrong-key general-menu to-desktop",
        call.heard());
    assertEquals("cti-hq-desktop", call.variable("CTI_QUEUE"));
    assertEquals(
        List.of(
            WHO + "caller 13800000001 is []",
            WHO + "general-menu got '9'",
            WHO + "general-menu got '9'",
            WHO + "general-menu got '#'",
            WHO + "desk hq-desktop queue cti-hq-desktop by flow:desktop-queue"),
        mailbox.reports());
  }

  @Test
  void threeTimesNoKeyIsHungUpWithAnAnnouncement() throws IOException {
    AsteriskCall call = newCall(HEADQUARTERS_CALLER, "-", "-", "-");
    assertEquals(
        "welcome headquarters-menu no-key headquarters-menu no-key headquarters-menu"
            + " no-key-goodbye",
        call.heard());
    assertEquals("hangup", call.variable("CTI_ACTION"));
    assertEquals("not set", call.variable("CTI_QUEUE"));
    assertEquals(WHO + "over at bye", mailbox.reports().getLast());
  }

  @ParameterizedTest
  @CsvSource({
    "hotline/desk-queue/gz/, TIMEOUT, overflow, queue, cti-hq-desktop",
    "hotline/desk-queue/hq-erp/erp, LEAVEEMPTY, overflow, queue, cti-hq-desktop",
    "hotline/desk-queue/hq-desktop/desktop, FULL, sorry, hangup, not set",
    "hotline/desktop-queue/hq-desktop/, TIMEOUT, sorry, hangup, not set",
    "hotline/desk-queue/gz/, CONTINUE, '', hangup, not set",
    // what cannot be is left to the static queue
    "hotline/desk-queue/gz/, NOSUCHQUEUE, '', '', not set",
    "hotline/desk-queue/gz/, GARBAGE, '', '', not set",
    "hotline/desk-queue/gz/, '', '', '', not set",
    "nonsense, TIMEOUT, '', '', not set",
  })
  void aCallComesBackFromTheQueue(
      String resume, String status, String heard, String action, String queue) throws IOException {
    AsteriskCall call = call().request("hotline", FACTORY_CALLER, "8000", resume, status).run();
    assertEquals(heard, call.heard());
    assertEquals(action, call.variable("CTI_ACTION"));
    assertEquals(queue, call.variable("CTI_QUEUE"));
    assertTrue(
        mailbox.reports().stream().noneMatch(report -> report.contains("caller")),
        "looked up once a call");
  }

  @ParameterizedTest
  @CsvSource({
    "13900000025, !hangup",
    "13900000025, hangup",
    "13900000001, !hangup",
    "13900000001, hangup",
    "13800000001, 9 !hangup",
    "13800000001, 9 hangup",
    "13800000001, - - - !hangup",
    "13800000001, !reset",
    "13800000001, reset",
    "13800000001, 9 reset",
  })
  void aHangUpAnywhereEndsTheScriptQuietly(String callerId, String doings) throws IOException {
    for (boolean exits : new boolean[] {false, true}) {
      AsteriskCall call = call().request("hotline", callerId, "8000", "", "");
      if (exits) {
        call.exitsOnHangup();
      }
      call.caller(doings.split(" ")).run();
      assertEquals("", call.variable("CTI_ACTION"));
    }
    await().until(() -> server.counters().sessions() == 0);
    assertEquals(0, server.counters().fellBack());
    assertEquals(0, server.counters().silentGateways());
    assertTrue(mailbox.reports().stream().noneMatch(report -> report.contains("over at")));
  }

  @Test
  void aPromptThatTheGatewayLacksLeavesTheCallToTheStaticQueue() throws IOException {
    AsteriskCall call =
        call()
            .request("hotline", STRANGER, "8000", "", "")
            .withoutPrompt("cti/zh/general-menu")
            .run();
    assertEquals("", call.variable("CTI_ACTION"));
    assertEquals(1, server.counters().fellBack());
  }

  @Test
  void packetsMayBeCutAnywhere() throws IOException {
    AsteriskCall call =
        call().requestByteByByte("hotline", FACTORY_CALLER, "8000", "", "").caller("!4").run();
    assertEquals("cti-hq-erp", call.variable("CTI_QUEUE"));
  }

  @Test
  void fiftyCallsAtOnceDoNotMix() throws Exception {
    // The fixture's clock goes on with every key of every call: fifty together would be out of
    // time.
    start(100, 20_000, System::nanoTime);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String key = Integer.toString(2 + i % 4);
      calls.add(() -> key + newCall(STRANGER, "9", "-", key).variable("CTI_QUEUE"));
    }
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<String> seen = new TreeSet<>();
      for (Future<String> call : callers.invokeAll(calls)) {
        seen.add(call.get());
      }
      assertEquals(Set.of("2cti-gz", "3cti-sg", "4cti-mz", "5cti-zj"), seen);
    }
    assertEquals(50, server.counters().calls());
  }

  @Test
  void pingReturnsAtOnce() throws IOException {
    AsteriskCall call = call().request("ping", STRANGER).run();
    // Not even a variable: each command is a round trip.
    assertEquals(List.of(), call.commands());
    assertEquals(List.of(), mailbox.reports());
  }

  @Test
  void anUnknownScriptDoesNothing() throws IOException {
    AsteriskCall call = call().request("nonsense", STRANGER).run();
    assertEquals("not set", call.variable("CTI_ACTION"));
  }

  @Test
  void anEditOfTheDirectoryTakesEffectWithTheNextCall() throws IOException {
    AtomicReference<DirectoryIndex> current = new AtomicReference<>(DirectoryIndex.empty());
    server =
        FlowServer.start(
            settings(0, 100, 20_000),
            sources(current::get),
            PhoneDesks.without(mailbox),
            System::nanoTime);
    assertEquals("welcome general-menu", newCall(FACTORY_CALLER, "3").heard());
    current.set(directory);
    assertEquals("welcome factory-offer", newCall(FACTORY_CALLER, "-").heard());
  }
}
