package cti.testbed.faults;

import static cti.testbed.faults.Told.CALLER;
import static cti.testbed.faults.Told.DETAILS;
import static cti.testbed.faults.Told.QUEUE_LOG;
import static cti.testbed.faults.Told.call;
import static cti.testbed.faults.Told.details;
import static cti.testbed.faults.Told.queueLog;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.testbed.faults.GatewayCall.Role;
import cti.testbed.faults.GatewayCall.Stay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Callers who were handed on, and colleagues who were asked. */
class GatewayHandOnsTest {
  /**
   * As a gateway told it: app_queue says COMPLETEAGENT where the agent left the two to themselves.
   */
  @Test
  void whoHangsUpInAConsultationHandsTheCallerOver() {
    String log =
        """
        1795807573|1795807569.4457|cti-load-sg|NONE|ENTERQUEUE||12400000007|4
        1795807575|1795807569.4457|cti-load-sg|2120|CONNECT|2|1795807573.4534|1
        1795807584|1795807569.4457|cti-load-sg|2120|COMPLETEAGENT|2|9|4
        """;
    String lines =
        """
        "1795807569.4457","1795807573.4535","2584","8166","8120","cti-agents","Local/8120@cti-agents-12a;2","PJSIP/ipoffice-793","Dial","1795807573.929106","1795807575.135444","1795807584.544943","ANSWERED"
        "1795807569.4457","1795807573.4534","3119","8120","8000","cti-agents","Local/8120@cti-agents-12a;1","Local/8166@cti-transfer-197;1","AppQueue","1795807582.397213","1795807582.397213","1795807584.546666","ANSWERED"
        "1795807569.4457","1795807582.5122","3275","8166","8166","cti-transfer","Local/8166@cti-transfer-197;1","","","1795807584.548978","1795807584.548978","1795807587.842496","ANSWERED"
        "1795807569.4457","1795807582.5123","3116","12400000007","8166","cti-transfer-agent","Local/8166@cti-transfer-197;2","Local/8166@cti-agents-198;1","Dial","1795807582.395497","1795807582.811297","1795807587.843069","ANSWERED"
        "1795807569.4457","1795807569.4457","2508","12400000007","8000","cti-hotline","PJSIP/ipoffice-76a","Local/8120@cti-agents-12a;1","Queue","1795807569.823576","1795807569.834175","1795807582.397033","ANSWERED"
        "1795807569.4457","1795807569.4457","3276","12400000007","8000","cti-hotline","PJSIP/ipoffice-76a","Local/8166@cti-transfer-197;1","Queue","1795807582.397033","1795807582.397033","1795807587.841967","ANSWERED"
        "1795807569.4457","1795807582.5125","3118","12400000007","8166","cti-agents","Local/8166@cti-agents-198;2","PJSIP/ipoffice-833","Dial","1795807582.396537","1795807582.808786","1795807587.843756","ANSWERED"
        """;
    GatewayCall call = call(log, lines);
    assertTrue(call.transferred());
    assertEquals(
        List.of(Role.TRANSFERRED_TO),
        call.handedOn().stream().map(GatewayCall.HandedOn::role).toList());
    String stays = lines.replace("1795807584.544943", "1795807586.544943");
    GatewayCall conference = call(log, stays);
    assertEquals(
        List.of(Role.CONFERENCED),
        conference.handedOn().stream().map(GatewayCall.HandedOn::role).toList());
  }

