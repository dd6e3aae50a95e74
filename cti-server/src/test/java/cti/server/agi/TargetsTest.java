package cti.server.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.engine.CallbackCommand;
import cti.core.engine.FlowInput;
import cti.core.event.RouteDetails;
import cti.core.ivr.CallPlan;
import cti.core.routing.EarlierCalls;
import cti.core.routing.Facts;
import cti.core.routing.QueueState;
import cti.core.routing.QueueStates;
import cti.core.routing.RoutingPlan;
import cti.server.flow.RoutingFile;
import cti.server.yaml.Faults;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls that go through the targets of a rule, over a real socket. */
class TargetsTest extends FlowServerFixture {
  private static final String RULES =
      """
      rosters:
        duty:
          hand_over: mon 08:30
          weeks: { "2026-11-23": E0028 }
      rules:
        - id: gz
          when: { site: gz }
          desk: gz
          targets:
            - announcement: sorry
            - { role: a, desk: gz, limit: 15 }
            - { role: b, desk: gz, priority: 7, limit: 20 }
            - { duty: duty, limit: 25 }
            - { desk: sg, priority: 9, limit: 60 }
        - { id: rest, when: { always: true }, desk: hq-desktop }
      """;

  private final Map<Integer, RoutingPlan> versions = new HashMap<>();
  private RoutingPlan inForce = plan(1, RULES);
  private QueueStates queues = QueueStates.UNKNOWN;

  private static RoutingPlan plan(int version, String yaml) {
    return RoutingFile.read(yaml, new Faults("test")).orElseThrow().withVersion(version);
  }

  private AsteriskCall request(String resume, String status, String... doings) throws IOException {
    versions.put(inForce.version(), inForce);
    if (server == null) {
      server =
          FlowServer.start(
              settings(0, 100, 20_000),
              new FlowSources(
                  () -> directory,
                  () -> plan.withRouting(inForce),
                  caller ->
                      new Facts(
                          Instant.parse("2026-11-23T02:30:00Z"), queues, EarlierCalls.UNKNOWN),
                  new CallPlan.Versions(
                      version -> Optional.ofNullable(versions.get(version)),
                      version -> Optional.empty())),
              PhoneDesks.without(mailbox),
              byHand());
    }
    return new AsteriskCall(server.port())
        .request("hotline", FACTORY_CALLER, "8000", resume, status)
        .caller(doings)
        .run();
  }

  @Test
  void theTargetsAreTriedOneAfterTheOther() throws IOException {
    AsteriskCall first = request("", "", "-");
    assertEquals("welcome factory-offer sorry", first.heard());
    assertEquals("queue", first.variable("CTI_ACTION"));
    assertEquals("cti-gz", first.variable("CTI_QUEUE"));
    assertEquals("0-0", first.variable("CTI_QUEUE_ROLE"));
    assertEquals("15", first.variable("CTI_TIMEOUT"));

    AsteriskCall second = request(first.variable("CTI_RESUME"), "TIMEOUT");
    assertEquals("1-1", second.variable("CTI_QUEUE_ROLE"));
    assertEquals("7", second.variable("CTI_PRIORITY"));
    assertEquals("20", second.variable("CTI_TIMEOUT"));

    AsteriskCall third = request(second.variable("CTI_RESUME"), "LEAVEEMPTY");
    assertEquals("dial", third.variable("CTI_ACTION"));
    // Behind what a phone of 广州厂 dials for an outside line.
    assertEquals("913900000028", third.variable("CTI_DIAL"));
    assertEquals("25", third.variable("CTI_TIMEOUT"));

    AsteriskCall fourth = request(third.variable("CTI_RESUME"), "BUSY");
    assertEquals("queue", fourth.variable("CTI_ACTION"));
    assertEquals("cti-sg", fourth.variable("CTI_QUEUE"));
    assertEquals("not set", fourth.variable("CTI_QUEUE_ROLE"));
    assertEquals("60", fourth.variable("CTI_TIMEOUT"));

    // No target is left: the flow's own exit of its queue node.
    AsteriskCall last = request(fourth.variable("CTI_RESUME"), "TIMEOUT");
    assertEquals("overflow", last.heard());
    assertEquals("cti-hq-desktop", last.variable("CTI_QUEUE"));
    assertEquals("t/1.0//0//hotline/desktop-queue/hq-desktop/", last.variable("CTI_RESUME"));
    assertEquals(
        List.of(
            WHO + "desk gz queue cti-gz by gz",
            WHO + "desk gz queue cti-gz by gz",
            WHO + "desk gz queue cti-gz by gz",
            WHO + "desk sg queue cti-sg by gz",
            WHO + "desk hq-desktop queue cti-hq-desktop by flow:desktop-queue"),
        mailbox.reports().stream().filter(report -> report.contains(" desk ")).toList());
  }

  @Test
  void aRoleWithNobodyFreeIsPassedOver() throws IOException {
    queues = desk -> Optional.of(new QueueState(0, 0, 1, Duration.ZERO));
    AsteriskCall call = request("", "", "-");
    assertEquals("1-1", call.variable("CTI_QUEUE_ROLE"));
  }

