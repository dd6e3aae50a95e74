package cti.server.ami;

/** An action with the identification that the link gave it. */
record AmiRequest(String actionId, AmiAction action) {}
