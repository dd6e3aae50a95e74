package cti.testbed.bridge;

import cti.testbed.client.Patience;
import cti.testbed.client.Unexpected;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/**
 * A desktop without a screen: Xvfb, and trayer as what shows icons in a corner (freedesktop.org,
 * System Tray Protocol). What is seen is read from the X server's own memory.
 */
public final class Desktop implements AutoCloseable {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final Duration TO_END = Duration.ofSeconds(5);

  private final Path folder;
  private final Process server;
  private final String display;
  private final Process tray;

  private Desktop(Path folder, Process server, String display, Process tray) {
    this.folder = folder;
    this.server = server;
    this.display = display;
    this.tray = tray;
  }

  /**
   * Starts it.
   *
   * @param folder an empty one for the X server's memory
   */
  public static Desktop start(Path folder) throws IOException {
    Process server =
        new ProcessBuilder(
                "Xvfb",
                "-displayfd",
                "1",
                "-screen",
                "0",
                WIDTH + "x" + HEIGHT + "x24",
                "-fbdir",
                folder.toString(),
                "-nolisten",
                "tcp")
            .redirectError(folder.resolve("xvfb.log").toFile())
            .start();
    String number = new BufferedReader(new InputStreamReader(server.getInputStream())).readLine();
    if (number == null) {
      throw Unexpected.instead(
          "Xvfb tells its display", Files.readString(folder.resolve("xvfb.log")));
    }
    String display = ":" + number.strip();
    ProcessBuilder tray =
        new ProcessBuilder(
            "trayer",
            "--edge",
            "top",
            "--align",
            "right",
            "--widthtype",
            "request",
            "--height",
            "32",
            "--transparent",
            "true",
            "--tint",
            "0xffffff");
    tray.environment().put("DISPLAY", display);
    tray.redirectErrorStream(true).redirectOutput(folder.resolve("trayer.log").toFile());
    return new Desktop(folder, server, display, tray.start());
  }

  /** As DISPLAY has it. */
  public String display() {
    return display;
  }

  /** Where most dots of a colour are, as their middle; empty where there are few. */
  private Optional<int[]> place(int rgb, int least) throws IOException {
    BufferedImage seen = picture();
    long across = 0;
    long down = 0;
    int count = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        if ((seen.getRGB(x, y) & 0xffffff) == rgb) {
          across += x;
          down += y;
          count++;
        }
      }
    }
    return count < least
        ? Optional.empty()
        : Optional.of(new int[] {(int) (across / count), (int) (down / count)});
  }

  /** Waits until an icon of that colour is in the tray; where it is. */
  public int[] awaitIcon(String what, int rgb, Duration limit) throws InterruptedException {
    List<int[]> found = new ArrayList<>();
    Patience.until(
        what,
        limit,
        () -> {
          try {
            place(rgb, 40).ifPresent(found::add);
            return found.isEmpty()
                ? Optional.of("no such colour on the desktop")
                : Optional.empty();
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    return found.getFirst();
  }

  /** Keeps what is seen. */
  public void look(Path png) throws IOException {
    ImageIO.write(picture(), "png", png.toFile());
  }

  /** The X server's memory: a window dump (XWDFile.h, version 7), 32 bits a dot. */
  private BufferedImage picture() throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new java.io.BufferedInputStream(
                Files.newInputStream(folder.resolve("Xvfb_screen0"))))) {
      int[] header = new int[25];
      for (int i = 0; i < header.length; i++) {
        header[i] = in.readInt();
      }
      int bytesPerLine = header[12];
      int colours = header[19];
      in.skipNBytes(header[0] - 4L * header.length + 12L * colours);
      boolean leastFirst = header[7] == 0;
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      byte[] line = new byte[bytesPerLine];
      for (int y = 0; y < HEIGHT; y++) {
        in.readFully(line);
        for (int x = 0; x < WIDTH; x++) {
          int at = 4 * x;
          int blue = line[leastFirst ? at : at + 3] & 0xff;
          int green = line[leastFirst ? at + 1 : at + 2] & 0xff;
          int red = line[leastFirst ? at + 2 : at + 1] & 0xff;
          image.setRGB(x, y, red << 16 | green << 8 | blue);
        }
      }
      return image;
    }
  }

  /**
   * Clicks, by a program of its own on this desktop.
   *
   * @param button 1 the left one, 3 the right one
   */
  public void click(int x, int y, int button) throws IOException, InterruptedException {
    ProcessBuilder clicking =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Click.class.getName(),
            Integer.toString(x),
            Integer.toString(y),
            Integer.toString(button));
    clicking.environment().put("DISPLAY", display);
    Process process = clicking.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw Unexpected.instead("a click at " + x + ", " + y, said);
    }
  }

  @Override
  public void close() {
    for (Process one : List.of(tray, server)) {
      one.destroy();
      try {
        if (!one.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
          one.destroyForcibly();
        }
      } catch (InterruptedException e) {
        one.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
