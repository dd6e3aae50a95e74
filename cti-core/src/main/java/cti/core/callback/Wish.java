package cti.core.callback;

import cti.core.id.DeskId;
import cti.core.id.QueueName;
import java.time.Instant;
import java.util.Optional;

/**
 * Who is to be called back by whom.
 *
 * @param number to be dialled, digits with + before them or not
 * @param since the caller's place in the queue: when they entered it
 * @param until when it expires
 * @param language in which they are greeted; empty where an earlier release noted the wish
 */
public record Wish(
    DeskId desk,
    QueueName queue,
    String number,
    Instant since,
    Instant until,
    Optional<String> language) {
  /** What can be called back. */
  public static final String NUMBER = "[+]?[0-9]{3,20}";
}
