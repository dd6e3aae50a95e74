package cti.server.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; the message has every fault, one a line. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  ConfigurationException(String file, List<Fault> faults) {
    super(
        file
            + (faults.size() == 1 ? " has a fault" : " has " + faults.size() + " faults")
            + faults.stream().map(fault -> "\n  " + fault).collect(Collectors.joining()));
    this.faults = List.copyOf(faults);
  }

  /** In the order in which the keys are read. */
  public List<Fault> faults() {
    return faults;
  }
}
