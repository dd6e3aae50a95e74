package cti.bridge.pop;

import cti.bridge.phone.PhoneCall;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings a screen up when the agent's phone rings or is answered: once a call. The server's word
 * says who calls; the phone's own word, where there is a phone, says when it began to ring, which
 * the time is counted from. All methods but {@link #on} are called on one thread at a time.
 */
public final class ScreenPop implements AutoCloseable {
  private static final Logger log = System.getLogger(ScreenPop.class.getName());
  private static final int KEPT = 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int REHEARSALS = 3;

  /** As the server sends them. */
  private static final String SAMPLE =
      """
      {"id": "c-1", "revision": 1, "call": "c", "agent": "1001", "extension": "8031",
       "number": "13900000001", "callingName": "", "waitedSeconds": 1,
       "callers": [{"staff": "E0001", "name": "员工0001"}], "keys": [{"node": "n", "digits": "1"}],
       "desk": "d", "deskName": "d", "queue": "q"}
      """;

  /** A ring of the phone belongs to a pop that comes within this time. */
  private static final Duration SAME_RING = Duration.ofSeconds(5);

  private final PopRules rules;
  private final PoppedCalls popped;
  private final PopRunner runner;
  private final LongSupplier clock;
  private final PopTimes times = new PopTimes();
  private final PopTimes waits = new PopTimes();
  private final PopTimes starts = new PopTimes();
  private final Map<String, JsonNode> pops = new LinkedHashMap<>();
  private Optional<Long> rangAt = Optional.empty();
  private Optional<Long> saidAt = Optional.empty();
  private volatile Optional<Newest> newest = Optional.empty();
  private volatile boolean on = true;

  /**
   * The parts of one pop.
   *
   * @param call the server's identifier
   * @param rangAt by this computer's clock; where the server's word came first, when that came
   * @param waitMicros from the ring to the server's word; 0 where the word came first
   * @param startMicros from the later of the two to the begin of what came up
   */
  public record Newest(String call, Instant rangAt, long waitMicros, long startMicros) {}

  public ScreenPop(PopRules rules, Path folder) {
    this(
        rules,
        folder,
        new PopRunner(PopRunner.systemBrowser(System.getProperty("os.name"))),
        System::nanoTime);
  }

  /** The clock is that which the callers' nanoseconds are of. */
  ScreenPop(PopRules rules, Path folder, PopRunner runner, LongSupplier clock) {
    this.rules = rules;
    this.popped = new PoppedCalls(folder);
    this.runner = runner;
    this.clock = clock;
  }

  /** From the phone's ring to the begin of what comes up. */
  public PopTimes times() {
    return times;
  }

  /**
   * The first part of it: from the ring to the server's word; nothing where the word came first.
   */
  public PopTimes waits() {
    return waits;
  }

  /** The last part of it: from the server's word to the begin. */
  public PopTimes starts() {
    return starts;
  }

  /** The parts of the last one that came up. */
  public Optional<Newest> newest() {
    return newest;
  }

  /**
   * Goes through all that a pop does, with a program that does nothing in the place of the real
   * one: what is only done once (classes, the start of programs) is done before the first phone
   * rings.
   */
  public void rehearse() {
    for (int i = 0; i < REHEARSALS; i++) {
      Map<PopField, String> values = values(JSON.readTree(SAMPLE));
      rules.actions().forEach(action -> runner.rehearse(action, values));
    }
  }

  public boolean isOn() {
    return on;
  }

  /** Switches it on or off, until the bridge ends. */
  public void on(boolean next) {
    on = next;
    log.log(Level.INFO, "pop: switched {0}", next ? "on" : "off");
  }

  /** The phone rings. */
  public synchronized void rings(PhoneCall call, long nanos) {
    // The server may have said so before: then it is no ring to wait for.
    rangAt = together(saidAt, nanos) ? Optional.empty() : Optional.of(nanos);
    saidAt = Optional.empty();
  }

  /** The server says who calls. */
  public synchronized void pop(JsonNode pop, long nanos) {
    String call = pop.path("call").asString("");
    JsonNode before = pops.put(call, pop);
    // A later revision is no other ring.
    boolean first = before == null || !before.path("id").equals(pop.path("id"));
    long began = first ? began(nanos) : nanos;
    while (pops.size() > KEPT) {
      pops.remove(pops.keySet().iterator().next());
    }
    if (rules.when() == PopRules.When.RING) {
      bring(pop, began, nanos);
    }
  }

  /** A call of the agent changed. */
  public synchronized void call(JsonNode call, long nanos) {
    String id = call.path("id").asString("");
    if (call.has("end")) {
      pops.remove(id);
      return;
    }
    JsonNode pop = pops.get(id);
    if (rules.when() == PopRules.When.ANSWER
        && pop != null
        && call.path("phase").asString("").equals("talking")
        && call.path("agent").asString("").equals(pop.path("agent").asString("-"))) {
      bring(pop, nanos, nanos);
    }
  }

  /** When the phone began to ring; where it has not yet, when the server said that it does. */
  private long began(long nanos) {
    boolean rang = together(rangAt, nanos);
    long ring = rang ? rangAt.orElseThrow() : nanos;
    saidAt = rang ? Optional.empty() : Optional.of(nanos);
    rangAt = Optional.empty();
    return ring;
  }

  private static boolean together(Optional<Long> other, long nanos) {
    return other.filter(at -> Math.abs(nanos - at) < SAME_RING.toNanos()).isPresent();
  }

  private void bring(JsonNode pop, long began, long said) {
    String call = pop.path("call").asString("");
    if (!on || popped.contains(call)) {
      return;
    }
    Map<PopField, String> values = values(pop);
    boolean any = false;
    for (PopAction action : rules.actions()) {
      any |= runner.run(action, values);
    }
    long started = clock.getAsLong();
    long took = started - began;
    popped.add(call);
    if (any) {
      times.add(took);
      waits.add(said - began);
      starts.add(started - said);
      newest =
          Optional.of(
              new Newest(
                  call,
                  Instant.now().minusNanos(clock.getAsLong() - began),
                  (said - began) / 1_000,
                  (started - said) / 1_000));
      log.log(
          Level.INFO,
          "pop: call={0} came up after {1} ms, {2} of them until the server said who calls",
          call,
          took / 1_000_000,
          (said - began) / 1_000_000);
    }
  }

  static Map<PopField, String> values(JsonNode pop) {
    Map<PopField, String> values = new EnumMap<>(PopField.class);
    JsonNode callers = pop.path("callers");
    // Several may have the number; none is picked.
    boolean one = callers.size() == 1;
    for (PopField field : PopField.values()) {
      values.put(
          field,
          switch (field) {
            case CALLER -> one ? callers.get(0).path("name").asString("") : "";
            case STAFF -> one ? callers.get(0).path("staff").asString("") : "";
            case CALLERS -> Integer.toString(callers.size());
            case KEYS ->
                pop.path("keys").values().stream()
                    .map(key -> key.path("digits").asString(""))
                    .collect(Collectors.joining());
            case WAITED_SECONDS -> Long.toString(pop.path("waitedSeconds").asLong(0));
            case CALL, NUMBER, CALLING_NAME, DESK, DESK_NAME, QUEUE, AGENT, EXTENSION ->
                pop.path(field.word()).asString("");
          });
    }
    return values;
  }

  @Override
  public void close() {
    runner.close();
  }
}
