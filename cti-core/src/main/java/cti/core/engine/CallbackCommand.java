package cti.core.engine;

import cti.core.id.CallbackId;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;

/** What is asked for about calling somebody back; answered by a {@link Reply}. */
public sealed interface CallbackCommand extends Command {
  /**
   * A caller wants to be called back in their place in the queue. Accepted also where the same
   * number waits at the desk already: it keeps the older place.
   *
   * @param channel the caller's
   * @param number to be dialled
   * @param language in which they are greeted then
   */
  record Request(ChannelId channel, DeskId desk, String number, String language)
      implements CallbackCommand {}

  /** Takes a callback off the list. */
  record Cancel(CallbackId callback, String by) implements CallbackCommand {}
}
