package cti.bridge.phone.baresip;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.bridge.phone.Outcome;
import cti.bridge.phone.PhoneCall;
import cti.bridge.phone.PhoneCall.State;
import cti.bridge.phone.PhoneFeature;
import cti.bridge.phone.PhoneListener;
import cti.bridge.phone.PhoneOrder;
import cti.bridge.phone.PhoneStatus.Quality;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BaresipPhoneTest {
  private final List<PhoneCall> rings = new CopyOnWriteArrayList<>();
  private FakeBaresip baresip;
  private BaresipPhone phone;

  @BeforeEach
  void begin() throws Exception {
    baresip = new FakeBaresip();
    start(false);
  }

  private void start(boolean autoAnswer) throws Exception {
    phone = new BaresipPhone(baresip.address(), Optional.empty(), autoAnswer);
    phone.start(
        new PhoneListener() {
          @Override
          public void rings(PhoneCall call, long nanos) {
            rings.add(call);
          }

          @Override
          public void changed() {
            // Looked at by the tests.
          }
        });
    baresip.awaitConnection();
    await().until(() -> phone.status().registration().equals(Optional.of(true)));
  }

  @AfterEach
  void end() throws IOException {
    phone.close();
    baresip.close();
  }

  private Outcome perform(PhoneOrder order) {
    return phone.perform(order).toCompletableFuture().join();
  }

  private String refusal(PhoneOrder order) {
    return assertInstanceOf(Outcome.Refused.class, perform(order)).id();
  }

  private State state() {
    return phone.status().calls().getFirst().state();
  }

  private void rings() {
    baresip.event("CALL_INCOMING", "c1");
    await().until(() -> rings.size() == 1);
  }

  private void talks() {
    rings();
    baresip.event("CALL_ESTABLISHED", "c1");
    await().until(() -> state() == State.TALKING);
  }

  @Test
  void itIsFollowedFromRingToHangUp() {
    rings();
    assertEquals(
        new PhoneCall("c1", true, "13900000019", "", State.RINGING, false), rings.getFirst());
    assertEquals(Optional.of("8031"), phone.status().extension());
    assertEquals(new Outcome.Done(), perform(new PhoneOrder.Answer("c1")));
    baresip.event("CALL_ESTABLISHED", "c1");
    await().until(() -> state() == State.TALKING);
    assertEquals(new Outcome.Done(), perform(new PhoneOrder.Hold("c1")));
    assertEquals(State.HELD, state());
    assertEquals(new Outcome.Done(), perform(new PhoneOrder.Retrieve("c1")));
    assertEquals(State.TALKING, state());
    assertEquals(new Outcome.Done(), perform(new PhoneOrder.Keys("c1", "12#")));
    assertEquals(new Outcome.Done(), perform(new PhoneOrder.Transfer("c1", "8007")));
    assertEquals(new Outcome.Done(), perform(new PhoneOrder.HangUp("c1")));
    baresip.event("CALL_CLOSED", "c1", "param", "Connection reset by user");
    await().until(() -> phone.status().calls().isEmpty());
    assertTrue(
        baresip.asked.containsAll(
            List.of("accept", "hold", "resume", "sndcode 12#", "transfer 8007", "hangup")),
        baresip.asked.toString());
  }

  @Test
  void anOrderThatMakesNoSenseIsNotGiven() {
    rings();
    assertEquals("wrong-state", refusal(new PhoneOrder.Hold("c1")));
    assertEquals("no-such-call", refusal(new PhoneOrder.Answer("c2")));
    assertFalse(baresip.asked.contains("hold"));
    assertFalse(baresip.asked.contains("accept"));
  }

  @Test
  void aMuteThatTogglesTheWrongWayIsToggledAgain() {
    talks();
    baresip.answers.put("mute", "\ncall muted\n");
    assertEquals(new Outcome.Done(), perform(new PhoneOrder.Mute("c1", true)));
    assertEquals(new Outcome.Done(), perform(new PhoneOrder.Mute("c1", true)));
    assertEquals(1, baresip.asked.stream().filter("mute"::equals).count(), "asked once");
    assertTrue(phone.status().calls().getFirst().muted());
    // Somebody toggled it at baresip itself, which tells nobody.
    baresip.answers.put("mute", "\ncall muted\n");
    assertEquals("refused", refusal(new PhoneOrder.Mute("c1", false)));
    assertEquals(3, baresip.asked.stream().filter("mute"::equals).count(), "tried twice");
  }

  @Test
  void whatTheMenuDoesNotKnowIsNotAvailableFromThenOn() {
    talks();
    assertEquals(Set.of(PhoneFeature.values()), phone.features());
    baresip.answers.put("sndcode", "command not found (sndcode)\n");
    assertEquals("not-available", refusal(new PhoneOrder.Keys("c1", "1")));
    assertFalse(phone.features().contains(PhoneFeature.KEYS));
  }

  @Test
  void withSeveralCallsTheRightOneIsChosenFirst() {
    talks();
    baresip.event("CALL_INCOMING", "c2");
    await().until(() -> rings.size() == 2);
    baresip.answers.put("callfind", "setting current call: c1\n");
    assertEquals(new Outcome.Done(), perform(new PhoneOrder.HangUp("c1")));
    int found = baresip.asked.indexOf("callfind c1");
    assertTrue(found >= 0 && found < baresip.asked.indexOf("hangup"), baresip.asked.toString());
    baresip.answers.put("callfind", "call not found (id=c1)\n");
    assertEquals("no-such-call", refusal(new PhoneOrder.HangUp("c1")));
  }

  @Test
  void itAnswersByItselfWhereItIsTold() {
    assertEquals(new Outcome.Done(), perform(new PhoneOrder.AutoAnswer(true)));
    rings();
    await().until(() -> baresip.asked.contains("accept"));
  }

  /** baresip with answermode=auto tells no ring. */
  @Test
  void aCallThatBaresipAnsweredByItselfRangAllTheSame() {
    baresip.event("CALL_ESTABLISHED", "c9");
    await().until(() -> rings.size() == 1);
    assertEquals(State.TALKING, state());
  }

  @Test
  void registrationSoundAndQualityAreKnown() {
    baresip.event("REGISTER_FAIL", "", "param", "403 Forbidden");
    await().until(() -> phone.status().registration().equals(Optional.of(false)));
    assertEquals(
        Optional.of("the registrar refused or did not answer: 403 Forbidden"),
        phone.status().problem());
    baresip.event("REGISTER_OK", "", "param", "200 OK");
    await().until(() -> phone.status().registration().equals(Optional.of(true)));
    assertEquals(Optional.empty(), phone.status().problem());
    baresip.event("AUDIO_ERROR", "", "param", "alsa: no such device");
    await().until(() -> phone.status().audioProblem().isPresent());
    baresip.send(
        "{\"event\":true,\"type\":\"CALL_RTCP\",\"id\":\"c1\",\"param\":\"audio\",\"rtcp_stats\":"
            + "{\"tx\":{},\"rx\":{\"sent\":99,\"lost\":1,\"jit\":700},\"rtt\":1300}}");
    await().until(() -> phone.status().quality().equals(Optional.of(new Quality(10, 700, 1300))));
  }

  @Test
  void aConnectionThatBrokeIsMadeAgainAndTheCallThatLastsIsFound() throws Exception {
    talks();
    baresip.answers.put(
        "listcalls",
        "\n--- Active calls (1) ---\n> [line 1]  0:00:07  ESTABLISHED  (on hold)  sip:1@h\n");
    baresip.answers.put(
        "callstat",
        "\n===== Call debug (ESTABLISHED) =====\n peer_uri:  (null) <sip:13900000019@h>\n"
            + " af=AF_INET id=c1\n direction: Incoming\n");
    baresip.cut();
    baresip.awaitConnection();
    PhoneCall held = new PhoneCall("c1", true, "13900000019", "", State.HELD, false);
    await().until(() -> phone.status().calls().equals(List.of(held)));
    assertEquals(Optional.of(true), phone.status().registration(), "it never was without");
    assertEquals(1, rings.size(), "it rang once");
  }

  @Test
  void aSoftphoneThatWasEndedIsNotRegistered() throws Exception {
    talks();
    baresip.close();
    await().until(() -> phone.status().registration().equals(Optional.of(false)));
    assertTrue(phone.status().problem().orElseThrow().contains("does not answer at"));
    assertEquals(List.of(), phone.status().calls());
    assertEquals(Set.of(), phone.features());
  }

  @Test
  void whatIsNoSoftphoneIsSaidToBeNone() throws Exception {
    baresip.sendRaw("HTTP/1.1 400 Bad Request\r\n");
    await().until(() -> phone.status().problem().orElse("").contains("is no baresip"));
    assertEquals("phone-away", refusalWhileAway());
  }

  /** Words in place of numbers, lists in place of words, numbers beyond any: it is followed on. */
  @Test
  void whatMakesNoSenseIsPassedOver() {
    baresip.answers.put("listcalls", "> [line 99999999999] 0:00:12 ESTABLISHED sip:1@x\n");
    baresip.send(
        "{\"event\":true,\"type\":[7],\"id\":{},\"rtcp_stats\":{\"rx\":\"x\",\"rtt\":\"y\"}}");
    baresip.send(
        "{\"event\":true,\"type\":\"CALL_RTCP\",\"id\":7,\"rtcp_stats\":{\"rx\":[1],\"rtt\":{}}}");
    rings();
    assertEquals(State.RINGING, state());
    baresip.answers.put("accept", "no sense");
    assertInstanceOf(Outcome.Done.class, perform(new PhoneOrder.Answer("c1")));
  }

  private String refusalWhileAway() throws IOException {
    baresip.close();
    await().until(() -> phone.features().isEmpty());
    return refusal(new PhoneOrder.Dial("8005"));
  }
}
