package cti.testbed.demo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
/** Soon. */
@Command(name = "demo")
public final class DemoCommand implements Callable<Integer> {
  @Override public Integer call() { return 1; }
}
