package cti.server.app;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.ivr.CallPlan;
import cti.server.config.IvrConfig;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.House;
import cti.server.flow.ScriptFolder;
import cti.server.yaml.BadFileException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The files that lead calls, as the configuration names them.
 *
 * @param flow the flow's file in {@code scripts}
 * @param webhooks that it may name
 */
record PlanFiles(ScriptFolder scripts, String flow, Set<String> webhooks) {
  static PlanFiles of(IvrConfig ivr) {
    return new PlanFiles(
        ivr.scripts()
            .map(ScriptFolder::directory)
            .orElseGet(() -> ScriptFolder.classPath("ivr-scripts")),
        ivr.flow(),
        ivr.webhooks().keySet());
  }

  /**
   * All of it, checked as a whole.
   *
   * @throws BadFileException with every fault
   */
  CallPlan load(List<Desk> desks, List<Site> sites) throws BadFileException, IOException {
    return CallPlanFiles.load(scripts, flow, House.of(desks, sites), webhooks);
  }
}
