package cti.testbed.gateway;

/** A part of the testbed that can be stopped and started on its own. */
public enum Part {
  MYSQL("mysql"),
  GATEWAY("gateway"),
  SWITCH("switch"),
  PHONES_THAT_ANSWER("phone-answer"),
  PHONES_THAT_RING("phone-noanswer"),
  PHONES_THAT_ARE_BUSY("phone-busy"),
  PHONES_THAT_REJECT("phone-reject"),
  PHONES_THAT_HOLD("phone-hold"),
  /** Runs only where a suite starts it, and is empty then. */
  LDAP("ldap"),
  /**
   * baresip at 8031, with its control port on 127.0.0.1:4444. Runs only where a suite starts it.
   */
  SOFTPHONE("softphone"),
  /**
   * coturn between browsers and the gateway's sound. Runs only where a suite starts it; what it did
   * stands in its log, which begins anew with it.
   */
  RELAY("relay"),
  /** The same, reached by TCP and TLS and by no UDP. */
  RELAY_WITHOUT_UDP("relay-tcp"),
  /** nginx that ends TLS before a cti-server. Runs only where a suite starts it. */
  PROXY("proxy");

  private final String word;

  Part(String word) {
    this.word = word;
  }

  /** Its name on the command line of {@code testbed.sh}. */
  public String word() {
    return word;
  }
}
