package cti.server.agi;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.asteriskjava.fastagi.AgiScript;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FastAGI: gateways ask here where a call goes. Scripts: {@code hotline} runs the flow, {@code
 * callback} greets who is called back, {@code agent} serves feature codes of desk phones, {@code
 * prompts} lets administrators record what callers hear, {@code recording} says how a desk records,
 * {@code ping} returns at once. One virtual thread a call, capped.
 */
public final class FlowServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlowServer.class);

  private final AgiSettings settings;
  private final AgiCounters counters = new AgiCounters();
  private final Map<String, AgiScript> scripts;
  private final LimitedServerSocket socket;
  private final ExecutorService threads;
  private final CappedAgiServer server;
  private final Thread accepting;

  private FlowServer(
      AgiSettings settings, FlowSources sources, PhoneDesk phones, LongSupplier nanoTime)
      throws IOException {
    this.settings = settings;
    EngineReports engine = new EngineReports(phones.mailbox(), counters);
    this.scripts =
        Map.of(
            "hotline",
            new HotlineScript(settings, sources, engine, counters, nanoTime),
            "callback",
            new CallbackScript(settings, sources, engine, nanoTime),
            "agent",
            new AgentPhoneScript(settings, phones, sources.plan(), engine, nanoTime),
            "prompts",
            new PromptScript(settings, phones.studio(), sources.plan(), engine, nanoTime),
            "recording",
            new RecordingScript(settings, sources.plan(), nanoTime),
            "ping",
            (request, channel) -> LOG.debug("ping"));
    this.socket = LimitedServerSocket.bind(settings, counters, nanoTime);
    // Virtual threads, which wait without a limit of the socket's own: with one each line would be
    // waited for through two threads more (docs/performance.md, lookup).
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("fastagi-", 0).factory());
    this.server =
        new CappedAgiServer(
            (request, channel) -> script(request.getScript()),
            socket,
            threads,
            counters,
            mostConnections(settings));
    this.accepting = Thread.ofPlatform().name("fastagi-accept").unstarted(this::accept);
  }

  /**
   * Listens, and serves from now on.
   *
   * @param sources what leads a call
   * @param phones what feature codes need, and where flows tell the engine what they learn
   * @param nanoTime a monotonic clock in nanoseconds
   * @throws IOException with one clear message where the address cannot be had
   */
  public static FlowServer start(
      AgiSettings settings, FlowSources sources, PhoneDesk phones, LongSupplier nanoTime)
      throws IOException {
    FlowServer server = new FlowServer(settings, sources, phones, nanoTime);
    server.accepting.start();
    LOG.info(
        "FastAGI for gateway {} on {} port {}",
        settings.gateway(),
        settings.address().getHostAddress(),
        server.port());
    return server;
  }

  /** Room for calls that only hear the overload prompt, on top of those in the flow. */
  static int mostConnections(AgiSettings settings) {
    return settings.mostSessions() + Math.max(8, settings.mostSessions() / 4);
  }

  private void accept() {
    try {
      server.startup();
    } catch (IOException e) {
      LOG.error("FastAGI stopped accepting calls", e);
    }
  }

  private AgiScript script(String name) {
    if (name == null) {
      // A connection that asked for nothing, such as a port check.
      return (request, channel) -> LOG.debug("FastAGI connection without a request");
    }
    AgiScript script = scripts.get(name);
    if (script == null) {
      LOG.warn("No script '{}', expected one of {}", name, scripts.keySet());
      return (request, channel) -> {};
    }
    return script;
  }

  /** The port that it listens on. */
  public int port() {
    return socket.port();
  }

  public AgiCounters counters() {
    return counters;
  }

  /**
   * Stops: no new calls, then the dialogues under way end and their calls go to the gateway's
   * static queue. When it returns no thread is left.
   *
   * @throws IOException where a thread did not end within the stop limit
   */
  @Override
  public void close() throws IOException {
    server.shutdown();
    threads.shutdown();
    socket.closeConnections();
    try {
      accepting.join(settings.stopLimit());
      socket.stopWatching(settings.stopLimit());
      // Whatever was accepted in the last moment is in the list by now.
      socket.closeConnections();
      boolean ended =
          threads.awaitTermination(settings.stopLimit().toMillis(), TimeUnit.MILLISECONDS);
      if (!ended || accepting.isAlive()) {
        threads.shutdownNow();
        throw new IOException(
            "FastAGI did not end its dialogues within " + settings.stopLimit().toMillis() + " ms");
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
