package cti.server.web.bridge;

import java.time.Duration;

/** What the code knows of bridges, for the test that holds the document to it. */
public final class BridgeContract {
  private BridgeContract() {}

  public static Duration codeLasts() {
    return BridgesResource.CODE_LASTS;
  }

  public static Duration reportFresh() {
    return PhoneReports.FRESH;
  }
}