  /**
   * As a gateway told it that had stood still: nobody was reached, so the consultation fell to the
   * static queue, and the caller was handed on to it and left.
   */
  @Test
  void whoWaitsForAConsultationThatWasSentOnToAQueueStaysThere() {
    String log =
        """
        1795862880|1795862876.47910|cti-load-sg|NONE|ENTERQUEUE||12400000007|4
        1795862881|1795862876.47910|cti-load-sg|2114|CONNECT|1|1795862880.48011|1
        1795862906|1795862876.47910|cti-load-sg|2114|ATTENDEDTRANSFER|BRIDGE|a099c8be|1|25|4
        1795862906|1795862905.48194|cti-fallback|NONE|ENTERQUEUE||8124|1
        1795862906|1795862905.48185|cti-fallback|NONE|ENTERQUEUE||12400000007|2
        1795862906|1795862905.48185|cti-fallback|8002|RINGCANCELED|92
        1795862906|1795862905.48185|cti-fallback|NONE|ABANDON|2|2|0
        """;
    String lines =
        """
        "1795862876.47910","1795862880.48012","35480","81","8114","cti-agents","Local/8114@cti-agents-1c;2","PJSIP/ipoffice-2f4c","Dial","1795862880.674572","1795862881.892622","1795862906.354379","ANSWERED"
        "1795862876.47910","1795862876.47910","35387","12400000007","8000","cti-hotline","PJSIP/ipoffice-2f1d","Local/8114@cti-agents-1c;1","Queue","1795862876.675577","1795862876.685359","1795862905.805283","ANSWERED"
        "1795862876.47910","1795862876.47910","35731","12400000007","8000","cti-hotline","PJSIP/ipoffice-2f1d","Local/81@cti-transfer-40;1","Queue","1795862905.805283","1795862905.805283","1795862906.367592","ANSWERED"
        "1795862876.47910","1795862905.48202","35640","8114","81","cti-agents","Local/81@cti-agents-46;2","PJSIP/ipoffice-2f9a","Dial","1795862905.784603","0.000000","1795862906.533267","NO ANSWER"
        "1795862876.47910","1795862905.48202","35765","8114","81","cti-agents","Local/81@cti-agents-46;2","","Congestion","1795862906.533369","0.000000","1795862906.534251","CONGESTION"
        "1795862876.47910","1795862880.48011","35656","8114","8000","cti-agents","Local/8114@cti-agents-1c;1","Local/81@cti-transfer-40;1","AppQueue","1795862905.852141","1795862905.852141","1795862906.361182","ANSWERED"
        "1795862876.47910","1795862905.48184","35730","81","81","cti-transfer","Local/81@cti-transfer-40;1","","","1795862906.364500","1795862906.548238","1795862906.701588","ANSWERED"
        "1795862876.47910","1795862905.48185","35627","8114","81","cti-transfer-agent","Local/81@cti-transfer-40;2","Local/81@cti-agents-46;1","Dial","1795862905.651851","0.000000","1795862906.533817","CONGESTION"
        "1795862876.47910","1795862905.48185","35761","8114","s","cti-fallback","Local/81@cti-transfer-40;2","Local/8002@cti-agents-4c;1","Queue","1795862906.534081","1795862906.548196","1795862906.702017","NO ANSWER"
        "1795862876.47910","1795862906.48428","35772","8114","8002","cti-agents","Local/8002@cti-agents-4c;2","PJSIP/ipoffice-2fed","Dial","1795862906.609085","0.000000","1795862906.706228","NO ANSWER"
        """;
    List<GatewayCall> calls = GatewayCalls.of(queueLog(log), details(lines), Set.of(CALLER));
    assertEquals(1, calls.size(), "a channel of the call is no call of its own");
    GatewayCall call = calls.getFirst();
    assertEquals(
        List.of("cti-load-sg", "cti-fallback"), call.stays().stream().map(Stay::queue).toList());
    Stay fallback = call.stays().getLast();
    assertEquals(Optional.of("ABANDON"), fallback.end());
    assertEquals(
        List.of("8002"), fallback.rings().stream().map(GatewayCall.Ring::extension).toList());
    assertEquals(
        List.of("8114"),
        call.stays().getFirst().rings().stream().map(GatewayCall.Ring::extension).toList());
    assertEquals(
        List.of("81"), call.handedOn().stream().map(each -> each.ring().extension()).toList());
    assertEquals(
        List.of(Role.TRANSFERRED_TO),
        call.handedOn().stream().map(GatewayCall.HandedOn::role).toList());
  }

