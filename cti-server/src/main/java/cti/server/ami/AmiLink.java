package cti.server.ami;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to one gateway's manager interface: connects, logs in, pings, sends actions, hands on
 * events, and connects again when it is lost, until it is stopped.
 *
 * <pre>
 * NEW → CONNECTING → AWAITING_BANNER → AWAITING_CHALLENGE → AWAITING_LOGIN → AWAITING_BOOT → UP
 *           ↑             └──────────────┴──── any loss ──────┴───────────────┴─────────────┤
 *           └───────────────────────────── BACKING_OFF ←────────────────────────────────────┘
 * any → STOPPING → STOPPED
 * </pre>
 *
 * All of it runs on one event loop without locks; {@link #start}, {@link #send}, {@link #stop} and
 * the getters may be called from any thread.
 */
public final class AmiLink {
  private static final Logger LOG = LoggerFactory.getLogger(AmiLink.class);
  private static final Duration LOGOFF_LIMIT = Duration.ofSeconds(2);

  private final AmiLinkConfig config;
  private final EventLoop loop;
  private final AmiLinkListener listener;
  private final AmiCounters counters = new AmiCounters();
  private final LinkStatus status;
  private final ActionTable actions;
  private final AmiConnector connector;
  private final BackOff backOff;
  private final ActionIds actionIds;
  private final Pinger pinger;
  private final LoopTimer timer;
  private final CompletableFuture<AmiBanner> started = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  // The event loop's own: the connection or attempt there is, and what belongs to it.
  private AmiSession session;
  private AmiBanner banner;
  private String loginActionId;

  /**
   * @param group gives the one event loop that all of the link runs on; not shut down by the link
   * @param jitter numbers from 0 (included) to 1 (excluded), for the back-off
   * @param clock tells since when a state lasts
   * @param nanoTime the monotonic clock, in nanoseconds
   * @throws IllegalArgumentException where the trust file cannot be used
   */
  public AmiLink(
      AmiLinkConfig config,
      EventLoopGroup group,
      DoubleSupplier jitter,
      Clock clock,
      LongSupplier nanoTime,
      AmiLinkListener listener) {
    this.config = config;
    this.loop = group.next();
    this.listener = new GuardedListener(listener, config.endpoint(), counters);
    this.status = new LinkStatus(clock, nanoTime);
    this.actions = new ActionTable(loop, config.bounds(), counters);
    this.connector = new AmiConnector(config, loop, nanoTime, counters);
    AmiTimings timings = config.timings();
    this.backOff = new BackOff(timings.backOffMinimum(), timings.backOffMaximum(), jitter);
    this.actionIds = new ActionIds(config.login().clientName(), clock.instant());
    this.pinger = new Pinger(loop, timings, counters, status, actionIds);
    this.timer = new LoopTimer(loop);
  }

  /**
   * Starts to connect, and keeps trying.
   *
   * @return done when the link is up for the first time; fails with {@link AmiStartException} where
   *     an attempt before that ends for a permanent reason (trying goes on until {@link #stop})
   */
  public CompletableFuture<AmiBanner> start() {
    loop.execute(
        () -> {
          if (state() == AmiLinkState.NEW) {
            connect();
          }
        });
    return started.copy();
  }

  /**
   * Sends an action. The future completes on the event loop, after all events that came before the
   * answer were handed on; it fails with an {@link AmiActionException} within the action's time
   * limit in any case. A refusal by the gateway is a reply without success.
   */
  public CompletableFuture<AmiReply> send(AmiAction action) {
    CompletableFuture<AmiReply> future = new CompletableFuture<>();
    if (!actions.reserve()) {
      int most = config.bounds().maxActionsInFlight();
      refuse(action, future, most + " actions wait for their answers already");
    } else if (loop.inEventLoop()) {
      sendReserved(action, future);
    } else {
      try {
        loop.execute(() -> sendReserved(action, future));
      } catch (RejectedExecutionException loopHasEnded) {
        actions.release();
        refuse(action, future, "the event loop has ended");
      }
    }
    return future;
  }

  /**
   * Logs off, closes and ends all timers; actions in flight fail.
   *
   * @return done when the connection is closed and no timer is left
   */
  public CompletableFuture<Void> stop() {
    try {
      loop.execute(this::beginStop);
    } catch (RejectedExecutionException loopHasEnded) {
      stopped.complete(null);
    }
    return stopped.copy();
  }

  /**
   * Stops or resumes reading, for a listener that cannot keep up for a moment. What was read
   * already is still handed on, 64 KiB at most; a new connection reads. Not for long: when the
   * sockets' buffers are full Asterisk waits the user's {@code writetimeout} (100 ms) and closes
   * the session.
   */
  public void reading(boolean on) {
    loop.execute(
        () -> {
          if (session != null) {
            session.reading(on);
          }
        });
  }

  public AmiLinkState state() {
    return status.state();
  }

  public AmiLinkHealth health() {
    return status.health(actions.inFlight());
  }

  public AmiCounters counters() {
    return counters;
  }

  // ---- the state machine: everything below runs on the event loop ----

  private void connect() {
    AmiSession opened = new AmiSession(new Steps());
    session = opened;
    enter(AmiLinkState.CONNECTING);
    Duration limit = config.timings().connect();
    timer.set(limit, () -> refused("not within " + limit.toMillis() + " ms"));
    connector.connect(
        opened,
        cause -> {
          if (opened.wanted()) {
            refused(LinkLoss.innermost(cause));
          }
        });
  }

  private void refused(String detail) {
    lose(new LinkLoss.Refused(config.endpoint(), detail));
  }

  /** What a connection brings. */
  private final class Steps implements AmiSession.Owner {
    @Override
    public void connected() {
      enter(AmiLinkState.AWAITING_BANNER);
      Duration limit = config.timings().login();
      timer.set(limit, () -> lose(new LinkLoss.NoProgress(state(), limit)));
    }

    @Override
    public void greeted(AmiBanner greeting) {
      banner = greeting;
      enter(AmiLinkState.AWAITING_CHALLENGE);
      loginActionId = write(AmiAction.of("Challenge").with("AuthType", "MD5"));
    }

    @Override
    public void received(AmiMessage message) {
      switch (state()) {
        case UP -> receivedUp(message);
        case AWAITING_CHALLENGE -> receivedChallenge(message);
        case AWAITING_LOGIN -> receivedLogin(message);
        case AWAITING_BOOT -> receivedBooting(message);
        // Logging off: whatever still comes is nobody's.
        case STOPPING -> {}
        case NEW, CONNECTING, AWAITING_BANNER, BACKING_OFF, STOPPED ->
            throw new IllegalStateException("message in " + state());
      }
    }

    @Override
    public void closed(String detail) {
      lose(new LinkLoss.ClosedByGateway(state(), detail));
    }

    @Override
    public void failed(Throwable cause) {
      LinkLoss reason = LinkLoss.of(cause, state(), config.endpoint());
      if (reason instanceof LinkLoss.Defect) {
        LOG.error("AMI {} defect while reading", config.endpoint(), cause);
      }
      lose(reason);
    }
  }

  private void receivedChallenge(AmiMessage message) {
    if (!isAnswer(message)) {
      return;
    }
    String challenge = message.get("Challenge");
    if (challenge == null) {
      rejected(message);
      return;
    }
    enter(AmiLinkState.AWAITING_LOGIN);
    AmiLogin login = config.login();
    loginActionId =
        write(
            AmiAction.of("Login")
                .with("AuthType", "MD5")
                .with("Username", login.user())
                .with("Key", LoginKey.of(challenge, login.secret())));
  }

  private void receivedLogin(AmiMessage message) {
    if (!isAnswer(message)) {
      return;
    }
    if (!"Success".equalsIgnoreCase(message.get("Response"))) {
      rejected(message);
      return;
    }
    enter(AmiLinkState.AWAITING_BOOT);
    Duration limit = config.timings().boot();
    timer.set(limit, () -> lose(new LinkLoss.NoProgress(AmiLinkState.AWAITING_BOOT, limit)));
    pinger.start(session, this::lose);
  }

  private void receivedBooting(AmiMessage message) {
    if (message.isResponse()) {
      pinger.takes(message);
    } else if ("FullyBooted".equalsIgnoreCase(message.eventName())) {
      timer.cancel();
      counters.connections.increment();
      enter(AmiLinkState.UP);
      listener.linkUp(banner, message);
      started.complete(banner);
    } else {
      counters.eventsBeforeUp.increment();
    }
  }

  private void receivedUp(AmiMessage message) {
    switch (message.type()) {
      case EVENT -> {
        status.event(message.receivedNanos());
        if (!actions.takes(message)) {
          listener.event(message);
        }
      }
      case RESPONSE -> {
        if (!pinger.takes(message)) {
          actions.response(message);
        }
      }
      case UNKNOWN -> LOG.debug("AMI {} left out {}", config.endpoint(), message);
    }
  }

  private boolean isAnswer(AmiMessage message) {
    return message.isResponse() && loginActionId.equals(message.actionId());
  }

  private void rejected(AmiMessage response) {
    String words = response.get("Message");
    lose(new LinkLoss.LoginRejected(config.login().user(), words == null ? "no reason" : words));
  }

  private void sendReserved(AmiAction action, CompletableFuture<AmiReply> future) {
    if (state() != AmiLinkState.UP) {
      actions.release();
      refuse(action, future, "the link is " + state() + ", not UP");
      return;
    }
    Duration limit = action.timeLimit().orElse(config.timings().action());
    String actionId = actionIds.next();
    actions.add(actionId, action, limit, future);
    counters.actionsSent.increment();
    session.write(actionId, action);
  }

  private void lose(LinkLoss reason) {
    if (state() == AmiLinkState.STOPPING) {
      finishStop();
      return;
    }
    if (state() == AmiLinkState.UP
        && status.age().compareTo(config.timings().backOffMaximum()) >= 0) {
      backOff.reset();
    }
    Duration wait = reason.permanent() ? backOff.longest() : backOff.next();
    LOG.warn(
        "AMI {} lost: {}; next attempt in {} ms",
        config.endpoint(),
        reason.message(),
        wait.toMillis());
    end(AmiLinkState.BACKING_OFF, reason);
    timer.set(wait, this::connect);
    if (reason.permanent()) {
      started.completeExceptionally(new AmiStartException(reason));
    }
  }

  private void beginStop() {
    AmiLinkState before = state();
    if (before == AmiLinkState.STOPPING || before == AmiLinkState.STOPPED) {
      return;
    }
    timer.cancel();
    pinger.stop();
    enter(AmiLinkState.STOPPING);
    if (before != AmiLinkState.UP && before != AmiLinkState.AWAITING_BOOT) {
      finishStop();
      return;
    }
    actions.failAll(name -> new AmiLinkLostException(name, new LinkLoss.Stopped()));
    // The timer first: a write that fails ends the session at once.
    timer.set(LOGOFF_LIMIT, this::finishStop);
    session.reading(true);
    write(AmiAction.of("Logoff"));
  }

  private void finishStop() {
    Optional<Channel> channel = session == null ? Optional.empty() : session.channel();
    LinkLoss reason = new LinkLoss.Stopped();
    end(AmiLinkState.STOPPED, reason);
    started.completeExceptionally(new AmiStartException(reason));
    channel.ifPresentOrElse(
        open -> open.closeFuture().addListener(closed -> stopped.complete(null)),
        () -> stopped.complete(null));
  }

  /** What every end has in common: timers, connection, actions, listener, in this order. */
  private void end(AmiLinkState next, LinkLoss reason) {
    timer.cancel();
    pinger.stop();
    if (session != null) {
      session.abandon();
      session = null;
    }
    counters.losses.increment();
    AmiLinkState before = state();
    status.lost(next, backOff.failures(), reason);
    logStep(before, next);
    actions.failAll(name -> new AmiLinkLostException(name, reason));
    listener.linkLost(reason);
  }

  private void enter(AmiLinkState next) {
    AmiLinkState before = state();
    status.enter(next);
    logStep(before, next);
  }

  private void logStep(AmiLinkState before, AmiLinkState next) {
    LOG.info("AMI {} {} -> {}", config.endpoint(), before, next);
  }

  private String write(AmiAction action) {
    String actionId = actionIds.next();
    session.write(actionId, action);
    return actionId;
  }

  private void refuse(AmiAction action, CompletableFuture<AmiReply> future, String reason) {
    counters.actionsRefused.incrementAndGet();
    future.completeExceptionally(new AmiActionRefusedException(action.name(), reason));
  }
}
