package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.config.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmiActionTest {
  private static String encoded(AmiAction action) {
    ByteBuf out = Unpooled.buffer();
    AmiEncoder.encode(new AmiRequest("n1-1", action), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void headersInOrderWithTheLinksActionId() {
    AmiAction action =
        AmiAction.of("Originate")
            .with("Channel", "Local/8001@agents/n")
            .with("CallerID", "员工0001 <8001>")
            .with("Timeout", 30_000)
            .with("Async", true)
            .with("Account", Optional.empty())
            .withVariable("CTI_CALL", "c=1")
            .withVariable("CTI_DESK", "");
    assertEquals(
        """
        Action: Originate\r
        ActionID: n1-1\r
        Channel: Local/8001@agents/n\r
        CallerID: 员工0001 <8001>\r
        Timeout: 30000\r
        Async: true\r
        Variable: CTI_CALL=c=1\r
        Variable: CTI_DESK=\r
        \r
        """,
        encoded(action));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8001\r\nAction: Command",
        "8001\n",
        "8001\r",
        "\n",
        "a\u0000b",
        "a\u001Bb",
        "a\u007Fb"
      })
  void aValueThatWouldSmuggleInHeadersIsRefused(String value) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> AmiAction.of("QueueAdd").with("Member", value));
    assertTrue(refused.getMessage().contains("of header Member"), refused::getMessage);
    assertTrue(refused.getMessage().contains("control character 0x"), refused::getMessage);
    assertFalse(refused.getMessage().contains("\n"), "the message is one line");
    assertThrows(
        IllegalArgumentException.class, () -> AmiAction.of("Setvar").withVariable("X", value));
    assertThrows(IllegalArgumentException.class, () -> AmiAction.of(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A:B", "A\r\nB", "Action", "actionid"})
  void aHeaderNameThatIsNoneIsRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> AmiAction.of("Ping").with(name, "x"));
  }

  @Test
  void theOffendingValueIsShownUnlessSecret() {
    String shown =
        assertThrows(
                IllegalArgumentException.class,
                () -> AmiAction.of("Login").with("Secret", "hush\r\n"))
            .getMessage();
    assertFalse(shown.contains("hush"), shown);
    assertEquals(
        "value '8001\\r\\nX: 1' of header Interface has the control character 0x0D at position 4:"
            + " expected one line",
        assertThrows(
                IllegalArgumentException.class,
                () -> AmiAction.of("QueueAdd").with("Interface", "8001\r\nX: 1"))
            .getMessage());
  }

  @Test
  void whatAsteriskWouldCutIsRefused() {
    AmiAction action = AmiAction.of("Setvar");
    String longest = "厂".repeat((1022 - "Value: ".length()) / 3);
    action.with("Value", longest);
    assertThrows(IllegalArgumentException.class, () -> action.with("Value", longest + "厂"));
    AmiAction full = action;
    for (int i = 0; i < AmiAction.MOST_HEADERS; i++) {
      full = full.withVariable("V" + i, "1");
    }
    AmiAction most = full;
    assertThrows(IllegalArgumentException.class, () -> most.with("OneMore", "1"));
  }

  @Test
  void secretsDoNotShow() {
    String shown = AmiAction.of("Login").with("Username", "cti").with("Key", "0af1").toString();
    assertEquals("Login[Username: cti, Key: [REDACTED]]", shown);
    assertEquals("[REDACTED]", new Secret("hush").toString());
    assertFalse(new AmiLogin("cti", new Secret("hush"), "n1").toString().contains("hush"));
  }

  @Test
  void theProductsActions() {
    AmiActions.QueueSeat seat = new AmiActions.QueueSeat("cti-hq-erp", "Local/8001@cti-agents/n");
    assertEquals(
        "QueueAdd[Queue: cti-hq-erp, Interface: Local/8001@cti-agents/n, MemberName: agent8001,"
            + " StateInterface: Custom:8001, Penalty: 10, Paused: true]",
        AmiActions.queueAdd(
                seat, new AmiActions.QueueMember("agent8001", Optional.of("Custom:8001"), 10, true))
            .toString());
    assertEquals(
        "QueuePause[Queue: cti-hq-erp, Interface: Local/8001@cti-agents/n, Paused: false]",
        AmiActions.queuePause(seat, false, Optional.empty()).toString());
    AmiActions.DialplanPlace place = new AmiActions.DialplanPlace("cti-agents", "8002", 1);
    assertEquals(
        "Originate[Channel: Local/8001@cti-agents/n, Context: cti-agents, Exten: 8002, Priority: 1,"
            + " ChannelId: cti-77, Codecs: alaw,ulaw, Timeout: 20000, Async: true, Variable:"
            + " CTI_CALL=77]",
        AmiActions.originate(
                new AmiActions.Origination(
                    "Local/8001@cti-agents/n",
                    Optional.of("cti-77"),
                    List.of("alaw", "ulaw"),
                    place,
                    Optional.empty(),
                    Duration.ofSeconds(20),
                    Map.of("CTI_CALL", "77")))
            .toString());
    assertEquals(
        "BlindTransfer[Channel: DAHDI/1-1, Context: cti-agents, Exten: 8002]",
        AmiActions.blindTransfer("DAHDI/1-1", place).toString());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            AmiActions.attendedTransfer(
                "DAHDI/1-1", new AmiActions.DialplanPlace("cti-agents", "8002", 2)));
  }

  @Test
  void timeLimitsAreChecked() {
    assertEquals(
        Optional.of(Duration.ofSeconds(3)),
        AmiAction.of("Ping").within(Duration.ofSeconds(3)).timeLimit());
    assertThrows(IllegalArgumentException.class, () -> AmiAction.of("Ping").within(Duration.ZERO));
  }

  @Test
  void settingsSayWhatIsWrong() {
    for (Runnable wrong :
        List.<Runnable>of(
            () -> new AmiEndpoint("", 5038, Optional.empty()),
            () -> new AmiEndpoint("127.0.0.1", 0, Optional.empty()),
            () -> new AmiLogin("cti", new Secret("x"), "two words"),
            () -> new AmiLogin("c\nti", new Secret("x"), "n1"),
            () -> new AmiBounds(100, 4096, 1, 1),
            () -> new AmiBounds(4096, 128, 1, 1),
            () -> new AmiLogin("cti", new Secret(""), "n1"))) {
      String message = assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
      assertTrue(message.contains("expected"), message);
    }
  }
}
