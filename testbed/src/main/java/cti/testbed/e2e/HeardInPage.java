package cti.testbed.e2e;

import com.microsoft.playwright.Page;
import cti.testbed.client.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What comes out of a page's loudspeaker, measured in the page on the sound that arrived there. */
final class HeardInPage {
  /** Of the length that is looked at; a tone of the suites has more, silence far less. */
  private static final double LOUD = 0.02;

  private static final double SILENT = 0.002;

  /** Decibels below the loudest pitch: two tones of phones lie close together, noise far below. */
  private static final double AMONG = 25;

  private static final double NOT_AMONG = 40;

  /** Between two lines of the spectrum: 48,000 / 8,192. */
  private static final double RESOLUTION = 12;

  private HeardInPage() {}

  /** The strongest pitch and the loudness of a sixth of a second. */
  private record Heard(double hertz, double loud) {
    @Override
    public String toString() {
      return "%.0f Hz, loudness %.4f".formatted(hertz, loud);
    }
  }

  private static Heard listen(Page page) {
    return heard(
        page,
        "() => [...document.querySelectorAll('audio[data-test=other-side]')].pop()?.srcObject",
        "");
  }

  /**
   * Measures the stream that a script gives.
   *
   * @param argument of the script
   */
  private static Heard heard(Page page, String streamOf, String argument) {
    Object found =
        page.evaluate(
            """
            async (argument) => {
              const stream = (%s)(argument);
              // On hold the other side sends nothing, and its track is taken away.
              if (!stream?.getAudioTracks().length) return {hertz: 0, loud: 0};
              const context = new AudioContext();
              await context.resume();
              const analyser = context.createAnalyser();
              analyser.fftSize = 8192;
              analyser.smoothingTimeConstant = 0;
              context.createMediaStreamSource(stream).connect(analyser);
              await new Promise((then) => setTimeout(then, 500));
              const lines = new Float32Array(analyser.frequencyBinCount);
              analyser.getFloatFrequencyData(lines);
              const samples = new Float32Array(analyser.fftSize);
              analyser.getFloatTimeDomainData(samples);
              let best = 1;
              lines.forEach((strength, line) => { if (line > 0 && strength > lines[best]) best = line; });
              const hertz = best * context.sampleRate / analyser.fftSize;
              const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
              await context.close();
              return {hertz, loud: Math.sqrt(power)};
            }
            """
                .formatted(streamOf),
            argument);
    Map<?, ?> values = (Map<?, ?>) found;
    return new Heard(number(values.get("hertz")), number(values.get("loud")));
  }

  /** A file that is played in the page has a tone of that pitch, and nothing is louder. */
  static void expectPlayedTone(String who, Page page, String player, int hertz, Duration limit)
      throws InterruptedException {
    Patience.until(
        "%s hears %d Hz".formatted(who, hertz),
        limit,
        () -> {
          Heard heard =
              heard(page, "(player) => document.querySelector(player).captureStream()", player);
          boolean right = Math.abs(heard.hertz() - hertz) <= RESOLUTION && heard.loud() >= LOUD;
          return right ? Optional.empty() : Optional.of(heard.toString());
        });
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /** A tone of that pitch is heard, and nothing is louder. */
  static void expectTone(String who, Page page, int hertz, Duration limit)
      throws InterruptedException {
    Patience.until(
        "%s hears %d Hz".formatted(who, hertz),
        limit,
        () -> {
          Heard heard = listen(page);
          boolean right = Math.abs(heard.hertz() - hertz) <= RESOLUTION && heard.loud() >= LOUD;
          return right ? Optional.empty() : Optional.of(heard.toString());
        });
  }

  /**
   * How much weaker than the strongest pitch another one is, in decibels: 0 where it is the
   * strongest itself; very much where nothing of it is heard.
   */
  private static double below(Page page, int hertz) {
    Object found =
        page.evaluate(
            """
            async (hertz) => {
              const audio = [...document.querySelectorAll('audio[data-test=other-side]')].pop();
              if (!audio?.srcObject?.getAudioTracks().length) return 200;
              const context = new AudioContext();
              await context.resume();
              const analyser = context.createAnalyser();
              analyser.fftSize = 8192;
              analyser.smoothingTimeConstant = 0;
              context.createMediaStreamSource(audio.srcObject).connect(analyser);
              await new Promise((then) => setTimeout(then, 500));
              const lines = new Float32Array(analyser.frequencyBinCount);
              analyser.getFloatFrequencyData(lines);
              const at = Math.round(hertz * analyser.fftSize / context.sampleRate);
              const near = Math.max(...lines.slice(at - 2, at + 3));
              const strongest = Math.max(...lines.slice(1));
              await context.close();
              return strongest < -90 ? 200 : strongest - near;
            }
            """,
            hertz);
    return number(found);
  }

  /** That pitch is among what is heard, whatever else is. */
  static void expectAmong(String who, Page page, int hertz, Duration limit)
      throws InterruptedException {
    Patience.until(
        "%s hears %d Hz among others".formatted(who, hertz),
        limit,
        () -> {
          double below = below(page, hertz);
          return below <= AMONG ? Optional.empty() : Optional.of(below + " dB below the loudest");
        });
  }

  /** That pitch is not among what is heard: nothing of it for three looks in a row. */
  static void expectNotAmong(String who, Page page, int hertz, Duration limit)
      throws InterruptedException {
    int[] quiet = {0};
    Patience.until(
        "%s hears nothing of %d Hz".formatted(who, hertz),
        limit,
        () -> {
          double below = below(page, hertz);
          quiet[0] = below >= NOT_AMONG ? quiet[0] + 1 : 0;
          return quiet[0] >= 3 ? Optional.empty() : Optional.of(below + " dB below the loudest");
        });
  }

  /** That pitch is not what is heard: silence, or something else. */
  static void expectNoTone(String who, Page page, int hertz, Duration limit)
      throws InterruptedException {
    Patience.until(
        "%s hears %d Hz no more".formatted(who, hertz),
        limit,
        () -> {
          Heard heard = listen(page);
          boolean gone = heard.loud() < SILENT || Math.abs(heard.hertz() - hertz) > RESOLUTION;
          return gone ? Optional.empty() : Optional.of(heard.toString());
        });
  }
}