  @Test
  void aCallKeepsTheVersionThatItBeganWith() throws IOException {
    AsteriskCall first = request("", "", "-");
    inForce = plan(2, "rules:\n  - { id: gz, when: { always: true }, desk: mz }\n");
    AsteriskCall second = request(first.variable("CTI_RESUME"), "TIMEOUT");
    assertEquals("cti-gz", second.variable("CTI_QUEUE"));
    assertEquals("1-1", second.variable("CTI_QUEUE_ROLE"));
    AsteriskCall other = request("", "", "-");
    assertEquals("cti-mz", other.variable("CTI_QUEUE"));
    assertEquals("t/2.0/gz/0/12pw-zh/hotline/desk-queue/mz/", other.variable("CTI_RESUME"));
  }

  @Test
  void aTalkThatIsOverIsNoReasonToTryTheNext() throws IOException {
    AsteriskCall first = request("", "", "-");
    AsteriskCall after = request(first.variable("CTI_RESUME"), "CONTINUE");
    assertEquals("hangup", after.variable("CTI_ACTION"));
  }

  @Test
  void theLanguageAndWhatIsToldGoWithTheCall() throws IOException {
    rule("", "{ role: a, desk: gz, limit: 15 }", "announcement: sorry", "{ desk: sg, limit: 60 }");
    AsteriskCall call = request("t/1.0/wanted/0/12pw-en/hotline/desk-queue/gz//len", "TIMEOUT");
    assertEquals("cti/en/sorry", call.heard());
    assertEquals("en", call.variable("CTI_LANGUAGE"));
    assertEquals("12pw-en", call.variable("CTI_QUEUE_TELLS"));
    assertEquals("t/1.0/wanted/2/12pw-en/hotline/desk-queue/gz//len", call.variable("CTI_RESUME"));
  }

  @Test
  void aVersionThatIsForgottenIsReplacedByTheOneInForce() throws IOException {
    AsteriskCall call = request("t/9.0/gz/1//hotline/desk-queue/gz/", "TIMEOUT");
    assertEquals("1-1", call.variable("CTI_QUEUE_ROLE"));
  }

  private void rule(String head, String... targets) {
    inForce =
        plan(
            1,
            head
                + """
                rules:
                  - id: wanted
                    when: { site: gz }
                    desk: gz
                    targets:
                      - %s
                  - { id: rest, when: { always: true }, desk: hq-desktop }
                """
                    .formatted(String.join("\n      - ", targets)));
  }

  /** Which target was tried, and what was passed over. */
  private String told() {
    assertEquals(1, mailbox.desksChosen().size());
    FlowInput.DeskChosen chosen = mailbox.desksChosen().getFirst();
    assertEquals("wanted", chosen.rule());
    assertEquals("gz", chosen.desk().value());
    RouteDetails details = chosen.details().orElseThrow();
    assertEquals(Optional.of("wanted"), details.rule());
    return details.tried() + " of " + details.targets() + " past " + details.skipped();
  }

  @Test
  void aCallbackIsNotedForItsDeskAndWhyIsOnRecord() throws IOException {
    rule("", "announcement: sorry", "callback: gz");
    AsteriskCall call = request("", "", "-");
    assertEquals("welcome factory-offer sorry callback-noted", call.heard());
    assertEquals("hangup", call.variable("CTI_ACTION"));
    assertEquals(
        List.of("gz " + FACTORY_CALLER),
        mailbox.commands().stream()
            .map(CallbackCommand.Request.class::cast)
            .map(wish -> wish.desk() + " " + wish.number())
            .toList());
    assertEquals("2 of [announcement sorry, callback by desk gz] past []", told());
  }

  @Test
  void aMessageIsTakenForItsDeskAndWhyIsOnRecord() throws IOException {
    queues = desk -> Optional.of(new QueueState(0, 0, 0, Duration.ZERO));
    rule("", "{ role: a, desk: gz, limit: 15 }", "voicemail: gz");
    AsteriskCall call = request("", "", "-");
    assertEquals("welcome factory-offer queue-first leave-message", call.heard());
    assertEquals(
        "2 of [role A of desk gz (15 s), voicemail of desk gz] past"
            + " [role A of desk gz (15 s): nobody is ready and free]",
        told());
  }

  @Test
  void whereNoTargetCouldBeTriedWhyIsOnRecordToo() throws IOException {
    queues = desk -> Optional.of(new QueueState(0, 0, 0, Duration.ZERO));
    rule("", "{ role: a, desk: gz, limit: 15 }", "announcement: sorry");
    AsteriskCall call = request("", "", "-");
    assertEquals("welcome factory-offer queue-first sorry overflow", call.heard());
    FlowInput.DeskChosen first = mailbox.desksChosen().getFirst();
    assertEquals("wanted", first.rule());
    assertEquals(0, first.details().orElseThrow().tried());
  }

  @Test
  void aClosedDeskHasTheRuleOnRecordThoughNobodyIsTried() throws IOException {
    rule("hours:\n  - { desks: gz, week: { mon-sun: \"20:00-21:00\" } }\n", "desk: gz");
    AsteriskCall call = request("", "", "-");
    assertTrue(call.heard().startsWith("welcome factory-offer closed"), call.heard());
    assertEquals("0 of [desk gz] past []", told());
  }
}
