package cti.testbed.client;

import java.util.Optional;

/** A person of the directory; {@code source} says who keeps them where that is not cti-server. */
public record StaffOnRecord(PopView.PersonView person, String version, Optional<String> source) {}
