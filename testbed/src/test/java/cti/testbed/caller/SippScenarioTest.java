package cti.testbed.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SippScenarioTest {
  private static final CallerScript MENU =
      CallerScript.from("13900000001")
          .givesUpRingingAfter(Duration.ofSeconds(7))
          .waits(Duration.ofMillis(1500))
          .presses('3')
          .presses('#')
          .hangsUp();

  @Test
  void everyMessageInTheOrderOfTheScript() throws Exception {
    List<String> sent = new ArrayList<>();
    NodeList messages = parse(SippScenario.of(MENU, "127.0.0.2:5060")).getElementsByTagName("send");
    for (int i = 0; i < messages.getLength(); i++) {
      sent.add(messages.item(i).getTextContent().strip().split(" ")[0]);
    }

    // Before the script's own: giving up; behind: the answer to a BYE, the ACK of a refusal.
    assertEquals(
        List.of("INVITE", "CANCEL", "ACK", "ACK", "INFO", "INFO", "BYE", "SIP/2.0", "ACK"), sent);
  }

  @Test
  void everyRequestOfTheDialogHasItsOwnSequenceNumber() {
    String scenario = SippScenario.of(MENU, "127.0.0.2:5060");

    assertTrue(scenario.contains("CSeq: 1 INVITE"), scenario);
    assertTrue(scenario.contains("CSeq: 1 ACK"), scenario);
    assertTrue(scenario.contains("CSeq: 2 INFO"), scenario);
    assertTrue(scenario.contains("CSeq: 3 INFO"), scenario);
    assertTrue(scenario.contains("CSeq: 4 BYE"), scenario);
    assertTrue(scenario.contains("Signal=3\n"), scenario);
    assertTrue(scenario.contains("Signal=#\n"), scenario);
  }

  @Test
  void everyJumpHasItsLabelAndPatienceIsTheFirstPause() throws Exception {
    Element scenario = parse(SippScenario.of(MENU, "127.0.0.2:5060"));
    List<String> labels = new ArrayList<>();
    NodeList found = scenario.getElementsByTagName("label");
    for (int i = 0; i < found.getLength(); i++) {
      labels.add(((Element) found.item(i)).getAttribute("id"));
    }
    NodeList all = scenario.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      String target = ((Element) all.item(i)).getAttribute("next");
      assertTrue(target.isEmpty() || labels.contains(target), target);
    }
    Element first = (Element) scenario.getElementsByTagName("pause").item(0);
    assertEquals("7000", first.getAttribute("milliseconds"));
  }

  @Test
  void scriptsThatNoCallerCanFollow() {
    assertFault("'12a'", () -> CallerScript.from("12a").hangsUp());
    assertFault("'x'", () -> CallerScript.from("13900000001").presses('x'));
    assertFault("PT0S", () -> CallerScript.from("13900000001").waits(Duration.ZERO));
    assertFault(
        "as the last",
        () ->
            new CallerScript(
                "13900000001",
                "8000",
                Duration.ofSeconds(1),
                List.of(new CallerStep.HangsUp(), new CallerStep.Presses('1'))));
    assertFault(
        "without steps",
        () -> new CallerScript("13900000001", "8000", Duration.ofSeconds(1), List.of()));
  }

  private static void assertFault(String word, Runnable draft) {
    var fault = assertThrows(IllegalArgumentException.class, draft::run);
    assertTrue(fault.getMessage().contains(word), fault.getMessage());
  }

  private static Element parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.ISO_8859_1)))
        .getDocumentElement();
  }
}
