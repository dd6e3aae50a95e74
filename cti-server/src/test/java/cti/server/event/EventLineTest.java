package cti.server.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.EventCause;
import cti.core.callback.Wish;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.DigitsDialled;
import cti.core.event.CallerEvent.CallbackRequested;
import cti.core.event.DomainEvent;
import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventLineTest {
  private static final CallerIdentified EVENT =
      new CallerIdentified(
          new CallId("gw1:1"),
          Instant.EPOCH,
          EventCause.NORMAL,
          "13900001234",
          List.of(new StaffId("E0001")));

  @Test
  void theNameFirstThenTheFields() {
    assertEquals(
        "CallerIdentified call=gw1:1 cause=NORMAL number=13900001234 matches=[\"E0001\"]",
        new EventLine(new EventCodec(), false).of(EVENT));
  }

  @Test
  void numbersAreMaskedWhereTheSettingSaysSo() {
    assertEquals(
        "CallerIdentified call=gw1:1 cause=NORMAL number=139****1234 matches=[\"E0001\"]",
        new EventLine(new EventCodec(), true).of(EVENT));
    assertEquals("****", EventLine.masked("8001"));
  }

  /** In the parts of an event, and in its texts. */
  @Test
  void numbersAreMaskedWhereverTheyStand() {
    EventLine masking = new EventLine(new EventCodec(), true);
    CallId call = new CallId("gw1:1763750000.40");
    String wish =
        masking.of(
            new CallbackRequested(
                CallbackId.of(call),
                call,
                Instant.EPOCH,
                new Wish(
                    new DeskId("gz"),
                    new QueueName("cti-gz"),
                    "13900001234",
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Optional.of("zh"))));
    assertTrue(wish.contains("\"number\":\"139****1234\""), wish);
    assertTrue(wish.contains("call=gw1:1763750000.40"), wish);
    assertEquals("{\"number\":\"****\"}", EventLine.maskedWithin("{\"number\":\"8001\"}"));
    assertEquals("keyed 139****1234.", EventLine.maskedWithin("keyed 13900001234."));
    assertEquals("[\"139****1234\"]", EventLine.maskedWithin("[\"13900001234\"]"));
    for (String kept :
        List.of(
            "20261121/1763750000.40_1763750000.41_1.wav",
            "gw1:1763750000.40~1",
            "gw1:cti-back-1763750000123-7f-1",
            "2026-11-21T08:00:00Z")) {
      assertEquals(kept, EventLine.maskedWithin(kept));
    }
  }

  @Test
  void theKeysOfACollectedNumberAreMasked() {
    EventLine masking = new EventLine(new EventCodec(), true);
    String line =
        masking.of(
            new DigitsDialled(
                new CallId("gw1:1"), Instant.EPOCH, EventCause.NORMAL, "number", "13900001234"));
    assertTrue(line.contains("139****1234"), line);
    assertFalse(line.contains("13900001234"), line);
  }

  /** What the log says is what the journal says. */
  @Test
  void everyFieldStandsAsInTheJson() {
    EventCodec codec = new EventCodec();
    EventLine line = new EventLine(codec, false);
    for (Class<? extends DomainEvent> type : SampleEvents.everyEvent()) {
      for (DomainEvent event : List.of(SampleEvents.full(type), SampleEvents.bare(type))) {
        assertEquals(fromJson(codec.encodeText(event)), line.of(event));
      }
    }
  }

  private static String fromJson(String json) {
    StringBuilder line = new StringBuilder();
    for (var field : JsonMapper.builder().build().readTree(json).properties()) {
      JsonNode value = field.getValue();
      String text = value.isString() ? value.stringValue() : value.toString();
      switch (field.getKey()) {
        case "type" -> line.append(text);
        case "at" -> {}
        default -> line.append(' ').append(field.getKey()).append('=').append(text);
      }
    }
    return line.toString();
  }
}
