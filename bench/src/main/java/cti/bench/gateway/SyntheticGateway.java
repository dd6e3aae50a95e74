package cti.bench.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The gateway: members and calls on one thread, events to whoever has logged in. Calls come at
 * their time whether or not the server keeps up, as callers do; what it has not read waits in
 * memory, up to a bound at which the gateway gives up, and is told of.
 */
final class SyntheticGateway {
  private static final long MOST_PENDING_BYTES = 256L << 20;
  private static final long TICK_MILLIS = 4;
  private static final int LONGEST_LINE = 8_192;
  private static final String KEYS = "12345678";

  private final EventLoop loop;
  private final InetSocketAddress agi;
  private final Plan plan;
  private final List<Plan.Kind> kinds;
  private final List<String> callers;
  private final Random random;
  private final Queues queues = new Queues(this::ring);
  private final List<AmiConnection> sessions = new ArrayList<>();
  private final Set<PlayedCall> inProgress = new LinkedHashSet<>();
  private final Map<String, Long> ended = new TreeMap<>();
  private final long startSeconds = Instant.now().getEpochSecond();
  private long begun;
  private long fellBack;
  private long events;
  private long bytes;
  private long actions;
  private long mostPendingBytes;
  private long connectedMicros;
  private String complaint = "";

  /**
   * @param agi where the server takes FastAGI
   * @param callers the numbers that call, in turn
   */
  SyntheticGateway(EventLoop loop, InetSocketAddress agi, Plan plan, List<String> callers)
      throws IOException {
    this.loop = loop;
    this.agi = agi;
    this.plan = plan;
    this.kinds = plan.kinds();
    this.callers = callers;
    this.random = plan.random();
  }

