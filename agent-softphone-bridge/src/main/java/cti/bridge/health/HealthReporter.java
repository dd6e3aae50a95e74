package cti.bridge.health;

import cti.bridge.pairing.Pairing;
import cti.bridge.phone.Phone;
import cti.bridge.phone.PhoneFeature;
import cti.bridge.phone.PhoneStatus;
import cti.bridge.pop.PopTimes;
import cti.bridge.server.ServerHttp;
import cti.bridge.server.ServerLink;
import cti.bridge.server.ServerStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the server how the phone does: at once when that changes, and every 15 s, for a report is
 * worth something for a minute. Of a phone whose number nobody knows nothing is told.
 */
public final class HealthReporter implements AutoCloseable {
  private static final Logger log = System.getLogger(HealthReporter.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(15);

  /** What changes together is told together. */
  private static final Duration GATHER = Duration.ofMillis(100);

  /** Of a word why, as the server takes it. */
  private static final int LONGEST = 200;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ServerLink link;
  private final ServerHttp http;
  private final Phone phone;
  private final PopTimes pops;
  private final AtomicBoolean due = new AtomicBoolean();
  private final ScheduledExecutorService turns =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("health").daemon().factory());
  private volatile String before = "";
  private volatile String told = "";

  public HealthReporter(ServerLink link, ServerHttp http, Phone phone, PopTimes pops) {
    this.link = link;
    this.http = http;
    this.phone = phone;
    this.pops = pops;
  }

  public void start() {
    turns.scheduleWithFixedDelay(this::report, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Something about the phone or the link changed. */
  public void changed() {
    String now = key(phone.status());
    if (!now.equals(before) && due.compareAndSet(false, true)) {
      try {
        turns.schedule(this::report, GATHER.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException ending) {
        log.log(Level.DEBUG, "health: the bridge ends");
      }
    }
  }

  private String key(PhoneStatus status) {
    return status.extension()
        + " "
        + status.registration()
        + status.problem()
        + status.devices()
        + status.audioProblem()
        + phone.features()
        + link.status().state();
  }

  private void report() {
    due.set(false);
    PhoneStatus status = phone.status();
    before = key(status);
    Optional<Pairing> pairing = link.pairing();
    if (pairing.isEmpty()
        || link.status().state() != ServerStatus.State.LIVE
        || status.extension().isEmpty()) {
      return;
    }
    http.ask(pairing.get(), "PUT", "/api/v1/me/phone", Optional.of(body(status)))
        .whenComplete(
            (answer, failure) -> {
              String outcome =
                  failure != null
                      ? failure.toString()
                      : answer.status() == 204 ? "" : answer.problem();
              if (!outcome.isEmpty() && !outcome.equals(told)) {
                log.log(Level.WARNING, "health: not taken by the server: {0}", outcome);
              }
              told = outcome;
            });
  }

  private JsonNode body(PhoneStatus status) {
    var body = JSON.createObjectNode();
    body.put("extension", status.extension().orElseThrow());
    status.registration().ifPresent(registered -> body.put("registered", registered));
    status.problem().ifPresent(why -> body.put("problem", cut(why, LONGEST)));
    if (status.devices().isPresent() || status.audioProblem().isPresent()) {
      var audio = body.putObject("audio");
      audio.put("source", status.devices().map(used -> cut(used.source(), 64)).orElse(""));
      audio.put("player", status.devices().map(used -> cut(used.player(), 64)).orElse(""));
      status.audioProblem().ifPresent(why -> audio.put("problem", cut(why, LONGEST)));
    }
    status
        .quality()
        .ifPresent(
            measured -> {
              var quality = body.putObject("quality");
              quality.put("lossPermille", measured.lossPermille());
              quality.put("jitterMicros", measured.jitterMicros());
              quality.put("roundTripMicros", measured.roundTripMicros());
            });
    PopTimes.Figures figures = pops.figures();
    if (figures.count() > 0) {
      var times = body.putObject("pops");
      times.put("count", figures.count());
      times.put("p50Micros", figures.p50Micros());
      times.put("p99Micros", figures.p99Micros());
    }
    // One that is away can do nothing at all, which its problem says.
    Set<PhoneFeature> able = phone.features();
    if (!able.isEmpty()) {
      var unavailable = body.putArray("unavailable");
      EnumSet.complementOf(EnumSet.copyOf(able))
          .forEach(feature -> unavailable.add(feature.word()));
    }
    return body;
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }

  @Override
  public void close() {
    turns.shutdownNow();
  }
}