  /** As a gateway told it: who asked left two milliseconds behind the answer and never heard it. */
  @Test
  void whoseAnswerCameToNobodyWasAskedInVain() {
    String log =
        """
        1795866290|1795866281.12790|cti-load-mz|NONE|ENTERQUEUE||12400000007|4
        1795866291|1795866281.12790|cti-load-mz|2130|CONNECT|1|1795866290.13630|0
        1795866299|1795866281.12790|cti-load-mz|2130|COMPLETECALLER|1|8|4
        """;
    String lines =
        """
        "1795866281.12790","1795866281.12790","9536","12400000007","8000","cti-hotline","PJSIP/ipoffice-cc9","Local/8130@cti-agents-8dd;1","Queue","1795866281.860570","1795866281.874473","1795866298.781875","ANSWERED"
        "1795866281.12790","1795866290.13630","10463","8130","8000","cti-agents","Local/8130@cti-agents-8dd;1","Local/8144@cti-transfer-923;1","AppQueue","1795866298.781935","1795866298.781935","1795866299.237287","ANSWERED"
        "1795866281.12790","1795866290.13631","10152","8144","8130","cti-agents","Local/8130@cti-agents-8dd;2","PJSIP/ipoffice-d78","Dial","1795866290.457800","1795866291.267105","1795866299.238142","ANSWERED"
        "1795866281.12790","1795866298.14050","10465","8130","8144","cti-agents","Local/8144@cti-agents-924;2","PJSIP/ipoffice-deb","Dial","1795866298.782963","1795866299.235592","1795866299.252329","ANSWERED"
        "1795866281.12790","1795866298.14048","10462","8130","8144","cti-transfer-agent","Local/8144@cti-transfer-923;2","Local/8144@cti-agents-924;1","Dial","1795866298.777373","0.000000","1795866299.237446","NO ANSWER"
        """;
    GatewayCall.HandedOn asked = call(log, lines).handedOn().getFirst();
    assertEquals(Role.CONSULTED, asked.role());
    assertEquals(Optional.empty(), asked.ring().answeredAt());
    String heard =
        lines.replace(
            "\"0.000000\",\"1795866299.237446\",\"NO ANSWER\"",
            "\"1795866299.235700\",\"1795866299.237446\",\"ANSWERED\"");
    assertTrue(call(log, heard).handedOn().getFirst().ring().answeredAt().isPresent());
  }

  /** A caller was answered long before: whether whom they were handed on to was is in the end. */
  @Test
  void aCallerWhoLeftBehindTheAnswerOfWhomTheyWereHandedOnToNeverHeardIt() {
    String log =
        """
        1795817289|1795817282.32227|cti-load-mz|NONE|ENTERQUEUE||12400000007|15
        1795817293|1795817282.32227|cti-load-mz|2135|CONNECT|4|1795817292.32942|0
        1795817300|1795817282.32227|cti-load-mz|2135|BLINDTRANSFER|8157|cti-transfer|4|7|15
        """;
    String lines =
        """
        "1795817282.32227","1795817292.32943","1","12400000007","8135","cti-agents","Local/8135@cti-agents-1523;2","PJSIP/ipoffice-1ed3","Dial","1795817292.817574","1795817293.502170","1795817300.584738","ANSWERED"
        "1795817282.32227","1795817282.32227","2","12400000007","8157","cti-transfer","PJSIP/ipoffice-1e2c","Local/8135@cti-agents-1523;1","Queue","1795817282.510022","1795817282.611097","1795817300.581998","ANSWERED"
        "1795817282.32227","1795817282.32227","3","12400000007","8157","cti-transfer-agent","PJSIP/ipoffice-1e2c","Local/8157@cti-agents-1524;1","Dial","1795817300.583385","1795817300.583385","1795817303.100000","%s"
        "1795817282.32227","1795817300.33001","4","12400000007","8157","cti-agents","Local/8157@cti-agents-1524;2","PJSIP/ipoffice-1ed4","Dial","1795817300.600000","1795817303.098000","1795817303.101000","ANSWERED"
        """;
    for (String ended : List.of("NO ANSWER", "ANSWERED")) {
      GatewayCall.HandedOn to = call(log, lines.formatted(ended)).handedOn().getFirst();
      assertEquals("8157", to.ring().extension());
      assertEquals(ended.equals("ANSWERED"), to.ring().answeredAt().isPresent());
    }
  }

