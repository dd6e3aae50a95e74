package cti.bridge.phone.baresip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cti.bridge.phone.PhoneCall;
import cti.bridge.phone.PhoneStatus.Devices;
import cti.bridge.phone.PhoneStatus.Quality;
import cti.bridge.phone.baresip.BaresipMessage.Event;
import cti.bridge.phone.baresip.BaresipMessage.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What baresip 1.0.0 wrote, as it was seen. */
class BaresipTextTest {
  private static String reginfo(String state) {
    return "\n--- User Agents (1) ---\n> sip:8031@127.0.0.2                         "
        + state
        + "\n\n";
  }

  @Test
  void theAccountAndWhetherItIsRegistered() {
    assertEquals(
        Optional.of(new BaresipText.Account("8031", Optional.of(false), false)),
        BaresipText.account(reginfo("\u001b[33mzzz\u001b[;m  Expires 0s")));
    assertEquals(
        Optional.of(new BaresipText.Account("8031", Optional.of(true), false)),
        BaresipText.account(reginfo("\u001b[32mOK \u001b[;m 127.0.0.2:5060 Expires 54s")));
    assertEquals(
        Optional.of(new BaresipText.Account("8031", Optional.of(false), true)),
        BaresipText.account(reginfo("\u001b[31mERR\u001b[;m  Expires 0s")));
    // regint=0: reached by its address, it does not register.
    assertEquals(
        Optional.of(new BaresipText.Account("8031", Optional.of(true), false)),
        BaresipText.account(reginfo("")));
    assertEquals(Optional.empty(), BaresipText.account("\n--- User Agents (0) ---\n\n"));
  }

  @Test
  void theCallsThatLast() {
    assertEquals(List.of(), BaresipText.lines("\n--- Active calls (0) ---\n\n"));
    assertEquals(
        List.of(new BaresipText.Line(1, false, true), new BaresipText.Line(2, true, false)),
        BaresipText.lines(
            """

            --- Active calls (2) ---
              [line 1]  0:01:07  ESTABLISHED  (on hold)  sip:13900000019@127.0.0.2
            > [line 2]  0:00:02     INCOMING             sip:8007@127.0.0.2

            """));
  }

  @Test
  void aCallWithItsId() {
    String callstat =
        """

        ===== Call debug (%s) =====
         local_uri: (null) <sip:8031@127.0.0.2>
         peer_uri:  %s <sip:13900000019@127.0.0.2>
         af=AF_INET id=4bd1f2a66e6f4b5f
         direction: Incoming
        --- SDP session ---
        """;
    assertEquals(
        Optional.of(
            new PhoneCall(
                "4bd1f2a66e6f4b5f", true, "13900000019", "员工0001", PhoneCall.State.TALKING, false)),
        BaresipText.call(callstat.formatted("ESTABLISHED", "员工0001"), false));
    assertEquals(
        PhoneCall.State.HELD,
        BaresipText.call(callstat.formatted("ESTABLISHED", "(null)"), true).orElseThrow().state());
    PhoneCall ringing =
        BaresipText.call(callstat.formatted("INCOMING", "(null)"), false).orElseThrow();
    assertEquals(PhoneCall.State.RINGING, ringing.state());
    assertEquals("", ringing.name());
    assertEquals(Optional.empty(), BaresipText.call("\n(no active calls)\n", false));
  }

  @Test
  void theSoundDevicesOfACall() {
    assertEquals(
        Optional.of(new Devices("ausine,440", "aubridge,softphone")),
        BaresipText.devices(
            """

            --- Audio stream ---
             tx:   encode: PCMA 8000Hz/1ch ptime=20ms S16LE
                   source: ausine,440 S16LE
             rx:   decode: PCMA 8000Hz/1ch S16LE
                   player: aubridge,softphone S16LE
            """));
    assertEquals(Optional.empty(), BaresipText.devices("command not found (audio_debug)\n"));
  }

  @Test
  void responsesAndEvents() throws IOException {
    assertEquals(
        new Response("7", false, "command not found (hold)\n"),
        BaresipMessage.read(
            "{\"response\":true,\"ok\":false,\"data\":\"command not found (hold)\\n"
                + "\",\"token\":\"7\"}"));
    assertEquals(
        new Event(
            "CALL_INCOMING",
            "sip:8031@127.0.0.2",
            "73a1",
            true,
            "sip:13900000019@127.0.0.2",
            "",
            "sip:13900000019@127.0.0.2",
            Optional.empty()),
        BaresipMessage.read(
            "{\"event\":true,\"type\":\"CALL_INCOMING\",\"class\":\"call\","
                + "\"accountaor\":\"sip:8031@127.0.0.2\",\"direction\":\"incoming\","
                + "\"peeruri\":\"sip:13900000019@127.0.0.2\",\"id\":\"73a1\","
                + "\"param\":\"sip:13900000019@127.0.0.2\"}"));
    Event rtcp =
        (Event)
            BaresipMessage.read(
                "{\"event\":true,\"type\":\"CALL_RTCP\",\"id\":\"73a1\",\"param\":\"audio\","
                    + "\"rtcp_stats\":{\"tx\":{\"sent\":250,\"lost\":0,\"jit\":125},"
                    + "\"rx\":{\"sent\":990,\"lost\":10,\"jit\":2500},\"rtt\":1300}}");
    assertEquals(Optional.of(new Quality(10, 2500, 1300)), rtcp.quality());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "{\"hello\":1}", "[1]", "{\"event\":"})
  void garbageIsSaidToBeSo(String text) {
    assertThrows(Netstrings.GarbageException.class, () -> BaresipMessage.read(text));
  }
}
