package cti.bridge.tray;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cti.bridge.phone.PhoneStatus;
import cti.bridge.server.ServerStatus;
import cti.bridge.tray.TraySign.Colour;
import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tray shows of a bridge, and that a computer without a desktop has none. */
class TrayTest {
  private static PhoneStatus phone(Optional<Boolean> registered, Optional<String> problem) {
    return new PhoneStatus(
        Optional.of("8031"),
        registered,
        problem,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_PAIRED, true, NOT_WELL, not paired: pair with a new code from the console",
    "REVOKED, true, NOT_WELL, not paired: pair with a new code from the console",
    "AWAY, true, WAITING, 'the server is away, it is tried again'",
    "CONNECTING, false, WAITING, 'the server is away, it is tried again'",
    "LIVE, true, WELL, phone 8031 is registered",
    "LIVE, false, NOT_WELL, phone 8031 is not registered: 403 Forbidden",
    "LIVE, , WELL, linked to the server"
  })
  void oneColourAndOneLine(
      ServerStatus.State server, Boolean registered, Colour colour, String line) {
    PhoneStatus phone = phone(Optional.ofNullable(registered), Optional.of("403 Forbidden"));
    TraySign sign = TraySign.of(new ServerStatus(server, ""), phone, TrayWords.ENGLISH);
    assertEquals(colour, sign.colour());
    assertEquals(line, sign.line());
  }

  @Test
  void itSpeaksTheLanguageOfTheDesktop() {
    assertEquals(TrayWords.CHINESE, TrayWords.of(Locale.SIMPLIFIED_CHINESE));
    assertEquals(TrayWords.ENGLISH, TrayWords.of(Locale.GERMANY));
  }

  @Test
  void aComputerWithoutADesktopHasNone() {
    assumeTrue(GraphicsEnvironment.isHeadless());
    assertTrue(Tray.show(null).isEmpty(), "nothing of what it would show was asked for");
  }
}
