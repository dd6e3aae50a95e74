package cti.bridge.phone;

/** Told what happens at a phone, on the phone's own thread: must not block. */
public interface PhoneListener {
  /**
   * It rings.
   *
   * @param nanos {@link System#nanoTime} of the moment at which the phone's word came
   */
  void rings(PhoneCall call, long nanos);

  /** Something else changed; {@link Phone#status} has it. */
  void changed();
}
