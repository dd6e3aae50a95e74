package cti.server.app;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.ivr.CallPlan;
import cti.server.config.IvrConfig;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.House;
import cti.server.flow.ScriptFolder;
import cti.server.prompt.PromptFolder;
import cti.server.yaml.BadFileException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What leads calls, as the configuration names it and as it was published since.
 *
 * @param flow the flow's file in {@code scripts}
 * @param webhooks that it may name
 * @param sounds the folder that the gateway plays prompts from; empty where none is configured
 */
record PlanFiles(
    ScriptsInForce scripts, String flow, Set<String> webhooks, Optional<PromptFolder> sounds) {
  static PlanFiles of(IvrConfig ivr) {
    ScriptFolder files =
        ivr.scripts()
            .map(ScriptFolder::directory)
            .orElseGet(() -> ScriptFolder.classPath("ivr-scripts"));
    return new PlanFiles(
        new ScriptsInForce(files, ivr.flow()),
        ivr.flow(),
        ivr.webhooks().keySet(),
        ivr.prompts().map(PromptFolder::new));
  }

  /**
   * All of it, with these desks and sites.
   *
   * @throws BadFileException with every fault
   */
  CallPlan load(List<Desk> desks, List<Site> sites) throws BadFileException, IOException {
    return CallPlanFiles.loadPublished(scripts, flow, House.of(desks, sites), webhooks);
  }
}
