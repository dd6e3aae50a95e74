package cti.bridge.phone.baresip;

import cti.bridge.phone.Outcome;
import cti.bridge.phone.Outcome.Done;
import cti.bridge.phone.Outcome.Refused;
import cti.bridge.phone.Phone;
import cti.bridge.phone.PhoneCall;
import cti.bridge.phone.PhoneCall.State;
import cti.bridge.phone.PhoneFeature;
import cti.bridge.phone.PhoneListener;
import cti.bridge.phone.PhoneOrder;
import cti.bridge.phone.PhoneStatus;
import cti.bridge.phone.baresip.BaresipMessage.Response;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * baresip, driven through its module ctrl_tcp by the commands of its menu. What the menu of a
 * version does not know is not available from the first try on.
 */
public final class BaresipPhone implements Phone {
  private static final Logger log = System.getLogger(BaresipPhone.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final int LOOKS_IN_VAIN = 2;
  private static final String UNKNOWN = "command not found";

  private final BaresipLink link;
  private final BaresipCalls calls = new BaresipCalls();
  private final ScheduledExecutorService orders =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("phone-orders").daemon().factory());
  private final Set<PhoneFeature> missing = EnumSet.noneOf(PhoneFeature.class);

  /** Looks in a row without an answer; of the thread of the orders. */
  private int unanswered;

  private volatile boolean there;
  private volatile boolean autoAnswer;
  private volatile PhoneListener listener;

  /**
   * Drives the baresip at an address.
   *
   * @param extension its number, where it is known before baresip tells it
   */
  public BaresipPhone(InetSocketAddress address, Optional<String> extension, boolean autoAnswer) {
    this.autoAnswer = autoAnswer;
    this.calls.extension(extension);
    this.link =
        new BaresipLink(
            address,
            new BaresipLink.Listener() {
              @Override
              public void connected() {
                there = true;
                order(() -> look(true));
              }

              @Override
              public void event(BaresipMessage.Event event, long nanos) {
                happened(event, nanos);
              }

              @Override
              public void away(String why) {
                there = false;
                calls.away(why);
                listener.changed();
              }
            });
  }

  @Override
  public String kind() {
    return "baresip";
  }

