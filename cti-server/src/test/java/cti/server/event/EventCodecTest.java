package cti.server.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.EventCause;
import cti.core.event.AgentEvent.AgentLoggedOn;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.Queued;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.Extension;
import cti.core.id.VisitId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {
  private final EventCodec codec = new EventCodec();

  static List<Class<? extends DomainEvent>> everyEvent() {
    return SampleEvents.everyEvent();
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void everyEventComesBackAsItWas(Class<? extends DomainEvent> type) {
    for (DomainEvent event : List.of(SampleEvents.full(type), SampleEvents.bare(type))) {
      String text = codec.encodeText(event);
      assertEquals(event, codec.decode(text), text);
      assertEquals(event, codec.decode(codec.encode(event)), text);
      assertEquals(text, new String(codec.encode(event), StandardCharsets.UTF_8));
      assertTrue(text.startsWith("{\"type\":\"" + codec.typeOf(event) + "\","), text);
      assertFalse(text.contains("\n"), "one line, for the journal: " + text);
    }
  }

  @Test
  void everyNameBelongsToAnEvent() {
    assertEquals(
        SampleEvents.everyEvent().stream()
            .map(type -> codec.typeOf(SampleEvents.bare(type)))
            .collect(Collectors.toSet()),
        EventCodec.typeNames());
  }

  @Test
  void theFormOnDiskStaysAsItIs() {
    Instant at = Instant.parse("2026-11-21T08:30:00.25Z");
    assertEquals(
        """
        {"type":"Delivered","call":"gw-1.1","at":"2026-11-21T08:30:00.250Z","cause":"NORMAL",\
        "visit":"v1","attempt":"a1","agent":"2001","extension":"8001"}\
        """,
        codec.encodeText(
            new Delivered(
                new CallId("gw-1.1"),
                at,
                EventCause.NORMAL,
                new VisitId("v1"),
                new AttemptId("a1"),
                Optional.of(new AgentId("2001")),
                new Extension("8001"))));
    assertEquals(
        """
        {"type":"AgentLoggedOn","agent":"2001","at":"2026-11-21T08:30:00.250Z",\
        "extension":"8001","desks":[]}\
        """,
        codec.encodeText(
            new AgentLoggedOn(new AgentId("2001"), at, new Extension("8001"), java.util.Set.of())));
  }

  @Test
  void anAbsentValueIsLeftOut() {
    String text = codec.encodeText(SampleEvents.bare(Queued.class));
    assertFalse(text.contains("desk"), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"Teleported","agent":"1","at":"2026-11-21T08:30:00Z"}                   | Teleported
          {"agent":"1","at":"2026-11-21T08:30:00Z"}                                       | type
          {"type":"AgentReady","agent":"1"}                                               | at
          {"type":"AgentReady","agent":"1","at":"2026-11-21T08:30:00Z","mood":"good"}     | mood
          {"type":"AgentReady","agent":" ","at":"2026-11-21T08:30:00Z"}                   | AgentId is blank
          {"type":"AgentReady","agent":null,"at":"2026-11-21T08:30:00Z"}                  | agent
          {"type":"AgentReady","agent":"1","at":"yesterday"}                              | yesterday
          {"type":"ConnectionCleared","call":"c","at":"2026-11-21T08:30:00Z","cause":"NORMAL","connection":"x"} | q850
          {"type":"ConnectionCleared","call":"c","at":"2026-11-21T08:30:00Z","cause":"ODD","connection":"x","q850":1} | ODD
          {"type":"AgentReady","agent":"1","at":"2026-11-21T08:30:00Z"} x                 | x
          {"type":"AgentReady","agent                                                     | AgentReady
          """)
  void whatIsNoEventIsRefusedWithItsFault(String text, String named) {
    EventFormatException refused =
        assertThrows(EventFormatException.class, () -> codec.decode(text));
    assertTrue(refused.getMessage().contains(named), refused.getMessage());
    assertTrue(refused.getMessage().startsWith("not an event: "), refused.getMessage());
  }
}
