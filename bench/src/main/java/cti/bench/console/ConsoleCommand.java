package cti.bench.console;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * Consoles as a process. Reads lines on standard input: {@code status} (answered by one JSON line),
 * {@code forget} (times of pops so far); ends with its input.
 */
@Command(
    name = "listen",
    description = "WebSocket consoles that count frames. Used by the other benches.")
public final class ConsoleCommand implements Callable<Integer> {
  private static final int OPENING_AT_ONCE = 8;
  private static final int LEAST_READ = 512;
  private static final int FIRST_READ = 4_096;
  private static final int MOST_READ = 262_144;

  @Option(names = "--port", required = true, description = "the server's web port")
  private int port;

  @Option(
      names = "--token-file",
      required = true,
      description = "tokens of sessions, one a line; streams take them in turn")
  private Path tokenFile;

  @Option(
      names = "--asked",
      required = true,
      description = "file with the times at which changes of agents are asked for")
  private Path asked;

  @Option(names = "--count", required = true, description = "streams to open")
  private int count;

  @Option(
      names = "--topics",
      defaultValue = "[\"calls\",\"agents\",\"pops\",\"gateway\"]",
      description = "as a JSON list (default: all)")
  private String topics;

  @Option(
      names = "--gather",
      arity = "1",
      defaultValue = "true",
      description = "changes come gathered (default: true)")
  private boolean gather;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      EventLoop loop = group.next();
      Semaphore room = new Semaphore(OPENING_AT_ONCE);
      Tally tally = new Tally(room::release, AskedTimes.in(asked));
      List<String> tokens = Files.readAllLines(tokenFile);
      for (int i = 0; i < count; i++) {
        room.acquire();
        connect(loop, tokens.get(i % tokens.size()), tally);
      }
      System.out.println("ready");
      obey(loop, tally);
    } finally {
      group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await();
    }
    return 0;
  }

  private void connect(EventLoop loop, String token, Tally tally) throws InterruptedException {
    String subscription =
        "{\"op\":\"subscribe\",\"topics\":%s,\"gather\":%b}".formatted(topics, gather);
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new ConsoleSocket(port, token, subscription, tally));
              }
            })
        .connect("127.0.0.1", port)
        .sync();
  }

  private static void obey(EventLoop loop, Tally tally)
      throws IOException, InterruptedException, ExecutionException {
    JsonMapper json = JsonMapper.builder().build();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "status" ->
            System.out.println(json.writeValueAsString(loop.submit(tally::heard).get()));
        case "forget" -> loop.submit(tally::forgetTimes).get();
        default -> throw new IllegalArgumentException("'" + line + "', expected status, forget");
      }
    }
  }
}
