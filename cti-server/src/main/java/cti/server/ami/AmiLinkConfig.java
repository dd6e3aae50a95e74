package cti.server.ami;

/** All settings of one link. */
public record AmiLinkConfig(
    AmiEndpoint endpoint, AmiLogin login, AmiTimings timings, AmiBounds bounds) {}
