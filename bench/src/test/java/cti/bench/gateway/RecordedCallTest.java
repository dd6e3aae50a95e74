package cti.bench.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A synthetic call says what the real gateway said: same events, same headers, same order. */
class RecordedCallTest {
  private static final Pattern NAME = Pattern.compile("(?m)^([A-Za-z-]+):");

  @ParameterizedTest
  @ValueSource(
      strings = {"answered-caller-hangs-up", "answered-agent-hangs-up", "abandoned-while-ringing"})
  void sameEventsWithTheSameHeaders(String recording) throws IOException {
    List<String> real = RecordedCall.callEvents(recording);
    List<String> synthetic = play(RecordedCall.of(real, 0), call(1));
    assertEquals(
        real.stream().map(RecordedCallTest::headers).toList(),
        synthetic.stream().map(RecordedCallTest::headers).toList());
  }

  /** Where every value is that of the recording, every byte is. */
  @ParameterizedTest
  @ValueSource(
      strings = {"answered-caller-hangs-up", "answered-agent-hangs-up", "abandoned-while-ringing"})
  void nothingOfTheRecordingIsLost(String recording) throws IOException {
    List<String> real = RecordedCall.callEvents(recording);
    PlayedCall call = call(1);
    String begin = RecordedCall.value(real.getFirst(), "Uniqueid").split("\\.")[0];
    List<String> ids = distinct(real, "Uniqueid");
    Slot[] idSlots = {Slot.CALLER_ID, Slot.NEAR_LEG_ID, Slot.FAR_LEG_ID, Slot.PHONE_ID};
    for (int i = 0; i < ids.size(); i++) {
      call.set(idSlots[i], ids.get(i));
    }
    List<String> bridges = distinct(real, "BridgeUniqueid");
    if (!bridges.isEmpty()) {
      call.set(Slot.PHONE_BRIDGE, bridges.get(0));
      call.set(Slot.CALLER_BRIDGE, bridges.get(1));
    }
    List<String> trunks =
        distinct(real, "Channel").stream().filter(name -> name.startsWith("PJSIP/")).toList();
    call.set(Slot.CALLER_CHANNEL, trunks.get(0));
    call.set(Slot.PHONE_CHANNEL, trunks.get(1));
    String local =
        distinct(real, "Channel").stream()
            .filter(name -> name.startsWith("Local/"))
            .findFirst()
            .orElseThrow();
    call.set(Slot.LOCAL_CHANNEL, local.substring(local.indexOf('@') + 1, local.indexOf(';')));
    call.set(Slot.NUMBER, RecordedCall.value(real.getFirst(), "CallerIDNum"));
    call.set(Slot.EXTENSION, "8005");
    call.set(Slot.MEMBER, "agent8005");
    call.set(Slot.QUEUE, "cti-hq-erp");
    assertEquals(
        real.stream().map(RecordedCallTest::timeless).toList(),
        play(RecordedCall.of(real, 0), call).stream().map(RecordedCallTest::timeless).toList());
    assertTrue(begin.matches("[0-9]{10}"));
  }

  @Test
  void twoCallsShareNoIdentity() throws IOException {
    RecordedCall recording = RecordedCall.read("answered-caller-hangs-up", 155);
    Set<String> first = identities(play(recording, call(1)));
    Set<String> second = identities(play(recording, call(5)));
    assertTrue(first.size() >= 8, "four channels with two names each: " + first);
    Set<String> shared = new HashSet<>(first);
    shared.retainAll(second);
    assertEquals(Set.of(), shared);
    for (String recorded : RecordedCall.callEvents("answered-caller-hangs-up")) {
      identities(List.of(recorded)).forEach(id -> assertFalse(first.contains(id), id));
    }
  }

  @Test
  void aGatewayWithoutFiltersSendsSoManyAndTheRecordedOnesInOrder() throws IOException {
    List<String> real = RecordedCall.callEvents("answered-caller-hangs-up");
    RecordedCall recording = RecordedCall.of(real, 155);
    assertEquals(155, recording.events());
    List<String> played = play(recording, call(1));
    assertEquals(155, played.size());
    List<String> kinds = new ArrayList<>(played.stream().map(RecordedCallTest::headers).toList());
    int at = 0;
    for (String kind : kinds) {
      if (at < real.size() && kind.equals(headers(real.get(at)))) {
        at++;
      }
    }
    assertEquals(real.size(), at, "the recorded events in their order, among others");
  }

