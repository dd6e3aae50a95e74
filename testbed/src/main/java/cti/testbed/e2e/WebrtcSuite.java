package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Phones in browsers: two real Chromiums, each hearing a tone of its own in place of a microphone;
 * one is the agent's console, the other calls the hotline. On MySQL, one scenario after the other.
 */
final class WebrtcSuite implements Suite {
  @Override
  public String name() {
    return "webrtc";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    if (!workshop.choice().databases().contains("mysql")) {
      return;
    }
    if (workshop.choice().of(new WebrtcScenarios(Optional.empty()).all()).isEmpty()) {
      return;
    }
    Path pictures = Files.createDirectories(workshop.project().resolve("testbed/target/webrtc"));
    try (Chromium agents = browser(workshop, pictures, "agent", BrowserPhones.AGENT_HERTZ);
        Chromium callers = browser(workshop, pictures, "caller", BrowserPhones.CALLER_HERTZ);
        TemporaryDatabase database = TemporaryDatabase.create(workshop.testbed().environment())) {
      List<Scenario> scenarios =
          workshop
              .choice()
              .of(
                  new WebrtcScenarios(Optional.of(new BrowserPhones.Browsers(agents, callers)))
                      .all());
      new HousePlay(workshop, name(), "MySQL", scenarios).inOrderWith("").on(Optional.of(database));
    }
    workshop.report().say("pictures of the pages: " + pictures);
  }

  private static Chromium browser(Workshop workshop, Path pictures, String who, int hertz)
      throws IOException, InterruptedException {
    Path tone = ToneFile.write(workshop.serverFolder("tone-" + who).resolve(who + ".wav"), hertz);
    return Chromium.hearing(
        workshop.testbed().browser(), ConsoleSuite.axe(workshop), pictures, tone);
  }
}
