package cti.bridge.phone;

/** What a phone may be able to do. What it cannot is shown as not available. */
public enum PhoneFeature {
  ANSWER("answer"),
  REJECT("reject"),
  HANG_UP("hangUp"),
  HOLD("hold"),
  RETRIEVE("retrieve"),
  TRANSFER("transfer"),
  KEYS("keys"),
  MUTE("mute"),
  DIAL("dial"),
  AUTO_ANSWER("autoAnswer");

  private final String word;

  PhoneFeature(String word) {
    this.word = word;
  }

  /** As the local API writes it. */
  public String word() {
    return word;
  }
}
