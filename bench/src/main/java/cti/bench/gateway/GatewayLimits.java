package cti.bench.gateway;

import cti.bench.Figure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the synthetic gateway itself could send at most, to a reader that only reads. */
@Command(
    name = "gateway-limits",
    description = "Events per second that the synthetic gateway can make and send.")
public final class GatewayLimits implements Callable<Integer> {
  private static final double WARM_UP_SECONDS = 2;

  @Option(names = "--seconds", defaultValue = "5", description = "measured (default: 5)")
  private double seconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (ServerSocketChannel listener =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel out = SocketChannel.open(listener.getLocalAddress());
        SocketChannel in = listener.accept()) {
      Thread reader = Thread.ofPlatform().name("reader").start(() -> readAll(in));
      Plan.Kind kind = new Plan(155, 1, 1, 1).kinds().getFirst();
      send(kind, out, WARM_UP_SECONDS);
      double perSecond = send(kind, out, seconds);
      out.shutdownOutput();
      reader.join();
      Figure.of(
              "gateway-limits",
              "events_per_second",
              perSecond,
              "events/s",
              "./cti bench gateway-limits",
              Map.of("callsPerSecond", Math.round(perSecond / kind.recording().events())))
          .print();
    }
    return 0;
  }

  private static double send(Plan.Kind kind, SocketChannel out, double seconds) throws IOException {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(128 * 1024);
    Member member = new Member("cti-gz", "Local/8001@cti-agents/n", "1", "Custom:8001", 0, false);
    long events = 0;
    long number = 1;
    long start = System.nanoTime();
    long end = start + Math.round(seconds * 1e9);
    while (System.nanoTime() < end) {
      PlayedCall call =
          new PlayedCall(
              kind.recording(), "", Instant.now().getEpochSecond(), number, "13900000001");
      number += 4;
      call.rings(member);
      events += burst(call, kind.recording().arrival(), buffer, out);
      events += burst(call, kind.recording().answer(), buffer, out);
      events += burst(call, kind.recording().joining(), buffer, out);
      for (List<EventTemplate> burst : kind.recording().bursts()) {
        events += burst(call, burst, buffer, out);
      }
    }
    buffer.release();
    return events / ((System.nanoTime() - start) / 1e9);
  }

  private static int burst(
      PlayedCall call, List<EventTemplate> events, ByteBuf buffer, SocketChannel out)
      throws IOException {
    for (EventTemplate event : events) {
      String now = SyntheticGateway.timestamp();
      call.set(Slot.NOW, now);
      call.set(Slot.NOW_SECONDS, now.substring(0, now.indexOf('.')));
      event.render(call.values(), buffer);
    }
    ByteBuffer bytes = buffer.nioBuffer();
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
    buffer.clear();
    return events.size();
  }

  private static void readAll(SocketChannel in) {
    ByteBuffer into = ByteBuffer.allocateDirect(256 * 1024);
    try {
      while (in.read(into) >= 0) {
        into.clear();
      }
    } catch (IOException closed) {
      System.err.println("bench: the reader ended: " + closed.getMessage());
    }
  }
}
