package cti.bench.gateway;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * The synthetic gateway as a process. Reads lines on standard input: {@code play RATE SECONDS},
 * {@code status} (answered by one JSON line), {@code cut}; ends with its input.
 */
@Command(
    name = "gateway",
    description = "The synthetic gateway: AMI and FastAGI, no phones. Used by the other benches.")
public final class GatewayCommand implements Callable<Integer> {
  @Option(names = "--ami-port", required = true, description = "port of 127.0.0.1 to listen on")
  private int amiPort;

  @Option(
      names = "--secret-file",
      required = true,
      description = "the manager secret is its first line")
  private Path secretFile;

  @Option(names = "--agi-port", required = true, description = "port of the server's FastAGI")
  private int agiPort;

  @Option(names = "--callers", required = true, description = "file: one calling number a line")
  private Path callers;

  @Option(
      names = "--events",
      defaultValue = "155",
      description = "events of an answered call (default: ${DEFAULT-VALUE}); 0: filtered ones only")
  private int events;

  @Option(names = "--ring", defaultValue = "400", description = "milliseconds, +-50 %%")
  private int ring;

  @Option(names = "--talk", defaultValue = "1000", description = "milliseconds, +-50 %%")
  private int talk;

  @Option(names = "--seed", defaultValue = "1", description = "of all that is drawn")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      EventLoop loop = group.next();
      List<String> numbers =
          Files.readAllLines(callers).stream().filter(n -> !n.isBlank()).toList();
      if (numbers.isEmpty()) {
        throw new IllegalArgumentException(callers + " has no number, expected one a line");
      }
      SyntheticGateway gateway =
          new SyntheticGateway(
              loop,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), agiPort),
              new Plan(events, ring, talk, seed),
              numbers);
      gateway.listen(amiPort, Files.readAllLines(secretFile).getFirst());
      System.out.println("ready");
      obey(loop, gateway);
    } finally {
      group.shutdownGracefully(0, 2, TimeUnit.SECONDS).await();
    }
    return 0;
  }

  private static void obey(EventLoop loop, SyntheticGateway gateway)
      throws IOException, InterruptedException, ExecutionException {
    JsonMapper json = JsonMapper.builder().build();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "play" -> gateway.play(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
        case "cut" -> gateway.cut();
        case "status" ->
            System.out.println(json.writeValueAsString(loop.submit(gateway::played).get()));
        default ->
            throw new IllegalArgumentException("'" + line + "', expected play, status or cut");
      }
    }
  }
}
