package cti.testbed.e2e;

/** A named set of scenarios. */
interface Suite {
  String name();

  /** Runs it and reports a line per scenario; a fault of the suite itself is a failed line too. */
  void run(Workshop workshop) throws Exception;
}
