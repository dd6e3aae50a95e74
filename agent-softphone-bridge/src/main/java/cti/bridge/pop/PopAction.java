package cti.bridge.pop;

import java.net.URI;
import java.util.List;

/** What a screen-pop does. */
public sealed interface PopAction {
  /** Opens an address in the user's own browser; values are percent-encoded. */
  record OpenUrl(PopTemplate url) implements PopAction {}

  /** Starts a program, never through a shell: each template is one argument, whatever it holds. */
  record RunCommand(List<PopTemplate> arguments) implements PopAction {
    public RunCommand {
      arguments = List.copyOf(arguments);
    }
  }

  /** Sends all fields as JSON to a program on this computer. */
  record PostJson(URI address) implements PopAction {}
}
