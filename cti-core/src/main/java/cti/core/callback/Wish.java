package cti.core.callback;

import cti.core.id.DeskId;
import cti.core.id.QueueName;
import java.time.Instant;

/**
 * Who is to be called back by whom.
 *
 * @param number to be dialled, digits with + before them or not
 * @param since the caller's place in the queue: when they entered it
 * @param until when it expires
 */
public record Wish(DeskId desk, QueueName queue, String number, Instant since, Instant until) {
  /** What can be called back. */
  public static final String NUMBER = "[+]?[0-9]{3,20}";
}
