package cti.testbed.bridge;

import java.awt.AWTException;
import java.awt.Robot;
import java.awt.event.InputEvent;

/** A program that clicks once: across, down, button. */
final class Click {
  private Click() {}

  public static void main(String[] arguments) throws AWTException {
    Robot robot = new Robot();
    robot.setAutoDelay(100);
    robot.mouseMove(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    int button = InputEvent.getMaskForButton(Integer.parseInt(arguments[2]));
    robot.mousePress(button);
    robot.mouseRelease(button);
    System.exit(0);
  }
}
