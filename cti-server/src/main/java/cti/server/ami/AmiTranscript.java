package cti.server.ami;

import cti.core.engine.GatewayInput;
import cti.core.id.GatewayId;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a gateway once told, read and translated as a link does it. */
public final class AmiTranscript {
  private AmiTranscript() {}

  /**
   * The inputs of it, in order.
   *
   * @param told bytes from the greeting on; every event that says something has its stamp
   * @throws IllegalArgumentException where it is no transcript
   */
  public static List<GatewayInput> inputs(byte[] told, GatewayId gateway) {
    AmiTranslator translator = new AmiTranslator(gateway);
    List<GatewayInput> inputs = new ArrayList<>();
    EmbeddedChannel channel =
        new EmbeddedChannel(new AmiDecoder(AmiBounds.DEFAULT, () -> 0, new AmiCounters()));
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(told));
      for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
        switch (next) {
          case AmiMessage message ->
              translator.input(message, Instant.EPOCH).ifPresent(inputs::add);
          case AmiBanner _ -> {
            // The greeting tells nothing of calls.
          }
          default ->
              throw new IllegalArgumentException(
                  "a transcript holds " + next + ", expected messages behind a greeting");
        }
      }
    } finally {
      channel.finishAndReleaseAll();
    }
    return inputs;
  }
}
