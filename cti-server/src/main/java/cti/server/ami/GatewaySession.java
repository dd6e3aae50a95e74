package cti.server.ami;

import cti.core.engine.GatewayAction;
import cti.core.engine.GatewayInput;
import cti.core.id.ChannelId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.port.GatewayCommands;
import cti.core.port.Mailbox;
import cti.server.ami.AmiActions.QueueMember;
import cti.server.ami.AmiActions.QueueSeat;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the link and the engine's mailbox. After each login it takes a snapshot and hands it in
 * first; what the gateway reports meanwhile follows in order. While the mailbox is full the link
 * stops reading, so that events wait in the gateway and none is dropped.
 */
public final class GatewaySession implements AmiLinkListener, GatewayCommands {
  /** What it answers to everything on its way down (manager.c): it is away, and refuses nobody. */
  private static final String SHUTTING_DOWN = "Asterisk is shutting down";

  private static final Logger log = LoggerFactory.getLogger(GatewaySession.class);
  private static final long RETRY_MILLIS = 5;

  private static final long SNAPSHOT_RETRY_MILLIS = 1_000;

  private final GatewayId gateway;
  private final List<String> codecs;
  private final AmiTranslator translator;
  private final AmiSnapshot snapshots;
  private final InstantSource clock;
  private final ScheduledExecutorService timers;

  /** What the full mailbox has not taken yet. */
  private final Deque<Held> held = new ArrayDeque<>();

  /** What was reported since the login or the last snapshot that failed; follows the snapshot. */
  private final Deque<Held> meanwhile = new ArrayDeque<>();

  private Mailbox mailbox;
  private AmiLink link;
  private boolean snapshotPending;
  private boolean retrying;
  private volatile boolean up;
  private final GatewayClock clocks;
  private int epoch;
  private CompletableFuture<String> version = CompletableFuture.completedFuture("");

  private record Held(GatewayInput input, long receivedNanos) {}

  private record Pictured(List<AmiMessage> channels, List<AmiMessage> queues) {}

  /**
   * @param codecs in which calls speak that we begin, at least one
   * @param timers used for a retry while the mailbox is full; not shut down here
   */
  public GatewaySession(
      GatewayId gateway,
      List<String> codecs,
      InstantSource clock,
      ScheduledExecutorService timers) {
    this.gateway = gateway;
    this.codecs = List.copyOf(codecs);
    this.translator = new AmiTranslator(gateway);
    this.snapshots = new AmiSnapshot(gateway);
    this.clock = clock;
    this.clocks = new GatewayClock(gateway, clock, timers);
    this.timers = timers;
  }

  /** Gives the session both its ends; once, before the link starts. */
  public synchronized void connect(AmiLink withLink, Mailbox withMailbox) {
    link = withLink;
    mailbox = withMailbox;
  }

  /**
   * By how much the gateway's clock is ahead of ours, as last compared; zero where they agree. It
   * is compared at each login and every five seconds.
   */
  public Duration gatewayAhead() {
    return clocks.ahead();
  }

  /** Our own clock was set: stamps count again once it and the gateway's are compared. */
  public void clockWasSet() {
    clocks.oursWasSet();
  }

  /**
   * Takes a new picture of the gateway, in order with what it reports; while none is under way and
   * the link is up. Never blocks.
   */
  public synchronized void lookAnew() {
    if (up && !snapshotPending) {
      snapshotPending = true;
      takeSnapshot(epoch);
    }
  }

  /** Logged in, and the engine has the snapshot. */
  public boolean live() {
    return up;
  }

  @Override
  public synchronized void linkUp(AmiBanner banner, AmiMessage fullyBooted) {
    snapshotPending = true;
    epoch++;
    clocks.linkUp(link);
    version =
        link.send(AmiActions.coreSettings())
            .handle((reply, failure) -> version(banner, reply, failure));
    takeSnapshot(epoch);
  }

  /** What the gateway runs, for people; a gateway that does not tell is known by its protocol. */
  private static String version(AmiBanner banner, AmiReply reply, Throwable failure) {
    String protocol = "AMI " + banner.version();
    String asterisk =
        failure == null && reply.success() ? reply.response().get("AsteriskVersion") : null;
    return asterisk == null || asterisk.isBlank()
        ? protocol
        : "Asterisk " + asterisk + ", " + protocol;
  }

