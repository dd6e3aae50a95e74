package cti.testbed.gateway;

/** A command of the testbed did not do what it was asked for; the message is what it said. */
public final class TestbedFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit code of {@code testbed.sh} where the machine cannot run the testbed at all. */
  private static final int CANNOT_RUN_HERE = 3;

  private final int exitCode;

  public TestbedFault(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** True when no testbed can run on this machine (not root, not Debian, no package source). */
  public boolean cannotRunHere() {
    return exitCode == CANNOT_RUN_HERE;
  }
}
