package cti.testbed.client;

/** Keys pressed in a node of the flow; empty digits where none came in time. */
public record KeyView(String node, String digits) {}
