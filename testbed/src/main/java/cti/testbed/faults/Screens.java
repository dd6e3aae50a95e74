package cti.testbed.faults;

import cti.testbed.client.Api;
import cti.testbed.client.Patience;
import cti.testbed.client.Unexpected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Many open streams, of which some stop reading. */
final class Screens implements AutoCloseable {
  private static final Duration TO_OPEN = Duration.ofSeconds(20);

  /** 45 s without an answer to pings, and a turn of the server's own clock. */
  private static final Duration TO_BE_SHUT_OUT = Duration.ofSeconds(60);

  private static final String OPEN_STREAMS = "cti_streams_open";

  private final Selector selector;
  private final List<Screen> readers;
  private final List<Screen> deaf;
  private final Thread reader;
  private volatile boolean stopReading;

  private Screens(Selector selector, List<Screen> readers, List<Screen> deaf) {
    this.selector = selector;
    this.readers = readers;
    this.deaf = deaf;
    this.reader = Thread.ofPlatform().name("screens").daemon().unstarted(this::readAll);
  }

  /**
   * Opens them and waits until all show news; then {@code deaf} of them read nothing more.
   *
   * @param readers how many go on reading
   */
  static Screens open(FaultHouse house, int readers, int deaf)
      throws IOException, InterruptedException {
    Api api = house.supervisor();
    Selector selector = Selector.open();
    List<Screen> good = new ArrayList<>();
    List<Screen> bad = new ArrayList<>();
    for (int i = 0; i < readers + deaf; i++) {
      Screen screen = Screen.open(api.address().getPort(), api.token(), i >= readers);
      screen.channel().configureBlocking(false);
      screen.channel().register(selector, SelectionKey.OP_READ, screen);
      (i < readers ? good : bad).add(screen);
    }
    Screens screens = new Screens(selector, List.copyOf(good), List.copyOf(bad));
    screens.reader.start();
    screens.awaitLive();
    bad.forEach(screen -> screen.channel().keyFor(selector).cancel());
    return screens;
  }

  private void awaitLive() throws InterruptedException {
    Patience.until(
        "every screen shows news",
        TO_OPEN,
        () -> {
          long notYet =
              Stream.concat(readers.stream(), deaf.stream())
                  .filter(screen -> screen.liveFrom().isEmpty())
                  .count();
          return notYet == 0 ? Optional.empty() : Optional.of(notYet + " do not yet");
        });
  }

  private void readAll() {
    try {
      while (!stopReading) {
        selector.select(key -> ((Screen) key.attachment()).read(), 100);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * Once the calls are over: whoever reads has seen every end that another one saw, from the record
   * on at which it came in; whoever does not was shut out.
   */
  List<String> complaints(FaultHouse house) throws InterruptedException {
    List<String> complaints = new ArrayList<>();
    readers.stream()
        .flatMap(screen -> screen.end().stream())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .forEach((why, many) -> complaints.add("%d screens that read: %s".formatted(many, why)));
    Set<Long> all = new TreeSet<>();
    readers.forEach(screen -> all.addAll(screen.callsEnded()));
    if (all.isEmpty()) {
      complaints.add("no screen saw a call end");
    }
    for (Screen screen : readers) {
      long from = screen.liveFrom().orElseThrow();
      Set<Long> unseen = new TreeSet<>(all);
      unseen.removeIf(sequence -> sequence <= from);
      unseen.removeAll(screen.callsEnded());
      if (!unseen.isEmpty()) {
        complaints.add(
            "a screen that was live from record %d on saw %d calls end, and not those of %s"
                .formatted(from, screen.callsEnded().size(), unseen));
      }
    }
    // Ours is one more.
    int most = readers.size() + 1;
    Patience.until(
        "the server has shut out who stopped reading",
        TO_BE_SHUT_OUT,
        () -> {
          try {
            int open = openStreams(house.supervisor().metrics());
            return open <= most ? Optional.empty() : Optional.of(open + " streams are open");
          } catch (IOException away) {
            return Optional.of(away.toString());
          }
        });
    return complaints;
  }

  private static int openStreams(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(OPEN_STREAMS))
        .map(line -> (int) Double.parseDouble(line.substring(OPEN_STREAMS.length()).strip()))
        .findFirst()
        .orElseThrow(() -> Unexpected.instead("a figure " + OPEN_STREAMS, metrics));
  }

  @Override
  public void close() throws IOException {
    stopReading = true;
    selector.wakeup();
    readers.forEach(Screen::close);
    deaf.forEach(Screen::close);
    selector.close();
  }
}