  /** As a gateway told it that had stood still: the caller left before the phone was dialled. */
  @Test
  void aPhoneThatTheCallerWasHandedOnToMayNeverBeDialled() {
    String log =
        """
        1795817289|1795817282.32227|cti-load-mz|NONE|ENTERQUEUE||12400000007|15
        1795817293|1795817282.32227|cti-load-mz|2135|CONNECT|4|1795817292.32942|0
        1795817300|1795817282.32227|cti-load-mz|2135|BLINDTRANSFER|8157|cti-transfer|4|7|15
        """;
    String lines =
        """
        "1795817282.32227","1795817292.32943","24945","12400000007","8135","cti-agents","Local/8135@cti-agents-1523;2","PJSIP/ipoffice-1ed3","Dial","1795817292.817574","1795817293.502170","1795817300.584738","ANSWERED"
        "1795817282.32227","1795817282.32227","24447","12400000007","8157","cti-transfer","PJSIP/ipoffice-1e2c","Local/8135@cti-agents-1523;1","Queue","1795817282.510022","1795817282.611097","1795817300.581998","ANSWERED"
        "1795817282.32227","1795817282.32227","25221","12400000007","8157","cti-transfer-agent","PJSIP/ipoffice-1e2c","Local/8157@cti-agents-156e;1","Dial","1795817300.583385","1795817300.583385","1795817300.590601","NO ANSWER"
        "1795817282.32227","1795817300.33372","25223","12400000007","8157","cti-agents","Local/8157@cti-agents-156e;2","","Set","1795817300.584417","0.000000","1795817300.688080","FAILED"
        """;
    GatewayCall call = call(log, lines);
    assertEquals(
        List.of("8135"),
        call.stays().getFirst().rings().stream().map(GatewayCall.Ring::extension).toList());
    GatewayCall.HandedOn to = call.handedOn().getFirst();
    assertEquals(Role.TRANSFERRED_TO, to.role());
    assertEquals("8157", to.ring().extension());
    assertEquals(Optional.empty(), to.ring().answeredAt());
  }

  /** As a gateway told it that had stood still: the key that brings all together came too early. */
  @Test
  void whoStillRangIsBroughtTogetherWithNobody() {
    String log =
        """
        1795850921|1795850917.34508|cti-load-sg|NONE|ENTERQUEUE||12400000007|5
        1795850922|1795850917.34508|cti-load-sg|2114|CONNECT|1|1795850921.34748|1
        1795850947|1795850917.34508|cti-load-sg|2114|COMPLETECALLER|1|25|5
        """;
    String lines =
        """
        "1795850917.34508","1795850917.34508","26580","12400000007","8000","cti-hotline","PJSIP/ipoffice-1dfc","Local/8114@cti-agents-166c;1","Queue","1795850917.124686","1795850917.138679","1795850947.846158","ANSWERED"
        "1795850917.34508","1795850917.34508","27834","12400000007","8000","cti-hotline","PJSIP/ipoffice-1dfc","Local/8142@cti-transfer-1734;1","Queue","1795850947.270450","1795850947.270450","1795850947.846158","ANSWERED"
        "1795850917.34508","1795850921.34749","26815","8142","8114","cti-agents","Local/8114@cti-agents-166c;2","PJSIP/ipoffice-1e46","Dial","1795850921.149897","1795850922.761611","1795850947.896975","ANSWERED"
        "1795850917.34508","1795850947.35743","27833","8142","8142","cti-transfer","Local/8142@cti-transfer-1734;1","","","1795850947.550523","0.000000","1795850948.045049","NO ANSWER"
        "1795850917.34508","1795850947.35758","27788","8114","8142","cti-agents","Local/8142@cti-agents-1738;2","PJSIP/ipoffice-1f39","Dial","1795850947.234641","0.000000","1795850948.045556","NO ANSWER"
        "1795850917.34508","1795850947.35744","27781","8114","8142","cti-transfer-agent","Local/8142@cti-transfer-1734;2","Local/8142@cti-agents-1738;1","Dial","1795850947.154393","0.000000","1795850948.045531","NO ANSWER"
        """;
    GatewayCall call = call(log, lines);
    assertEquals(
        List.of(Role.CONSULTED), call.handedOn().stream().map(GatewayCall.HandedOn::role).toList());
  }

