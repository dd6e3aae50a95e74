package cti.server.app;

import cti.core.port.LatencySink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Figures for Prometheus. */
final class ServerMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer eventToScreen =
      Timer.builder("cti.event.to.screen")
          .description("From the read of a gateway event to its frame on a client's socket")
          .publishPercentiles(0.5, 0.99)
          .distributionStatisticExpiry(Duration.ofHours(1))
          .maximumExpectedValue(Duration.ofSeconds(10))
          .percentilePrecision(3)
          .register(registry);

  ServerMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  LatencySink eventToScreen() {
    return nanos -> eventToScreen.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A figure that is read when Prometheus asks. */
  void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /** What only grows, by kind; each kind is there from the start. */
  <K extends Enum<K>> Consumer<K> counters(String name, String description, Class<K> kinds) {
    Map<K, Counter> byKind = new EnumMap<>(kinds);
    for (K kind : kinds.getEnumConstants()) {
      byKind.put(
          kind,
          Counter.builder(name)
              .description(description)
              .tag("kind", kind.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    return kind -> byKind.get(kind).increment();
  }

  /** The text form that Prometheus reads. */
  String text() {
    return registry.scrape();
  }
}