  @Test
  void burstsAreTheRingTheTalkAndTheEnd() throws IOException {
    RecordedCall answered = RecordedCall.read("answered-caller-hangs-up", 0);
    assertEquals(List.of("Newchannel"), names(answered.arrival()));
    assertEquals(List.of("Newstate"), names(answered.answer()));
    assertEquals(List.of("QueueCallerJoin"), names(answered.joining()));
    assertEquals(3, answered.bursts().size());
    assertTrue(names(answered.bursts().get(0)).contains("AgentCalled"));
    assertTrue(names(answered.bursts().get(1)).contains("AgentConnect"));
    assertEquals("HangupRequest", names(answered.bursts().get(2)).getFirst());
    assertEquals(2, RecordedCall.read("abandoned-while-ringing", 0).bursts().size());
  }

  /** What a member's events say has the recorded headers too. */
  @ParameterizedTest
  @ValueSource(strings = {"QueueMemberAdded", "QueueMemberPause", "QueueMemberRemoved"})
  void membersEventsHaveTheRecordedHeaders(String event) throws IOException {
    String text;
    try (var in =
        getClass()
            .getClassLoader()
            .getResourceAsStream("ami/member-added-paused-penalty-removed.txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String recorded =
        Stream.of(text.split("\r\n\r\n"))
            .filter(message -> message.startsWith("Event: " + event + "\r\n"))
            .findFirst()
            .orElseThrow();
    Member member =
        new Member("cti-gz", "Local/8001@cti-agents/n", "1001", "Custom:8001", 0, false);
    assertEquals(headers(recorded), headers(MemberEvent.of(event, member, "1795291977.1")));
  }

  private static PlayedCall call(long number) {
    RecordedCall none = new RecordedCall(List.of(), List.of(), List.of(), List.of());
    PlayedCall call = new PlayedCall(none, "answered", 1_800_000_000L, number, "13800000042");
    call.rings(
        new Member(
            "cti-gz", "Local/" + (7000 + number) + "@cti-agents/n", "10", "Custom:7001", 0, false));
    call.set(Slot.QUEUE, "cti-gz");
    return call;
  }

  private static List<String> play(RecordedCall recording, PlayedCall call) {
    ByteBuf out = Unpooled.buffer();
    call.set(Slot.NOW, "1800000001.000001");
    call.set(Slot.NOW_SECONDS, "1800000001");
    Stream.of(
            Stream.of(recording.arrival(), recording.answer(), recording.joining()),
            recording.bursts().stream())
        .flatMap(parts -> parts)
        .forEach(part -> part.forEach(event -> event.render(call.values(), out)));
    String text = out.toString(StandardCharsets.UTF_8);
    return Stream.of(text.split("\r\n\r\n")).map(event -> event + "\r\n").toList();
  }

  /** Kind and header names, in order. */
  private static String headers(String event) {
    Matcher names = NAME.matcher(event);
    StringBuilder all = new StringBuilder(event.substring(0, event.indexOf('\r')));
    while (names.find()) {
      all.append(' ').append(names.group(1));
    }
    return all.toString();
  }

  private static String timeless(String event) {
    return event
        .replaceAll("(?m)^Timestamp: [0-9.]+", "Timestamp: T")
        .replaceAll("(?m)^(LoginTime|LastCall): [1-9][0-9]+", "$1: T");
  }

  private static List<String> names(List<EventTemplate> events) {
    return events.stream().map(EventTemplate::name).toList();
  }

  private static List<String> distinct(List<String> events, String header) {
    return events.stream()
        .filter(event -> event.contains("\r\n" + header + ": "))
        .map(event -> RecordedCall.value(event, header))
        .distinct()
        .toList();
  }

  private static Set<String> identities(List<String> events) {
    Set<String> found = new HashSet<>();
    for (String header : List.of("Uniqueid", "Linkedid", "Channel", "BridgeUniqueid")) {
      found.addAll(distinct(events, header));
    }
    return found;
  }
}
