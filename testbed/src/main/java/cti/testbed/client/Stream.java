package cti.testbed.client;

import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An open stream and the picture that its frames draw. Whoever waits is woken by each frame; no
 * wait is without a limit.
 */
public final class Stream implements AutoCloseable {
  private static final Duration TO_OPEN = Duration.ofSeconds(15);
  private static final Duration TO_ANSWER = Duration.ofSeconds(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, CallView> calls = new LinkedHashMap<>();
  private final Map<String, AgentView> agents = new LinkedHashMap<>();
  private final List<PopView> pops = new ArrayList<>();
  private final List<PopEnd> popEnds = new ArrayList<>();
  private final List<NoticeView> notices = new ArrayList<>();
  private final Map<String, List<String>> events = new HashMap<>();
  private final Map<String, CompletableFuture<Reply>> asked = new HashMap<>();
  private final Map<String, String> cases = new HashMap<>();
  private final Map<String, Long> openCases = new HashMap<>();
  private final Consumer<Frame> listener;
  private boolean live;
  private boolean gatewayLive;
  private Optional<String> end = Optional.empty();
  private WebSocket socket;

  /**
   * What became of a command.
   *
   * @param refusal its stable id where the command was refused
   * @param message for people; empty where it was accepted
   */
  public record Reply(boolean ok, Optional<String> refusal, String message) {}

  /** A pop whose ring ended without talk. */
  public record PopEnd(String id, String call, String agent, String outcome) {}

  /**
   * The news of a frame.
   *
   * @param event the name of what happened; empty for the first picture
   */
  public sealed interface Frame {
    record Call(String event, CallView call) implements Frame {}

    record Agent(String event, AgentView agent) implements Frame {}

    record Pop(PopView pop) implements Frame {}
  }

  private Stream(Consumer<Frame> listener) {
    this.listener = listener;
  }

  /** What a stream has shown so far; only to be read while {@link Stream#await} asks. */
  public final class Picture {
    private Picture() {}

    /** Every call that was ever seen, as it was seen last. */
    public Collection<CallView> calls() {
      return calls.values();
    }

    /** The last call of this number that began after {@code seen} others of it. */
    public Optional<CallView> callFrom(String number, int seen) {
      return calls.values().stream()
          .filter(call -> call.callingNumber().equals(number))
          .skip(seen)
          .findFirst();
    }

    /** The names of all that was pushed of a call, in order. */
    public List<String> eventsOf(String call) {
      return List.copyOf(events.getOrDefault(call, List.of()));
    }

    public Optional<CallView> call(String id) {
      return Optional.ofNullable(calls.get(id));
    }

    public Optional<AgentView> agent(String id) {
      return Optional.ofNullable(agents.get(id));
    }

    /** The latest revision of every pop, in the order in which they came up. */
    public List<PopView> pops() {
      Map<String, PopView> latest = new LinkedHashMap<>();
      pops.forEach(pop -> latest.put(pop.id(), pop));
      return List.copyOf(latest.values());
    }

    public List<PopEnd> popEnds() {
      return List.copyOf(popEnds);
    }

    /** Everything that was told expressly, in order. */
    public List<NoticeView> notices() {
      return notices;
    }

    /** The state of a missed case as it was pushed last. */
    public Optional<String> missedCase(String id) {
      return Optional.ofNullable(cases.get(id));
    }

    /** How many missed cases of a desk are open. */
    public long openCases(String desk) {
      return openCases.getOrDefault(desk, 0L);
    }

    /** True while the server has its link to the gateway. */
    public boolean gatewayLive() {
      return gatewayLive;
    }
  }

  /** Opens a stream with these topics and waits until its frames are news. */
  public static Stream open(Api api, List<String> topics) throws InterruptedException {
    return open(api, topics, frame -> {});
  }

  /**
   * The same as the console's page subscribes: changes come gathered, the newest of each call and
   * agent only, so that {@link Picture#eventsOf} may lack some.
   */
  public static Stream openGathered(Api api, List<String> topics) throws InterruptedException {
    return open(api, topics, true, frame -> {});
  }

  /**
   * Opens a stream.
   *
   * @param listener is told of each piece of news, on the socket's thread
   */
  public static Stream open(Api api, List<String> topics, Consumer<Frame> listener)
      throws InterruptedException {
    return open(api, topics, false, listener);
  }

  private static Stream open(Api api, List<String> topics, boolean gather, Consumer<Frame> listener)
      throws InterruptedException {
    Stream stream = new Stream(listener);
    URI http = api.address();
    URI address = URI.create("ws://" + http.getAuthority() + "/api/v1/stream");
    stream.socket =
        api.client()
            .newWebSocketBuilder()
            .connectTimeout(TO_OPEN)
            .header("Authorization", "Bearer " + api.token())
            .buildAsync(address, stream.new Frames())
            .join();
    stream.socket.sendText(
        Json.write(Map.of("op", "subscribe", "topics", topics, "gather", gather)), true);
    stream.await(
        "the stream's marker live",
        TO_OPEN,
        p -> stream.live ? Optional.of(true) : Optional.empty());
    return stream;
  }

  /**
   * Waits until the picture holds something.
   *
   * @throws Unexpected at the limit, or when the stream has ended
   */
  public <T> T await(String what, Duration limit, Function<Picture, Optional<T>> look)
      throws InterruptedException {
    return await(what, limit, look, p -> "nothing of the kind");
  }

  /**
   * Waits until the picture holds something.
   *
   * @param seen describes what the picture holds instead, for the fault
   */
  public <T> T await(
      String what,
      Duration limit,
      Function<Picture, Optional<T>> look,
      Function<Picture, Object> seen)
      throws InterruptedException {
    Optional<T> found = lookFor(what, limit, look);
    return found.orElseThrow(
        () -> Unexpected.instead(what + " within " + Patience.seconds(limit), look(seen)));
  }

  /**
   * Waits until the picture holds something, or the time is over.
   *
   * @throws Unexpected when the stream has ended
   */
  public <T> Optional<T> lookFor(String what, Duration limit, Function<Picture, Optional<T>> look)
      throws InterruptedException {
    Picture picture = new Picture();
    long left = limit.toNanos();
    lock.lock();
    try {
      while (true) {
        Optional<T> found = look.apply(picture);
        if (found.isPresent() || left <= 0) {
          return found;
        }
        if (end.isPresent()) {
          throw Unexpected.instead(what, "the stream ended: " + end.get());
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks at the picture as it is now. */
  public <T> T look(Function<Picture, T> look) {
    lock.lock();
    try {
      return look.apply(new Picture());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a command and waits for its reply.
   *
   * @param fields {@code command} and what belongs to it
   * @throws Unexpected where no reply comes within five seconds
   */
  public Reply command(Map<String, String> fields) throws InterruptedException {
    Map<String, String> frame = new TreeMap<>(fields);
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    lock.lock();
    try {
      String id = "c" + (asked.size() + 1);
      asked.put(id, reply);
      frame.put("op", "command");
      frame.put("id", id);
      socket.sendText(Json.write(frame), true).join();
    } finally {
      lock.unlock();
    }
    try {
      return reply.get(TO_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException none) {
      throw Unexpected.instead("a reply to " + frame, none);
    }
  }

  private void reply(JsonNode frame) {
    CompletableFuture<Reply> waits = asked.get(frame.path("id").asString());
    if (waits != null) {
      JsonNode refusal = frame.path("refusal");
      waits.complete(
          new Reply(
              frame.path("ok").asBoolean(),
              refusal.isObject() ? Optional.of(refusal.path("id").asString()) : Optional.empty(),
              refusal.path("message").asString("")));
    }
  }

  private void take(JsonNode frame) {
    switch (frame.path("type").asString()) {
      case "snapshot" -> {
        frame.path("calls").values().forEach(node -> put(Json.read(node, CallView.class)));
        frame.path("agents").values().forEach(node -> put(Json.read(node, AgentView.class)));
        frame.path("pops").values().forEach(node -> pops.add(Json.read(node, PopView.class)));
        frame.path("gateways").values().forEach(this::gateway);
        openCases(frame.path("missedCases"));
      }
      case "live" -> live = true;
      case "changes" -> frame.path("frames").values().forEach(this::take);
      case "call" -> {
        CallView call = Json.read(frame.path("call"), CallView.class);
        put(call);
        events
            .computeIfAbsent(call.id(), id -> new ArrayList<>())
            .add(frame.path("event").asString());
        listener.accept(new Frame.Call(frame.path("event").asString(), call));
      }
      case "agent" -> {
        AgentView agent = Json.read(frame.path("agent"), AgentView.class);
        put(agent);
        listener.accept(new Frame.Agent(frame.path("event").asString(), agent));
      }
      case "gateway" -> {
        gateway(frame.path("gateway"));
        frame.path("calls").values().forEach(node -> put(Json.read(node, CallView.class)));
        frame.path("agents").values().forEach(node -> put(Json.read(node, AgentView.class)));
      }
      case "pop" -> {
        PopView pop = Json.read(frame.path("pop"), PopView.class);
        pops.add(pop);
        listener.accept(new Frame.Pop(pop));
      }
      case "missedCase" ->
          cases.put(
              frame.path("id").asString(), frame.path("missedCase").path("state").asString("gone"));
      case "missedCases" -> openCases(frame.path("missedCases"));
      case "notice" -> notices.add(Json.read(frame, NoticeView.class));
      case "popEnded" -> popEnds.add(Json.read(frame, PopEnd.class));
      case "error" -> end = Optional.of(frame.path("detail").asString());
      case "reply" -> reply(frame);
      // Pongs: we never ping.
      default -> {}
    }
  }

  private void openCases(JsonNode counts) {
    openCases.clear();
    counts
        .path("desks")
        .values()
        .forEach(desk -> openCases.put(desk.path("desk").asString(""), desk.path("open").asLong()));
  }

  private void gateway(JsonNode gateway) {
    gatewayLive = gateway.path("live").asBoolean();
  }

  private void put(CallView call) {
    calls.put(call.id(), call);
  }

  private void put(AgentView agent) {
    agents.put(agent.id(), agent);
  }

  private void ended(String why) {
    lock.lock();
    try {
      if (end.isEmpty()) {
        end = Optional.of(why);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private final class Frames implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        lock.lock();
        try {
          take(Json.tree(whole));
          changed.signalAll();
        } catch (JacksonException unreadable) {
          ended("a frame cannot be read: " + unreadable.getMessage() + " in " + whole);
        } finally {
          lock.unlock();
        }
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ended(code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable fault) {
      ended(fault.toString());
    }
  }

  /** Closes the stream; a server that is gone already is no fault. */
  @Override
  public void close() {
    socket
        .sendClose(WebSocket.NORMAL_CLOSURE, "done")
        .orTimeout(2, TimeUnit.SECONDS)
        .exceptionally(gone -> socket)
        .join();
    socket.abort();
  }
}
