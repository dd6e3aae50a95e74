package cti.bridge.config;

import cti.bridge.pop.PopRules;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What bridge.yaml says; everything has a default, the file need not be there.
 *
 * @param trust certificates that are trusted instead of the system's
 */
public record BridgeConfig(PhoneRules phone, PopRules pop, LocalRules local, Optional<Path> trust) {

  /**
   * The phone beside the bridge.
   *
   * @param kind baresip or gateway
   * @param address of baresip's ctrl_tcp
   * @param extension the phone's number, where baresip is not there to tell it
   */
  public record PhoneRules(
      String kind, InetSocketAddress address, Optional<String> extension, boolean autoAnswer) {}

  /**
   * The local API, on 127.0.0.1.
   *
   * @param port 0 for none at all
   * @param origins of pages that may use it, such as https://crm.example
   */
  public record LocalRules(int port, Set<String> origins) {
    public LocalRules {
      origins = Set.copyOf(origins);
    }
  }
}
