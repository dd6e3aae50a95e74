package cti.core.port;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import java.util.List;

/** Master data as it stands now, from memory: never blocks, never fails. */
public interface Catalog {
  List<Site> sites();

  List<Desk> desks();

  List<Agent> agents();

  /** Services that an incident may name (服务目录), in the order of the form. */
  List<String> services();

  /** Categories that an incident may name (打印机/复印机, VPN, …), in the order of the form. */
  List<String> categories();
}
