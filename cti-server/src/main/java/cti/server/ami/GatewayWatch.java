package cti.server.ami;

import cti.core.engine.GatewayInput.Looked;
import cti.core.engine.GatewaySight;
import cti.core.engine.MemberAddressing;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.port.Mailbox;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at members, devices and channels of the gateway when told to, hands what it sees to the
 * engine, and keeps the last of it for supervisors. One look at a time; none while the link is
 * away.
 */
public final class GatewayWatch {
  private static final Logger log = LoggerFactory.getLogger(GatewayWatch.class);

  private final GatewayId gateway;
  private final MemberAddressing addressing;
  private final AmiLink link;
  private final BooleanSupplier live;
  private final Mailbox mailbox;
  private final InstantSource clock;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean blind = new AtomicBoolean();
  private final AtomicLong looks = new AtomicLong();
  private volatile GatewaySight sight = GatewaySight.NONE;

  /**
   * @param live whether the link is up and the engine has its snapshot
   */
  public GatewayWatch(
      GatewayId gateway,
      MemberAddressing addressing,
      AmiLink link,
      BooleanSupplier live,
      Mailbox mailbox,
      InstantSource clock) {
    this.gateway = gateway;
    this.addressing = addressing;
    this.link = link;
    this.live = live;
    this.mailbox = mailbox;
    this.clock = clock;
  }

  /** What was seen last; from any thread. */
  public GatewaySight sight() {
    return sight;
  }

  /** Looks that were handed to the engine. */
  public long looks() {
    return looks.get();
  }

  /** Takes a look; returns at once. */
  public void look() {
    if (!live.getAsBoolean() || !looking.compareAndSet(false, true)) {
      return;
    }
    try {
      CompletableFuture<AmiReply> queues = link.send(AmiActions.queueStatus());
      CompletableFuture<AmiReply> devices = link.send(AmiActions.deviceStateList());
      CompletableFuture<AmiReply> channels = link.send(AmiActions.coreShowChannels());
      CompletableFuture.allOf(queues, devices, channels)
          .thenApply(
              all ->
                  MemberTranslator.look(
                      gateway,
                      listed(queues.join(), "QueueStatus"),
                      listed(devices.join(), "DeviceStateList"),
                      listed(channels.join(), "CoreShowChannels"),
                      clock.instant()))
          .thenCompose(this::withCallsAtPhones)
          .whenComplete(this::looked);
    } catch (RuntimeException e) {
      looked(null, e);
    }
  }

  /** The dialplan knows of calls that no queue made; it is asked about the phones in doubt only. */
  private CompletableFuture<Looked> withCallsAtPhones(Looked look) {
    Map<Extension, CompletableFuture<AmiReply>> asked = new TreeMap<>();
    for (Extension phone : MemberTranslator.unexplained(look, addressing)) {
      asked.put(phone, link.send(AmiActions.groupCount(addressing.groupOf(phone))));
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              Set<Extension> inCall = new HashSet<>();
              asked.forEach(
                  (phone, reply) -> {
                    if (MemberTranslator.counted(reply.join())) {
                      inCall.add(phone);
                    }
                  });
              return new Looked(
                  look.gateway(),
                  look.at(),
                  look.members(),
                  look.devices(),
                  look.channels(),
                  inCall);
            });
  }

  private static List<AmiMessage> listed(AmiReply reply, String action) {
    if (!reply.success()) {
      throw new IllegalStateException(action + " was refused: " + reply.message());
    }
    return reply.events();
  }

  private void looked(Looked look, Throwable failure) {
    try {
      if (failure != null) {
        blind(LinkLoss.innermost(failure));
        return;
      }
      sight = sight.next(look);
      if (mailbox.offer(look)) {
        looks.incrementAndGet();
        if (blind.compareAndSet(true, false)) {
          log.info("gateway {}: the watchdog sees members and phones again", gateway);
        }
      } else {
        blind("the mailbox is full");
      }
    } finally {
      looking.set(false);
    }
  }

  /** Said once; the next look may succeed. */
  private void blind(String why) {
    if (live.getAsBoolean() && blind.compareAndSet(false, true)) {
      log.warn("gateway {}: the watchdog sees no members and phones: {}", gateway, why);
    }
  }
}
