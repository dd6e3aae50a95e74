package cti.bridge.tray;

import cti.bridge.phone.PhoneStatus;
import cti.bridge.server.ServerStatus;
import java.util.Optional;

/**
 * How the bridge does, in one colour and one line.
 *
 * @param line for people, in their language
 */
record TraySign(Colour colour, String line) {
  /** From well to what somebody must do something about. */
  enum Colour {
    /** Linked, and the phone can be rung as far as anybody knows. */
    WELL(0x16874A),
    /** It finds its way back by itself. */
    WAITING(0x9A6700),
    /** The phone cannot be rung, or the computer must be paired. */
    NOT_WELL(0xC4461F);

    final int rgb;

    Colour(int rgb) {
      this.rgb = rgb;
    }
  }

  static TraySign of(ServerStatus server, PhoneStatus phone, TrayWords words) {
    return switch (server.state()) {
      case NOT_PAIRED, REVOKED -> new TraySign(Colour.NOT_WELL, words.pairAnew());
      case AWAY, CONNECTING -> new TraySign(Colour.WAITING, words.serverAway());
      case LIVE -> ofPhone(phone, words);
    };
  }

  private static TraySign ofPhone(PhoneStatus phone, TrayWords words) {
    String number = phone.extension().orElse("");
    Optional<Boolean> registered = phone.registration();
    if (registered.isEmpty()) {
      return new TraySign(Colour.WELL, words.linked());
    }
    return registered.get()
        ? new TraySign(Colour.WELL, words.registered(number))
        : new TraySign(
            Colour.NOT_WELL,
            words.notRegistered(number) + phone.problem().map(why -> ": " + why).orElse(""));
  }
}
