package cti.testbed.server;

import cti.testbed.gateway.Testbed;
import cti.testbed.gateway.TestbedFault;
import java.nio.file.Path;

/** Something that runs on the testbed, which is brought up for it and left as it was found. */
public final class OnTestbed {
  private final Testbed testbed;
  private final boolean wasUp;

  /** What is run; its result is the exit code. */
  @FunctionalInterface
  public interface Body {
    int run(Testbed testbed) throws Exception;
  }

  public OnTestbed(Path project) throws Exception {
    this.testbed = new Testbed(project);
    this.wasUp = testbed.isUp();
  }

  /** Whether it was up before, and is left up. */
  public boolean wasUp() {
    return wasUp;
  }

  /**
   * Runs it, with phones that behave as they do at first and the ports of a server free.
   *
   * @param servers what is to have those ports, for people
   * @return what the body returned; 1 with one clear message where the testbed does not come up or
   *     the ports are taken, 3 where it cannot run on this machine
   */
  public int run(String servers, Body body) throws Exception {
    try {
      testbed.up();
    } catch (TestbedFault fault) {
      System.err.println(fault.getMessage().strip());
      return fault.cannotRunHere() ? 3 : 1;
    }
    try {
      int agiPort = testbed.environment().agiPort();
      if (!PortCheck.isFree(agiPort)) {
        System.err.printf(
            "port 127.0.0.1:%d is in use; expected it free for %s: does a cti-server run here?%n",
            agiPort, servers);
        return 1;
      }
      testbed.resetPhones();
      return body.run(testbed);
    } finally {
      // Asked to end: what follows is done all the same.
      Thread.interrupted();
      if (!wasUp) {
        testbed.down();
      }
    }
  }
}
