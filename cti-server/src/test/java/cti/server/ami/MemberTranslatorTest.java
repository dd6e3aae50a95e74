package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.engine.GatewayInput.SeenChannel;
import cti.core.id.ChannelId;
import cti.core.id.GatewayId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberTranslatorTest {
  /** As CoreShowChannels tells them; the leg of a consultation is in a bridge and runs nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Up      |                                      |          | true  | false",
        "Up      | 6fd8f0a1-6e9a-4c5f-9d43-1f7d2c0b5a11 |          | true  | false",
        "Up      |                                      | AppQueue | true  | true",
        "Up      | 6fd8f0a1-6e9a-4c5f-9d43-1f7d2c0b5a11 | AppDial  | true  | true",
        "Ringing |                                      |          | false | false",
        "Down    |                                      | Dial     | false | true",
      })
  void aChannelIsServedByAnApplicationOrStandsInABridge(
      String state, String bridge, String application, boolean answered, boolean served) {
    AmiMessage row =
        AmiMessage.parse(
            "Event: CoreShowChannel\r\nChannel: Local/8002@cti-transfer-3a;1\r\nUniqueid: 7.1\r\n"
                + "ChannelStateDesc: %s\r\nBridgeId: %s\r\nApplication: %s\r\n\r\n"
                    .formatted(
                        state,
                        bridge == null ? "" : bridge,
                        application == null ? "" : application),
            0);
    assertEquals(
        List.of(
            new SeenChannel(
                new ChannelId("7.1"),
                "Local/8002@cti-transfer-3a;1",
                answered,
                served,
                bridge == null ? "" : bridge)),
        MemberTranslator.look(
                new GatewayId("gw1"), List.of(), List.of(), List.of(row), Instant.EPOCH)
            .channels());
  }
}
