package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmiMessageTest {
  private static AmiMessage message(String... lines) {
    return AmiMessage.parse(String.join("\r\n", lines) + "\r\n\r\n", 7);
  }

  @Test
  void headerNamesAreFoundInAnyCase() {
    AmiMessage event = message("Event: Newchannel", "Uniqueid: 1763700000.1", "Exten: 2000");
    assertEquals("1763700000.1", event.get("UNIQUEID"));
    assertEquals("1763700000.1", event.get("UniqueID"));
    assertEquals("2000", event.get("exten"));
    assertNull(event.get("Exte"));
    assertNull(event.get("Extens"));
    assertNull(event.get("xten"));
    assertTrue(event.has("EXTEN"));
    assertFalse(event.has("Context"));
    assertEquals(7, event.receivedNanos());
  }

  @Test
  void punctuationThatDiffersByTheCaseBitIsAnotherName() {
    // '@' and '`', '[' and '{' differ in the bit that tells a letter's case.
    AmiMessage event = message("Event: X", "A[1]: one");
    assertEquals("one", event.get("a[1]"));
    assertNull(event.get("A{1}"));
  }

  @Test
  void valuesAreExact() {
    AmiMessage event =
        message(
            "Event: VarSet",
            "Empty:",
            "EmptyWithSpace: ",
            "Tight:value",
            "Colons: sip:8001@10.0.0.1:5060;transport=udp",
            "Wide:   two leading spaces kept",
            "Trailing: kept  ",
            "ConnectedLineName: 公司本部 员工0001",
            ":no name",
            "no colon at all");
    assertEquals("", event.get("Empty"));
    assertEquals("", event.get("EmptyWithSpace"));
    assertEquals("value", event.get("Tight"));
    assertEquals("sip:8001@10.0.0.1:5060;transport=udp", event.get("Colons"));
    assertEquals("  two leading spaces kept", event.get("Wide"));
    assertEquals(
        "kept  ", AmiMessage.parse("Event: X\nTrailing: kept  \nEnd: 1", 0).get("Trailing"));
    assertEquals("公司本部 员工0001", event.get("connectedlinename"));
    assertEquals("no name", event.get(""));
    assertEquals(9, event.headers().size(), "the line without a colon is no header");
  }

  @Test
  void repeatedHeadersKeepTheirOrder() {
    AmiMessage reply =
        message(
            "Response: Success",
            "Message: Command output follows",
            "Output: Name/username   Host",
            "Output:",
            "Output: 8001: 10.0.0.1",
            "ActionID: a-1");
    assertEquals(List.of("Name/username   Host", "", "8001: 10.0.0.1"), reply.getAll("output"));
    assertEquals("Name/username   Host", reply.get("Output"));
    assertEquals(List.of(), reply.getAll("Variable"));
    assertEquals("a-1", reply.actionId());
  }

  @Test
  void theFirstLineSaysWhatItIs() {
    AmiMessage originated =
        message("Event: OriginateResponse", "ActionID: a-9", "Response: Failure");
    assertTrue(originated.isEvent());
    assertEquals("OriginateResponse", originated.eventName());
    AmiMessage response = message("response: Success", "Event: 1");
    assertTrue(response.isResponse());
    assertNull(response.eventName());
    assertEquals(AmiMessage.Type.EVENT, message("Privilege: call,all", "Event: X").type());
    assertEquals(AmiMessage.Type.RESPONSE, message("ActionID: 1", "Response: Error").type());
    assertEquals(AmiMessage.Type.UNKNOWN, message("Hello: world").type());
  }

  @Test
  void aTextIsMadeOnce() {
    AmiMessage event = message("Event: Newstate", "Channel: DAHDI/1-1");
    assertSame(event.get("Channel"), event.get("CHANNEL"));
  }

  @Test
  void timestampOfTheGateway() {
    assertEquals(
        Instant.ofEpochSecond(1763700000L, 123_456_000),
        message("Event: X", "Timestamp: 1763700000.123456").timestamp());
    assertEquals(
        Instant.ofEpochSecond(1763700000L),
        message("Event: X", "Timestamp: 1763700000").timestamp());
    assertNull(message("Event: X").timestamp());
    for (String wrong : List.of("", ".5", "12a.5", "1.5x", "-1", "999999999999.0", "2026-11-21")) {
      assertNull(message("Event: X", "Timestamp: " + wrong).timestamp(), wrong);
    }
  }

  @Test
  void secretsDoNotShow() {
    String shown =
        message(
                "Response: Success",
                "Challenge: 12345",
                "Secret: abc",
                "Key: 0123",
                "Password: x1",
                "ChanVariable: TRUNK_PASSWORD=x2",
                "ChanVariable: LANGUAGE=zh")
            .toString();
    for (String secret : List.of("12345", "abc", "0123", "x1", "x2")) {
      assertFalse(shown.contains(secret), shown);
    }
    assertTrue(shown.contains("ChanVariable: LANGUAGE=zh"), shown);
    String varSet = message("Event: VarSet", "Variable: API_TOKEN", "Value: x3").toString();
    assertFalse(varSet.contains("x3"), varSet);
    assertTrue(varSet.contains("Variable: API_TOKEN"), varSet);
  }

  @Test
  void parseRefusesWhatIsNotOneMessage() {
    assertThrows(IllegalArgumentException.class, () -> AmiMessage.parse("\r\n", 0));
    assertThrows(IllegalArgumentException.class, () -> AmiMessage.parse("A: 1\n\nB: 2", 0));
  }
}
