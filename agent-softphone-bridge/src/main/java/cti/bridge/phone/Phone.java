package cti.bridge.phone;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The phone beside the bridge. Thread-safe; no method blocks but {@link #close}. */
public interface Phone extends AutoCloseable {
  /** What it is called in settings: baresip, gateway. */
  String kind();

  /** Begins to follow it; it is found again whenever it went away. */
  void start(PhoneListener listener);

  PhoneStatus status();

  /** What it can do now, as far as is known. */
  Set<PhoneFeature> features();

  /** Never fails: what goes wrong is an {@link Outcome.Refused}. */
  CompletionStage<Outcome> perform(PhoneOrder order);

  @Override
  void close();
}
