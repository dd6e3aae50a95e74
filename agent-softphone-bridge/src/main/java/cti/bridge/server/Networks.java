package cti.bridge.server;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The addresses that this computer has. A connection does not notice that they became others: what
 * it sends is lost from then on, and it waits.
 */
@FunctionalInterface
interface Networks extends Supplier<Set<InetAddress>> {
  /** Those of every interface that is up, but the loopback's; none where the system tells none. */
  static Set<InetAddress> ofThisComputer() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Networks::counts)
          .flatMap(NetworkInterface::inetAddresses)
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException e) {
      // As on another network: the server is asked.
      System.getLogger(Networks.class.getName())
          .log(Level.DEBUG, "server: the networks are not known: {0}", e.getMessage());
      return Set.of();
    }
  }

  private static boolean counts(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback();
    } catch (SocketException gone) {
      return false;
    }
  }
}
