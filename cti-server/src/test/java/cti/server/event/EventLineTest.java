package cti.server.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.call.EventCause;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.DomainEvent;
import cti.core.id.CallId;
import cti.core.id.StaffId;
import java.time.Instant;
import java.util.List;
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