  @Override
  public void start(PhoneListener told) {
    listener = told;
    link.start();
    orders.scheduleWithFixedDelay(
        this::lookAgain, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lookAgain() {
    if (there) {
      look(false);
    }
  }

  @Override
  public PhoneStatus status() {
    return calls.status();
  }

  @Override
  public Set<PhoneFeature> features() {
    synchronized (missing) {
      return there ? EnumSet.complementOf(EnumSet.copyOf(missing)) : Set.of();
    }
  }

  /**
   * Asks what is so: registration, and the calls that last.
   *
   * @param anew whether what was known of calls may be old
   */
  private void look(boolean anew) {
    try {
      Response accounts = link.ask("reginfo", Optional.empty());
      boolean changed = calls.registration(BaresipText.account(accounts.text()));
      List<BaresipText.Line> lines =
          BaresipText.lines(link.ask("listcalls", Optional.empty()).text());
      if (anew || calls.differ(lines.size())) {
        changed |= readCalls(lines);
      }
      if (calls.talks()) {
        Response audio = link.ask("audio_debug", Optional.empty());
        changed |= BaresipText.devices(audio.text()).filter(calls::devices).isPresent();
      }
      unanswered = 0;
      if (changed) {
        listener.changed();
      }
    } catch (BaresipLink.NoAnswerException e) {
      // Once may be a computer that is busy; a program that hangs does not answer again.
      if (++unanswered < LOOKS_IN_VAIN) {
        order(() -> look(anew));
      } else {
        unanswered = 0;
        link.giveUp(e.getMessage());
      }
    } catch (IOException e) {
      log.log(Level.DEBUG, "phone: {0}", e.getMessage());
    } catch (RuntimeException e) {
      // The next look is at another answer.
      log.log(Level.WARNING, "phone: an answer of the softphone is not understood: {0}", e);
    }
  }

  private boolean readCalls(List<BaresipText.Line> lines) throws IOException {
    Optional<BaresipText.Line> current =
        lines.stream().filter(BaresipText.Line::current).findFirst();
    boolean changed = calls.clear();
    for (BaresipText.Line line : lines) {
      if (lines.size() > 1) {
        link.ask("line", Optional.of(Integer.toString(line.number())));
      }
      Optional<PhoneCall> call =
          BaresipText.call(link.ask("callstat", Optional.empty()).text(), line.held());
      call.ifPresent(calls::put);
      changed |= call.isPresent();
    }
    if (lines.size() > 1 && current.isPresent()) {
      link.ask("line", Optional.of(Integer.toString(current.get().number())));
    }
    return changed;
  }

  private void happened(BaresipMessage.Event event, long nanos) {
    switch (event.type()) {
      case "CALL_INCOMING" -> rings(event, nanos, State.RINGING);
      case "CALL_RINGING", "CALL_PROGRESS" -> calls.put(call(event, State.DIALLING));
      case "CALL_ESTABLISHED" -> {
        if (calls.find(event.call()).isEmpty() && event.incoming()) {
          // baresip answers by itself: that it rang was not told.
          rings(event, nanos, State.TALKING);
        } else {
          calls.put(call(event, State.TALKING));
        }
      }
      case "CALL_CLOSED" -> calls.remove(event.call());
      case "CALL_RTCP" -> event.quality().ifPresent(calls::quality);
      case "AUDIO_ERROR" ->
          calls.audioProblem(event.param().isEmpty() ? "the sound device fails" : event.param());
      case "REGISTER_OK" -> calls.registered(BaresipText.user(event.account()));
      case "REGISTER_FAIL" ->
          calls.notRegistered(
              BaresipText.user(event.account()),
              "the registrar refused or did not answer: " + event.param());
      case "UNREGISTERING" ->
          calls.notRegistered(BaresipText.user(event.account()), "the softphone unregistered");
      case "SHUTDOWN", "EXIT" -> calls.away("the softphone was ended");
      default -> {
        return;
      }
    }
    listener.changed();
  }

  private void rings(BaresipMessage.Event event, long nanos, State state) {
    PhoneCall call = call(event, state);
    calls.put(call);
    listener.rings(call, nanos);
    if (autoAnswer && state == State.RINGING) {
      perform(new PhoneOrder.Answer(call.id()));
    }
  }

  private static PhoneCall call(BaresipMessage.Event event, State state) {
    return new PhoneCall(
        event.call(),
        event.incoming(),
        BaresipText.user(event.peer()),
        event.peerName(),
        state,
        false);
  }

  @Override
  public CompletionStage<Outcome> perform(PhoneOrder order) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    boolean taken =
        order(
            () -> {
              Outcome came;
              try {
                came = obey(order);
              } catch (IOException e) {
                came = new Refused(there ? "no-answer" : "phone-away", e.getMessage());
              } catch (RuntimeException e) {
                came = new Refused("no-answer", "what the softphone said is not understood: " + e);
              }
              listener.changed();
              outcome.complete(came);
            });
    if (!taken) {
      outcome.complete(new Refused("phone-away", "the bridge ends"));
    }
    return outcome;
  }

  private boolean order(Runnable work) {
    try {
      orders.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private Outcome obey(PhoneOrder order) throws IOException {
    if (order instanceof PhoneOrder.AutoAnswer(boolean on)) {
      autoAnswer = on;
      return new Done();
    }
    if (order instanceof PhoneOrder.Dial(String number)) {
      return told("dial", Optional.of(number), PhoneFeature.DIAL);
    }
    PhoneOrder.InCall inCall = (PhoneOrder.InCall) order;
    Optional<PhoneCall> found = calls.find(inCall.call());
    if (found.isEmpty()) {
      return new Refused(
          "no-such-call", "call " + inCall.call() + ", expected one of " + calls.ids());
    }
    PhoneCall call = found.get();
    Optional<Refused> refused = wrongState(inCall, call);
    if (refused.isPresent()) {
      return refused.get();
    }
    // The menu acts on its current call.
    if (calls.several()) {
      Response chosen = link.ask("callfind", Optional.of(call.id()));
      if (chosen.text().contains("not found")) {
        return new Refused("no-such-call", "call " + call.id() + " has just ended");
      }
    }
    return obey(inCall, call);
  }

  private Outcome obey(PhoneOrder.InCall order, PhoneCall call) throws IOException {
    return switch (order) {
      case PhoneOrder.Answer answer -> told("accept", Optional.empty(), order.feature());
      // Of a call that rings, hanging up is turning it away (486, src/call.c, call_hangup).
      case PhoneOrder.Reject reject -> told("hangup", Optional.empty(), order.feature());
      case PhoneOrder.HangUp hangUp -> told("hangup", Optional.empty(), order.feature());
      case PhoneOrder.Hold hold ->
          noted(told("hold", Optional.empty(), order.feature()), call.with(State.HELD));
      case PhoneOrder.Retrieve retrieve ->
          noted(told("resume", Optional.empty(), order.feature()), call.with(State.TALKING));
      case PhoneOrder.Transfer transfer ->
          told("transfer", Optional.of(transfer.number()), order.feature());
      case PhoneOrder.Keys keys -> told("sndcode", Optional.of(keys.keys()), order.feature());
      case PhoneOrder.Mute mute -> mute(call, mute.on());
    };
  }

  private static Optional<Refused> wrongState(PhoneOrder.InCall order, PhoneCall call) {
    Set<State> expected =
        switch (order) {
          case PhoneOrder.Answer answer -> Set.of(State.RINGING);
          case PhoneOrder.Reject reject -> Set.of(State.RINGING);
          case PhoneOrder.HangUp hangUp -> EnumSet.allOf(State.class);
          case PhoneOrder.Hold hold -> Set.of(State.TALKING);
          case PhoneOrder.Retrieve retrieve -> Set.of(State.HELD);
          case PhoneOrder.Transfer transfer -> Set.of(State.TALKING, State.HELD);
          case PhoneOrder.Keys keys -> Set.of(State.TALKING);
          case PhoneOrder.Mute mute -> Set.of(State.TALKING, State.HELD);
        };
    return expected.contains(call.state())
        ? Optional.empty()
        : Optional.of(
            new Refused(
                "wrong-state",
                "call "
                    + call.id()
                    + " is "
                    + call.state().word()
                    + ", expected "
                    + String.join(" or ", expected.stream().map(State::word).sorted().toList())));
  }

  private Outcome noted(Outcome outcome, PhoneCall after) {
    if (outcome instanceof Done && calls.find(after.id()).isPresent()) {
      calls.put(after);
    }
    return outcome;
  }

  /** The menu only toggles, and says what came of it. */
  private Outcome mute(PhoneCall call, boolean on) throws IOException {
    if (call.muted() == on) {
      return new Done();
    }
    for (int i = 0; i < 2; i++) {
      Response said = link.ask("mute", Optional.empty());
      if (said.text().contains(UNKNOWN)) {
        return unknown(PhoneFeature.MUTE);
      }
      boolean muted = !said.text().contains("un-muted");
      calls.put(call.muted(muted));
      if (muted == on) {
        return new Done();
      }
    }
    return new Refused("refused", "the softphone does not " + (on ? "mute" : "unmute"));
  }

  private Outcome told(String command, Optional<String> params, PhoneFeature feature)
      throws IOException {
    Response said = link.ask(command, params);
    if (said.text().contains(UNKNOWN)) {
      return unknown(feature);
    }
    return said.ok()
        ? new Done()
        : new Refused("refused", "the softphone refused " + command + ": " + said.text().strip());
  }

  private Outcome unknown(PhoneFeature feature) {
    synchronized (missing) {
      missing.add(feature);
    }
    return Outcome.notAvailable(feature, kind());
  }

  @Override
  public void close() {
    orders.shutdownNow();
    link.close();
  }
}
