package cti.bridge.phone.baresip;

import cti.bridge.phone.PhoneCall;
import cti.bridge.phone.PhoneStatus;
import cti.bridge.phone.PhoneStatus.Devices;
import cti.bridge.phone.PhoneStatus.Quality;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of a baresip. Thread-safe. */
final class BaresipCalls {
  private static final String NOT_SEEN = "the softphone was not found yet";

  private final Map<String, PhoneCall> calls = new LinkedHashMap<>();
  private Optional<String> extension = Optional.empty();
  private Optional<Boolean> registration = Optional.empty();
  private Optional<String> problem = Optional.of(NOT_SEEN);
  private Optional<String> audioProblem = Optional.empty();
  private Optional<Devices> devices = Optional.empty();
  private Optional<Quality> quality = Optional.empty();

  synchronized PhoneStatus status() {
    return new PhoneStatus(
        extension,
        registration,
        problem,
        devices,
        audioProblem,
        quality,
        List.copyOf(calls.values()));
  }

  synchronized void extension(Optional<String> known) {
    extension = known;
  }

  synchronized void away(String why) {
    calls.clear();
    registration = Optional.of(false);
    problem = Optional.of(why);
  }

  synchronized void registered(String as) {
    extension = Optional.of(as);
    registration = Optional.of(true);
    problem = Optional.empty();
  }

  synchronized void notRegistered(String as, String why) {
    extension = Optional.of(as);
    registration = Optional.of(false);
    problem = Optional.of(why);
  }

  /** Takes what baresip says of its account; whether that is news. */
  synchronized boolean registration(Optional<BaresipText.Account> account) {
    PhoneStatus before = status();
    if (account.isEmpty()) {
      registration = Optional.of(false);
      problem = Optional.of("the softphone has no account");
    } else if (account.get().registered().orElse(true)) {
      registered(account.get().extension());
    } else {
      extension = Optional.of(account.get().extension());
      registration = Optional.of(false);
      // The event that told of it knew why.
      if (problem.isEmpty() || problem.get().equals(NOT_SEEN) || !account.get().failed()) {
        problem =
            Optional.of(
                account.get().failed()
                    ? "the registrar refused or did not answer"
                    : "the softphone has not registered yet");
      }
    }
    return !status().equals(before);
  }

  synchronized void quality(Quality measured) {
    quality = Optional.of(measured);
  }

  /** Whether that is news. */
  synchronized boolean devices(Devices used) {
    boolean news = !devices.equals(Optional.of(used));
    devices = Optional.of(used);
    return news;
  }

  synchronized boolean talks() {
    return calls.values().stream().anyMatch(call -> call.state() == PhoneCall.State.TALKING);
  }

  synchronized void audioProblem(String why) {
    audioProblem = Optional.of(why);
  }

  synchronized void put(PhoneCall call) {
    PhoneCall known = calls.get(call.id());
    if (known == null) {
      // A new call finds a device that works, or tells anew that it does not.
      audioProblem = Optional.empty();
    }
    calls.put(call.id(), call);
  }

  synchronized void remove(String id) {
    calls.remove(id);
  }

  synchronized Optional<PhoneCall> find(String id) {
    return Optional.ofNullable(calls.get(id));
  }

  synchronized boolean several() {
    return calls.size() > 1;
  }

  synchronized List<String> ids() {
    return List.copyOf(calls.keySet());
  }

  synchronized boolean differ(int count) {
    return calls.size() != count;
  }

  synchronized boolean clear() {
    boolean any = !calls.isEmpty();
    calls.clear();
    return any;
  }
}
