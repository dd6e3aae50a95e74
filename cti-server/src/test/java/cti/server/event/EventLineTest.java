package cti.server.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.call.EventCause;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.id.CallId;
import cti.core.id.StaffId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
