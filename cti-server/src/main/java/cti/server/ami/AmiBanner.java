package cti.server.ami;

/**
 * The gateway's first line, such as {@code Asterisk Call Manager/11.0.0}.
 *
 * @param version the version of the manager protocol (not of Asterisk), such as 11.0.0
 */
public record AmiBanner(String version) {
  static final String PREFIX = "Asterisk Call Manager/";
}
