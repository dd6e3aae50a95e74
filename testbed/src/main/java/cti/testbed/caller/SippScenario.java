package cti.testbed.caller;

/**
 * Writes a {@link CallerScript} as a SIPp scenario (SIPp 3.6). What happens is logged, a word a
 * line: answered, hung-up-here, hung-up-there, gave-up-ringing, refused.
 *
 * <p>A BYE, an answer or a refusal may come at any moment after the INVITE. SIPp takes a message at
 * any moment when it is declared as global before the one that it waits for.
 */
final class SippScenario {
  /** Final refusals that Asterisk and SIPp send (RFC 3261, section 21). */
  private static final int[] REFUSALS = {
    400, 401, 403, 404, 405, 408, 410, 415, 420, 480, 481, 482, 483, 484, 486, 487, 488, 491, 500,
    501, 502, 503, 504, 600, 603, 604, 606
  };

  private static final String SESSION =
      """
      v=0
      o=caller 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [media_ip]
      t=0 0
      m=audio [media_port] RTP/AVP 8
      a=rtpmap:8 PCMA/8000
      """;

  private final CallerScript script;
  private final String switchAddress;
  private final StringBuilder xml = new StringBuilder();
  private int sequence = 1;

  private SippScenario(CallerScript script, String switchAddress) {
    this.script = script;
    this.switchAddress = switchAddress;
  }

  static String of(CallerScript script, String switchAddress) {
    return new SippScenario(script, switchAddress).write();
  }

  private String write() {
    xml.append("<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n");
    xml.append("<scenario name=\"caller\">\n");
    send(request("INVITE", "", "Content-Type: application/sdp", SESSION), true);
    receiveGlobally("request=\"BYE\" next=\"hung-up-there\"");
    for (int code : REFUSALS) {
      receiveGlobally("response=\"%d\" next=\"refused\"".formatted(code));
    }
    for (int code : new int[] {180, 181, 183}) {
      receiveGlobally("response=\"%d\" next=\"ringing\"".formatted(code));
    }
    receiveGlobally("response=\"200\" next=\"answered\"");
    // The switch says 100 first. Patience is a pause and no time limit of a <recv>, and every
    // message
    // above has its jump: SIPp 3.6 forgets the limit and goes on behind a message that has none.
    xml.append("  <recv response=\"100\"/>\n");
    label("ringing");
    pause(script.patience().toMillis());
    writeGivingUp();
    label("answered");
    xml.append("  <nop>%s</nop>\n".formatted(log("answered")));
    send(request("ACK", "[peer_tag_param]", "", ""), false);
    for (CallerStep step : script.steps()) {
      write(step);
    }
    writeEnds();
    xml.append("</scenario>\n");
    return xml.toString();
  }

  private void write(CallerStep step) {
    switch (step) {
      case CallerStep.Waits(var time) -> pause(time.toMillis());
      case CallerStep.Presses(var key) -> {
        sequence++;
        String signal = "Signal=%s\nDuration=160\n".formatted(key);
        send(
            request("INFO", "[peer_tag_param]", "Content-Type: application/dtmf-relay", signal),
            true);
        xml.append("  <recv response=\"200\"/>\n");
      }
      case CallerStep.HangsUp() -> {
        sequence++;
        send(request("BYE", "[peer_tag_param]", "", ""), true);
        xml.append(
            "  <recv response=\"200\" next=\"gone\">%s</recv>\n".formatted(log("hung-up-here")));
      }
      case CallerStep.StaysOn() -> pause(86_400_000);
    }
  }

  private void writeGivingUp() {
    xml.append("  <nop>%s</nop>\n".formatted(log("gave-up-ringing")));
    send(inTransaction("CANCEL"), true);
    xml.append("  <recv response=\"200\"/>\n");
    xml.append("  <recv response=\"487\"/>\n");
    send(inTransaction("ACK"), false);
    xml.append("  <nop next=\"gone\"/>\n");
  }

  private void writeEnds() {
    label("hung-up-there");
    send(answer("200 OK"), false);
    // A nop, for SIPp cannot jump from a send.
    xml.append("  <nop next=\"gone\">%s</nop>\n".formatted(log("hung-up-there")));

    label("refused");
    send(inTransaction("ACK"), false);
    xml.append("  <nop next=\"gone\">%s</nop>\n".formatted(log("refused")));

    label("gone");
    // Answers what the far end repeats.
    xml.append("  <timewait milliseconds=\"200\"/>\n");
  }

  private String request(String method, String toTag, String contentType, String body) {
    return """
    %s sip:%s@%s SIP/2.0
    Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
    From: "%s" <sip:%s@[local_ip]>;tag=[pid]caller[call_number]
    To: <sip:%s@%s>%s
    Call-ID: [call_id]
    CSeq: %d %s
    Contact: <sip:%s@[local_ip]:[local_port]>
    Max-Forwards: 70
    %sContent-Length: [len]

    %s\
    """
        .formatted(
            method,
            script.to(),
            switchAddress,
            script.from(),
            script.from(),
            script.to(),
            switchAddress,
            toTag,
            sequence,
            method,
            script.from(),
            contentType.isEmpty() ? "" : contentType + "\n",
            body);
  }

  /**
   * ACK of a refusal and CANCEL belong to the INVITE: same Via branch (RFC 3261, 9.1, 17.1.1.3).
   */
  private String inTransaction(String method) {
    return """
    %s sip:%s@%s SIP/2.0
    [last_Via:]
    [last_From:]
    %s
    Call-ID: [call_id]
    CSeq: 1 %s
    Max-Forwards: 70
    Content-Length: 0

    """
        .formatted(
            method,
            script.to(),
            switchAddress,
            method.equals("ACK")
                ? "[last_To:]"
                : "To: <sip:%s@%s>".formatted(script.to(), switchAddress),
            method);
  }

  private static String answer(String status) {
    return """
    SIP/2.0 %s
    [last_Via:]
    [last_From:]
    [last_To:]
    [last_Call-ID:]
    [last_CSeq:]
    Content-Length: 0

    """
        .formatted(status);
  }

  private void send(String message, boolean repeats) {
    xml.append(
        "  <send%s><![CDATA[\n%s\n]]></send>\n"
            .formatted(repeats ? " retrans=\"500\"" : "", message));
  }

  private void receiveGlobally(String attributes) {
    xml.append("  <recv %s optional=\"global\"/>\n".formatted(attributes));
  }

  private void pause(long milliseconds) {
    xml.append("  <pause milliseconds=\"%d\"/>\n".formatted(milliseconds));
  }

  private void label(String name) {
    xml.append("  <label id=\"%s\"/>\n".formatted(name));
  }

  private static String log(String word) {
    return "<action><log message=\"%s\"/></action>".formatted(word);
  }
}