  /** As a gateway told it: brought together, the near end of who was asked gets a line as well. */
  @Test
  void whoIsBroughtTogetherIsOneHoweverManyLinesTell() {
    String log =
        """
        1795818285|1795818281.14457|cti-load-sg|NONE|ENTERQUEUE||12400000007|2
        1795818287|1795818281.14457|cti-load-sg|2114|CONNECT|2|1795818285.14500|2
        1795818298|1795818281.14457|cti-load-sg|2114|COMPLETECALLER|2|11|2
        """;
    String lines =
        """
        "1795818281.14457","1795818293.14909","11125","8114","8169","cti-transfer-agent","Local/8169@cti-transfer-915;2","Local/8169@cti-agents-916;1","Dial","1795818293.953221","1795818294.371503","1795818297.084624","ANSWERED"
        "1795818281.14457","1795818293.14908","11281","8169","8169","cti-transfer","Local/8169@cti-transfer-915;1","","","1795818296.655314","1795818296.655314","1795818297.084715","ANSWERED"
        "1795818281.14457","1795818281.14457","10706","12400000007","8000","cti-hotline","PJSIP/ipoffice-e52","Local/8114@cti-agents-8c5;1","Queue","1795818281.345072","1795818281.352534","1795818298.125792","ANSWERED"
        "1795818281.14457","1795818285.14501","10748","8169","8114","cti-agents","Local/8114@cti-agents-8c5;2","PJSIP/ipoffice-e6f","Dial","1795818285.180276","1795818287.191418","1795818298.806585","ANSWERED"
        "1795818281.14457","1795818285.14500","11327","8114","8000","cti-agents","Local/8114@cti-agents-8c5;1","Local/8169@cti-agents-916;1","AppQueue","1795818297.084715","1795818297.084715","1795818298.808656","ANSWERED"
        "1795818281.14457","1795818293.14910","11325","8169","","cti-agents","Local/8169@cti-agents-916;1","","Return","1795818297.084729","1795818297.084729","1795818298.809311","ANSWERED"
        "1795818281.14457","1795818293.14911","11127","8114","8169","cti-agents","Local/8169@cti-agents-916;2","PJSIP/ipoffice-ef3","Dial","1795818293.953880","1795818294.369910","1795818298.812815","ANSWERED"
        """;
    GatewayCall call = call(log, lines);
    assertEquals(
        List.of(Role.CONFERENCED),
        call.handedOn().stream().map(GatewayCall.HandedOn::role).toList());
    assertEquals("8169", call.handedOn().getFirst().ring().extension());
  }

  @Test
  void whatIsDialledAfterTheTalkBelongsToTheTransfer() {
    String transferred =
        QUEUE_LOG.replace("COMPLETEAGENT|6|5|1", "BLINDTRANSFER|8157|cti-transfer|6|5|1");
    String dialled =
        DETAILS
            + """
            "1795300493.147","1795300507.151","6","12400000007","8157","cti-agents","Local/8157@cti-agents-27;2","PJSIP/ipoffice-4c","Dial","1795300507.800000","1795300508.600000","1795300512.600000","ANSWERED"
            """;

    GatewayCall call = call(transferred, dialled);

    assertTrue(call.transferred());
    assertEquals(2, call.stays().getFirst().rings().size());
    assertEquals(
        List.of("8157"), call.handedOn().stream().map(each -> each.ring().extension()).toList());
    assertEquals(Optional.of(Duration.ofSeconds(4)), call.handedOn().getFirst().ring().talk());
  }
}
