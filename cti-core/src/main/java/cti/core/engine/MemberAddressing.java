package cti.core.engine;

import cti.core.id.Extension;
import java.util.Optional;

/**
 * How a phone at an extension is written as a queue member. The technology is the gateway
 * configuration's business; here it is text around the extension.
 *
 * @param prefix what stands before the extension in a member's interface, such as {@code Local/}
 * @param suffix what stands after it, such as {@code @cti-agents/n}
 * @param statePrefix what stands before it in the device whose state counts, such as {@code
 *     Custom:}
 */
public record MemberAddressing(String prefix, String suffix, String statePrefix) {
  /** What the shipped gateway configuration uses. */
  public static final MemberAddressing SHIPPED =
      new MemberAddressing("Local/", "@cti-agents/n", "Custom:");

  public String interfaceOf(Extension extension) {
    return prefix + extension + suffix;
  }

  public String stateOf(Extension extension) {
    return statePrefix + extension;
  }

  /** The group in which the shipped dialplan counts the calls at a phone; see [cti-agents]. */
  public String groupOf(Extension extension) {
    return extension + "@cti-agent";
  }

  /** The extension whose phone a device stands for; empty for any other device. */
  public Optional<Extension> extensionOfDevice(String device) {
    String rest = device.startsWith(statePrefix) ? device.substring(statePrefix.length()) : "";
    return rest.matches("[0-9]{2,20}") ? Optional.of(new Extension(rest)) : Optional.empty();
  }

  /** The extension that a member's interface stands for; empty for members of another making. */
  public Optional<Extension> extensionOf(String memberInterface) {
    if (!memberInterface.startsWith(prefix) || !memberInterface.endsWith(suffix)) {
      return Optional.empty();
    }
    return extension(memberInterface, memberInterface.length() - suffix.length());
  }

  /** The extension that a channel towards a member was made for, by the channel's name. */
  public Optional<Extension> extensionOfChannel(String channelName) {
    String upToOptions = suffix.contains("/") ? suffix.substring(0, suffix.indexOf('/')) : suffix;
    int end = channelName.indexOf(upToOptions);
    if (!channelName.startsWith(prefix) || end < 0) {
      return Optional.empty();
    }
    return extension(channelName, end);
  }

  private Optional<Extension> extension(String text, int end) {
    String between = end <= prefix.length() ? "" : text.substring(prefix.length(), end);
    boolean possible = !between.isBlank() && between.length() <= Extension.LONGEST;
    return possible ? Optional.of(new Extension(between)) : Optional.empty();
  }
}
