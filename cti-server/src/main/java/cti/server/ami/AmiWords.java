package cti.server.ami;

import cti.core.id.ChannelId;
import cti.core.id.QueueName;
import java.util.Optional;

/** Reads the headers of Asterisk's events into our words. */
final class AmiWords {
  private AmiWords() {}

  static Optional<ChannelId> channel(AmiMessage event, String header) {
    return Identifiers.channel(text(event, header));
  }

  static Optional<QueueName> queue(AmiMessage event) {
    return Identifiers.queue(text(event, "Queue"));
  }

  static String text(AmiMessage event, String header) {
    String value = event.get(header);
    return value == null ? "" : value;
  }

  /** Asterisk writes {@code <unknown>} for a number or name that it was not given. */
  static String number(AmiMessage event, String header) {
    String value = text(event, header);
    return value.equals("<unknown>") ? "" : value;
  }

  static int whole(AmiMessage event, String header) {
    String value = text(event, header);
    return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
  }

  /**
   * The number in what is dialled: 8006 of {@code 8006@cti-agents/n}, of {@code
   * ipoffice/sip:8006@…}, of {@code g1/8006}. Empty where there is none.
   */
  static String dialled(AmiMessage event, String header) {
    String address = text(event, header);
    int at = address.indexOf('@');
    String place = at < 0 ? address : address.substring(0, at);
    String[] parts = place.split("[/:]");
    String last = parts.length == 0 ? "" : parts[parts.length - 1];
    return last.matches("[+*#]?[0-9][0-9*#]{1,39}") ? last : "";
  }
}