  /** Listens for manager sessions on the loopback. */
  Channel listen(int port, String secret) throws InterruptedException {
    return new ServerBootstrap()
        .group(loop, loop)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new LineBasedFrameDecoder(LONGEST_LINE),
                        new StringDecoder(StandardCharsets.UTF_8),
                        new AmiConnection(SyntheticGateway.this, secret));
              }
            })
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .sync()
        .channel();
  }

  static String timestamp() {
    Instant now = Instant.now();
    // Made for each event, so without a formatter: six digits behind the point.
    String micros = Integer.toString(1_000_000 + now.getNano() / 1_000);
    return now.getEpochSecond() + "." + micros.substring(1);
  }

  /** Begins calls at a rate, for a time; from any thread. */
  void play(double perSecond, double seconds) {
    long start = System.nanoTime();
    long most = Math.round(perSecond * seconds);
    loop.execute(() -> tick(start, perSecond, 0, most));
  }

  private void tick(long start, double perSecond, long done, long most) {
    double elapsed = (System.nanoTime() - start) / 1e9;
    long due = Math.min(most, (long) Math.floor(elapsed * perSecond) + 1);
    for (long i = done; i < due; i++) {
      begin();
    }
    if (due < most) {
      loop.schedule(() -> tick(start, perSecond, due, most), TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void begin() {
    Plan.Kind kind = kind();
    String caller = callers.get((int) (begun % callers.size()));
    PlayedCall call =
        new PlayedCall(kind.recording(), kind.outcome(), startSeconds, 1 + begun * 4, caller);
    begun++;
    inProgress.add(call);
    emit(call, call.recording().arrival());
    dialogue(call, "ping", () -> {}, pinged -> ask(call));
  }

  private Plan.Kind kind() {
    int draw = random.nextInt(100);
    for (Plan.Kind kind : kinds) {
      draw -= kind.share();
      if (draw < 0) {
        return kind;
      }
    }
    return kinds.getLast();
  }

  private void ask(PlayedCall call) {
    dialogue(
        call,
        "hotline",
        () -> emit(call, call.recording().answer()),
        variables -> {
          String queue = variables.getOrDefault("CTI_QUEUE", "");
          if (!"queue".equals(variables.get("CTI_ACTION")) || queue.isEmpty()) {
            fellBack++;
            complain("the server sent a call to no queue: " + variables);
            inProgress.remove(call);
            return;
          }
          call.set(Slot.QUEUE, queue);
          emit(call, call.recording().joining());
          queues.join(queue, call);
        });
  }

  private void dialogue(
      PlayedCall call,
      String script,
      Runnable answered,
      java.util.function.Consumer<Map<String, String>> done) {
    char key = KEYS.charAt(random.nextInt(KEYS.length()));
    AgiDialogue dialogue = new AgiDialogue(script, call, key, answered, done);
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new LineBasedFrameDecoder(LONGEST_LINE),
                        new StringDecoder(StandardCharsets.UTF_8),
                        dialogue);
              }
            })
        .connect(agi)
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                complain("FastAGI: " + connected.cause());
                dialogue.end();
              }
            });
  }

  private void ring(PlayedCall call, Member member) {
    call.rings(member);
    burst(call);
  }

  /** Plays what is next of a call, and notes when the rest is due. */
  private void burst(PlayedCall call) {
    emit(call, call.recording().bursts().get(call.nextBurst()));
    call.played();
    if (call.over()) {
      inProgress.remove(call);
      ended.merge(call.outcome(), 1L, Long::sum);
      call.member().release();
      queues.look(call.member());
      return;
    }
    int usual = call.talks() ? plan.talkMillis() : plan.ringMillis();
    int millis = usual / 2 + random.nextInt(usual + 1);
    loop.schedule(() -> burst(call), millis, TimeUnit.MILLISECONDS);
  }

  private void emit(PlayedCall call, List<EventTemplate> templates) {
    if (sessions.isEmpty()) {
      return;
    }
    for (AmiConnection session : sessions) {
      ByteBuf out = session.buffer();
      for (EventTemplate template : templates) {
        String now = timestamp();
        call.set(Slot.NOW, now);
        call.set(Slot.NOW_SECONDS, now.substring(0, now.indexOf('.')));
        template.render(call.values(), out);
      }
      bytes += out.readableBytes();
      session.send(out);
      watch(session);
    }
    events += templates.size();
  }

  private void watch(AmiConnection session) {
    long pending = session.pendingBytes();
    mostPendingBytes = Math.max(mostPendingBytes, pending);
    if (pending > MOST_PENDING_BYTES) {
      complain("the server left " + pending + " bytes unread; its session was closed");
      session.cut();
    }
  }

  /** A manager connection is there; it has still to log in. */
  void connected() {
    Instant now = Instant.now();
    connectedMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  void joined(AmiConnection session) {
    sessions.add(session);
  }

  void left(AmiConnection session) {
    sessions.remove(session);
  }

  /** Cuts all manager sessions; from any thread. */
  void cut() {
    loop.execute(() -> List.copyOf(sessions).forEach(AmiConnection::cut));
  }

  /** Keeps the first thing that went wrong. */
  void complain(String what) {
    if (complaint.isEmpty()) {
      complaint = what;
    }
  }

  /** An action of somebody who is logged in. */
  void act(String name, Map<String, String> headers, String id, AmiConnection session) {
    actions++;
    String queue = headers.getOrDefault("Queue", "");
    String memberInterface = headers.getOrDefault("Interface", "");
    switch (name) {
      case "QueueAdd" -> add(headers, id, session);
      case "QueuePause" ->
          queues
              .member(queue, memberInterface)
              .ifPresentOrElse(
                  member -> pause(member, headers, id, session),
                  () -> session.respond("Error", id, "Message: Interface not found"));
      case "QueueRemove" ->
          queues
              .remove(queue, memberInterface)
              .ifPresentOrElse(
                  member -> {
                    session.respond("Success", id, "Message: Removed interface from queue");
                    tell("QueueMemberRemoved", member);
                  },
                  () ->
                      session.respond(
                          "Error", id, "Message: Unable to remove interface: Not there"));
      case "QueueStatus" -> session.send(GatewaySnapshot.queues(queues, id));
      case "DeviceStateList" -> session.send(GatewaySnapshot.devices(queues, id));
      case "CoreShowChannels" -> session.send(GatewaySnapshot.channels(inProgress, id));
      default -> session.respond("Error", id, "Message: Invalid/unknown command");
    }
  }

  private void add(Map<String, String> headers, String id, AmiConnection session) {
    Member member =
        new Member(
            headers.getOrDefault("Queue", ""),
            headers.getOrDefault("Interface", ""),
            headers.getOrDefault("MemberName", ""),
            headers.getOrDefault("StateInterface", ""),
            Integer.parseInt(headers.getOrDefault("Penalty", "0")),
            "true".equals(headers.get("Paused")));
    if (!queues.add(member)) {
      session.respond("Error", id, "Message: Unable to add interface: Already there");
      return;
    }
    session.respond("Success", id, "Message: Added interface to queue");
    tell("QueueMemberAdded", member);
  }

  private void pause(Member member, Map<String, String> headers, String id, AmiConnection session) {
    boolean paused = "true".equals(headers.get("Paused"));
    member.pause(paused, headers.getOrDefault("Reason", ""));
    session.respond(
        "Success", id, "Message: Interface " + (paused ? "" : "un") + "paused successfully");
    tell("QueueMemberPause", member);
    queues.look(member);
  }

  private void tell(String event, Member member) {
    String text = MemberEvent.of(event, member, timestamp());
    sessions.forEach(session -> session.send(text));
    events++;
    bytes += text.length();
  }

  /** What was done so far; only on the gateway's thread. */
  Played played() {
    return new Played(
        begun,
        Map.copyOf(ended),
        fellBack,
        inProgress.size(),
        queues.waiting(),
        queues.members().size(),
        events,
        bytes,
        actions,
        sessions.stream().mapToLong(AmiConnection::pendingBytes).sum(),
        mostPendingBytes,
        connectedMicros,
        complaint);
  }
}
