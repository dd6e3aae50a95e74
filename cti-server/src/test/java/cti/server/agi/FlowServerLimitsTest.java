package cti.server.agi;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server bears: silence, floods, full mailboxes, a stop in the middle of a call. */
class FlowServerLimitsTest extends FlowServerFixture {
  @Test
  void aGatewayThatFallsSilentInTheDialogueIsLetGo() throws IOException {
    start(100, 300);
    try (AsteriskCall call = call().request("hotline", STRANGER, "8000", "", "")) {
      assertEquals("SET VARIABLE \"CTI_ACTION\" \"\"", call.readCommand());
      assertTrue(call.closedByServer());
      await().until(() -> server.counters().sessions() == 0);
      assertEquals(1, server.counters().silentGateways());
    }
  }

  @Test
  void aConnectionThatSaysNothingIsLetGo() throws IOException {
    start(100, 300);
    try (AsteriskCall call = call()) {
      assertTrue(call.closedByServer());
      assertEquals(1, server.counters().silentGateways());
    }
  }

  @Test
  void aRequestThatDripsIsLetGo() throws IOException {
    start(100, 300);
    try (AsteriskCall call = call()) {
      call.send("agi_network: yes\nagi_network_scr");
      assertTrue(call.closedByServer());
      assertEquals(1, server.counters().silentGateways());
    }
  }

  @Test
  void aLineWithoutEndIsLetGo() throws IOException {
    try (AsteriskCall call = call()) {
      call.send("x".repeat(9000));
      assertTrue(call.closedByServer());
      assertEquals(1, server.counters().silentGateways());
    }
  }

  @Test
  void aPortCheckIsNoFault() throws IOException {
    call().close();
    newCall(FACTORY_CALLER, "-");
    assertEquals(0, server.counters().silentGateways());
    assertEquals(1, server.counters().calls());
  }

  @Test
  void atTheCapACallerHearsAPromptAndIsLeftToTheStaticQueue() throws IOException {
    start(1, 20_000);
    try (AsteriskCall first = call().request("hotline", STRANGER, "8000", "", "")) {
      assertEquals("SET VARIABLE \"CTI_ACTION\" \"\"", first.readCommand());
      AsteriskCall second = newCall(STRANGER, "3");
      assertEquals("overload", second.heard());
      assertEquals("", second.variable("CTI_ACTION"));
      assertEquals(1, server.counters().overloaded());
      first.send("200 result=1\n");
      first.caller("2").run();
      assertEquals("cti-gz", first.variable("CTI_QUEUE"));
    }
    await().until(() -> server.counters().sessions() == 0);
    assertEquals("cti-sg", newCall(STRANGER, "3").variable("CTI_QUEUE"));
  }

  @Test
  void farBeyondTheCapConnectionsAreClosedAtOnce() throws IOException {
    start(1, 20_000);
    List<AsteriskCall> calls = new ArrayList<>();
    for (int i = 0; i < FlowServer.mostConnections(settings(0, 1, 1)); i++) {
      calls.add(call());
    }
    try (AsteriskCall tooMany = call()) {
      assertTrue(tooMany.closedByServer());
      assertEquals(1, server.counters().refusedConnections());
    }
    for (AsteriskCall call : calls) {
      call.close();
    }
  }

  @Test
  void aFullMailboxDoesNotStopACall() throws IOException {
    mailbox.full(true);
    AsteriskCall call = newCall(STRANGER, "3");
    assertEquals("cti-sg", call.variable("CTI_QUEUE"));
    assertEquals(3, server.counters().notTaken());
    mailbox.full(false);
    newCall(STRANGER, "3");
    assertEquals(3, mailbox.reports().size());
  }

  @Test
  void aStopEndsCallsUnderWay() throws IOException {
    try (AsteriskCall call = call().request("hotline", STRANGER, "8000", "", "")) {
      assertEquals("SET VARIABLE \"CTI_ACTION\" \"\"", call.readCommand());
      int port = server.port();
      server.close();
      assertTrue(call.closedByServer());
      assertThrows(IOException.class, () -> new AsteriskCall(port));
    }
  }

  @Test
  void aPortInUseIsOneClearMessage() throws IOException {
    start(1, 300);
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                FlowServer.start(
                    settings(server.port(), 1, 300),
                    sources(() -> directory),
                    PhoneDesks.without(mailbox),
                    System::nanoTime));
    assertEquals(
        "FastAGI cannot listen on 127.0.0.1 port "
            + server.port()
            + ": Address already in use; expected a free port on an address of this machine",
        refused.getMessage());
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertFalse(
        assertThrows(IllegalArgumentException.class, () -> settings(70000, 1, 1))
            .getMessage()
            .isEmpty());
    assertThrows(IllegalArgumentException.class, () -> settings(0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> settings(0, 1, 0));
  }
}
