package cti.server.ami;

import cti.core.id.ChannelId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import java.util.Optional;

/**
 * What the gateway names, where it can be a name of ours. A blank or overlong one gives nothing: it
 * belongs to nobody, and must not stop what else the gateway says.
 */
final class Identifiers {
  private Identifiers() {}

  static Optional<ChannelId> channel(String text) {
    return possible(text, ChannelId.LONGEST) ? Optional.of(new ChannelId(text)) : Optional.empty();
  }

  static Optional<QueueName> queue(String text) {
    return possible(text, QueueName.LONGEST) ? Optional.of(new QueueName(text)) : Optional.empty();
  }

  static Optional<Extension> extension(String text) {
    return possible(text, Extension.LONGEST) ? Optional.of(new Extension(text)) : Optional.empty();
  }

  private static boolean possible(String text, int longest) {
    return !text.isBlank() && text.length() <= longest;
  }
}