  private synchronized void takeSnapshot(int ofEpoch) {
    if (ofEpoch != epoch) {
      return;
    }
    // Whatever was reported up to now is in this picture, and need not be kept.
    meanwhile.clear();
    CompletableFuture<AmiReply> channels = link.send(AmiActions.coreShowChannels());
    CompletableFuture<AmiReply> queues = link.send(AmiActions.queueStatus());
    CompletableFuture<String> ofVersion = version;
    channels
        .thenCombine(
            queues, (c, q) -> new Pictured(listed(c, "CoreShowChannels"), listed(q, "QueueStatus")))
        .thenCombine(
            ofVersion,
            (picture, told) ->
                snapshots.of(told, picture.channels(), picture.queues(), clock.instant()))
        .whenComplete((snapshot, failure) -> snapshotTaken(ofEpoch, snapshot, failure));
  }

  /** A list that was refused is no empty list: every call would seem to have ended. */
  private static List<AmiMessage> listed(AmiReply reply, String action) {
    if (!reply.success()) {
      throw new IllegalStateException(
          action
              + " was refused: "
              + reply.message()
              + "; see manager_cti.conf for what is needed");
    }
    return reply.events();
  }

  private synchronized void snapshotTaken(
      int ofEpoch, GatewayInput.Snapshot snapshot, Throwable failure) {
    if (ofEpoch != epoch || !snapshotPending) {
      return;
    }
    if (failure != null) {
      log.error(
          "gateway {}: no snapshot, so nothing is live; taken again in {} ms: {}",
          gateway,
          SNAPSHOT_RETRY_MILLIS,
          LinkLoss.innermost(failure));
      timers.schedule(() -> takeSnapshot(ofEpoch), SNAPSHOT_RETRY_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    log.info(
        "gateway {}: live, {} channels, {} waiting callers, {} members",
        gateway,
        snapshot.channels().size(),
        snapshot.waiting().size(),
        snapshot.members().size());
    snapshotPending = false;
    up = true;
    held.addLast(new Held(snapshot, 0));
    held.addAll(meanwhile);
    meanwhile.clear();
    drain();
  }

  @Override
  public synchronized void event(AmiMessage event) {
    Optional<GatewayInput> input = translator.inputAt(event, clocks.timeOf(event));
    if (input.isEmpty()) {
      return;
    }
    if (snapshotPending) {
      meanwhile.addLast(new Held(input.get(), event.receivedNanos()));
    } else {
      take(input.get(), event.receivedNanos());
    }
  }

  @Override
  public synchronized void linkLost(LinkLoss reason) {
    up = false;
    epoch++;
    clocks.linkLost();
    // What was reported before the snapshot failed is in the next one.
    meanwhile.clear();
    snapshotPending = false;
    held.addLast(
        new Held(new GatewayInput.LinkLost(gateway, clock.instant(), reason.message()), 0));
    drain();
  }

  private void drain() {
    while (!held.isEmpty()) {
      Held first = held.peekFirst();
      if (!mailbox.offer(first.input(), first.receivedNanos())) {
        retryLater();
        return;
      }
      held.removeFirst();
    }
    if (retrying) {
      retrying = false;
      link.reading(true);
    }
  }

  private void retryLater() {
    if (!retrying) {
      retrying = true;
      link.reading(false);
      log.warn("gateway {}: the mailbox is full, reading waits", gateway);
    }
    timers.schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void retry() {
    drain();
  }

  @Override
  public CompletionStage<Optional<Failure>> perform(GatewayAction action) {
    try {
      return send(action);
    } catch (IllegalArgumentException e) {
      // A value that the protocol cannot carry: the engine is told like of any other refusal.
      return CompletableFuture.completedFuture(
          Optional.of(Failure.refused(String.valueOf(e.getMessage()))));
    }
  }

  private CompletionStage<Optional<Failure>> send(GatewayAction action) {
    return switch (action) {
      case GatewayAction.OfCall call ->
          new CallActions(link, codecs).perform(call).handle(GatewaySession::failure);
      case GatewayAction.AddMember add -> add(add);
      case GatewayAction.RemoveMember remove ->
          answer(
              link.send(AmiActions.queueRemove(seat(remove.queue(), remove.memberInterface()))),
              "Unable to remove interface: Not there");
      case GatewayAction.PauseMember pause ->
          answer(
              pause(seat(pause.queue(), pause.memberInterface()), pause.paused(), pause.reason()),
              "");
      case GatewayAction.SetPenalty penalty ->
          answer(
              link.send(
                  AmiActions.queuePenalty(
                      seat(penalty.queue(), penalty.memberInterface()), penalty.penalty())),
              "");
      case GatewayAction.SetDeviceState set ->
          answer(link.send(AmiActions.setDeviceState(set.device(), set.state().name())), "");
      case GatewayAction.StartRecording start ->
          answer(link.send(AmiActions.startRecording(start.channelName())), "");
      case GatewayAction.AskRecording ask -> asked(ask);
      // A channel that is gone, or records no more, is what was wanted.
      case GatewayAction.StopRecording stop ->
          answer(link.send(AmiActions.stopRecording(stop.channelName())), "No such channel")
              .thenApply(
                  failure ->
                      failure.filter(
                          why -> !why.message().equals("Could not stop monitoring channel")));
      case GatewayAction.MuteRecording mute ->
          answer(link.send(AmiActions.muteRecording(mute.channelName(), mute.muted())), "");
    };
  }

  /** The answer goes the way of what the gateway reports by itself. */
  private CompletionStage<Optional<Failure>> asked(GatewayAction.AskRecording ask) {
    CompletableFuture<AmiReply> reply = link.send(AmiActions.askRecording(ask.channelName()));
    reply.thenAccept(
        told -> {
          if (told.success()) {
            recordingTold(ask.channel(), told.response().get("Value"));
          }
        });
    // A channel that is gone is not recorded.
    return answer(reply, "No such channel");
  }

  private synchronized void recordingTold(ChannelId channel, String value) {
    if (up) {
      translator.recordingNow(channel, value, clocks.ahead()).ifPresent(input -> take(input, 0));
    }
  }

  private void take(GatewayInput input, long receivedNanos) {
    if (!held.isEmpty()) {
      held.addLast(new Held(input, receivedNanos));
    } else if (!mailbox.offer(input, receivedNanos)) {
      held.addLast(new Held(input, receivedNanos));
      retryLater();
    }
  }

  /** A member who is there already is put into the state that was asked for. */
  private CompletionStage<Optional<Failure>> add(GatewayAction.AddMember add) {
    QueueSeat seat = seat(add.queue(), add.memberInterface());
    QueueMember member =
        new QueueMember(add.memberName(), Optional.of(add.state()), add.penalty(), add.paused());
    return link.send(AmiActions.queueAdd(seat, member))
        .thenCompose(
            reply -> {
              if (!reply.success() && reply.message().endsWith("Already there")) {
                return pause(seat, add.paused(), "");
              }
              return CompletableFuture.completedFuture(reply);
            })
        .handle(GatewaySession::failure);
  }

  private CompletableFuture<AmiReply> pause(QueueSeat seat, boolean paused, String reason) {
    return link.send(AmiActions.queuePause(seat, paused, Optional.of(reason)));
  }

  private static QueueSeat seat(QueueName queue, String memberInterface) {
    return new QueueSeat(queue.value(), memberInterface);
  }

  private static CompletionStage<Optional<Failure>> answer(
      CompletableFuture<AmiReply> reply, String alsoFine) {
    return reply
        .handle(GatewaySession::failure)
        .thenApply(failure -> failure.filter(why -> !why.message().equals(alsoFine)));
  }

  private static Optional<Failure> failure(AmiReply reply, Throwable thrown) {
    if (thrown != null) {
      return Optional.of(Failure.unanswered(LinkLoss.innermost(thrown)));
    }
    if (reply.success()) {
      return Optional.empty();
    }
    return Optional.of(
        reply.message().equals(SHUTTING_DOWN)
            ? Failure.unanswered(reply.message())
            : Failure.refused(reply.message()));
  }
}
