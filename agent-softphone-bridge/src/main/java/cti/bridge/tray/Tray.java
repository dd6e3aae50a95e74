package cti.bridge.tray;

import cti.bridge.phone.PhoneStatus;
import cti.bridge.server.ServerStatus;
import java.awt.AWTException;
import java.awt.CheckboxMenuItem;
import java.awt.Color;
import java.awt.EventQueue;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Image;
import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.awt.RenderingHints;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.image.BufferedImage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;

/**
 * An icon in the desktop's tray, with how the bridge does, the switch of the screen-pop, and quit.
 * Where there is no desktop, or one without a tray, there is none, and the log says all.
 */
public final class Tray implements AutoCloseable {
  private static final Logger log = System.getLogger(Tray.class.getName());
  private static final int LEAST_SIZE = 16;
  private static final String NAME = "cti-bridge";

  private final Watched watched;
  private final TrayWords words;
  private final TrayIcon icon;
  private final MenuItem line;
  private final CheckboxMenuItem pop;
  private String shown = "";

  /** What the tray shows and switches. */
  public interface Watched {
    ServerStatus server();

    PhoneStatus phone();

    boolean popIsOn();

    void popOn(boolean on);

    void quit();
  }

  private Tray(
      Watched watched, TrayWords words, TrayIcon icon, MenuItem line, CheckboxMenuItem pop) {
    this.watched = watched;
    this.words = words;
    this.icon = icon;
    this.line = line;
    this.pop = pop;
  }

  /** Shows it, where there is a tray; never fails. */
  public static Optional<Tray> show(Watched watched) {
    try {
      if (GraphicsEnvironment.isHeadless() || !SystemTray.isSupported()) {
        log.log(Level.INFO, "tray: there is no desktop with a tray, this log says all");
        return Optional.empty();
      }
      Tray tray = made(watched, TrayWords.of(Locale.getDefault()));
      SystemTray.getSystemTray().add(tray.icon);
      tray.changed();
      return Optional.of(tray);
    } catch (AWTException | RuntimeException | LinkageError none) {
      // A display that cannot be reached shows as an error of the toolkit's own loading.
      log.log(Level.INFO, "tray: the desktop takes no icon ({0}), this log says all", none);
      return Optional.empty();
    }
  }

  private static Tray made(Watched watched, TrayWords words) {
    PopupMenu menu = new PopupMenu(NAME);
    MenuItem line = new MenuItem(NAME);
    line.setEnabled(false);
    CheckboxMenuItem pop = new CheckboxMenuItem(words.pop(), watched.popIsOn());
    pop.addItemListener(event -> watched.popOn(pop.getState()));
    MenuItem quit = new MenuItem(words.quit());
    quit.addActionListener(event -> watched.quit());
    menu.add(line);
    menu.addSeparator();
    menu.add(pop);
    menu.add(quit);
    TrayIcon icon = new TrayIcon(picture(TraySign.Colour.WAITING), NAME, menu);
    return new Tray(watched, words, icon, line, pop);
  }

  private static Image picture(TraySign.Colour colour) {
    int size = Math.max(LEAST_SIZE, SystemTray.getSystemTray().getTrayIconSize().height);
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D brush = image.createGraphics();
    brush.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    brush.setColor(new Color(colour.rgb));
    brush.fillOval(1, 1, size - 2, size - 2);
    brush.setColor(Color.WHITE);
    // A receiver, as far as so few dots can tell.
    int thick = Math.max(2, size / 6);
    brush.fillRoundRect(size / 4, size / 2 - thick / 2, size / 2, thick, thick, thick);
    brush.fillOval(size / 4 - 1, size / 2 - thick / 2, thick + 1, thick + 2);
    brush.fillOval(3 * size / 4 - thick, size / 2 - thick / 2, thick + 1, thick + 2);
    brush.dispose();
    return image;
  }

  /** Something changed; only what looks different is drawn. */
  public void changed() {
    EventQueue.invokeLater(this::draw);
  }

  private void draw() {
    TraySign sign = TraySign.of(watched.server(), watched.phone(), words);
    pop.setState(watched.popIsOn());
    if (!sign.line().equals(shown)) {
      shown = sign.line();
      line.setLabel(sign.line());
      icon.setToolTip(NAME + ": " + sign.line());
      icon.setImage(picture(sign.colour()));
    }
  }

  @Override
  public void close() {
    SystemTray.getSystemTray().remove(icon);
  }
}
