package cti.bridge.server;

import java.io.UncheckedIOException;
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
  /** Those of every interface that is up, but the loopback's. */
  static Set<InetAddress> ofThisComputer() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Networks::counts)
          .flatMap(NetworkInterface::inetAddresses)
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
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
