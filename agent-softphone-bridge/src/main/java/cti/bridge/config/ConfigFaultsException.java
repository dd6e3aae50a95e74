package cti.bridge.config;

import java.util.List;

/** Everything that is wrong with bridge.yaml, at once. */
public final class ConfigFaultsException extends Exception {
  private static final long serialVersionUID = 1L;

  ConfigFaultsException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
  }
}
