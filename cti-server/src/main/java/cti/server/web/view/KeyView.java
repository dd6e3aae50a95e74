package cti.server.web.view;

import cti.core.call.Call.KeyPress;

/** Keys pressed in a node of the flow; empty digits mean that none came in time. */
public record KeyView(String node, String digits) {
  public static KeyView of(KeyPress key) {
    return new KeyView(key.node(), key.digits());
  }
}
