package cti.server.event;

/** A text that is no event of ours; the message has the fault and the text's first characters. */
public final class EventFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_SHOWN = 200;

  EventFormatException(String fault, String text, Throwable cause) {
    super(fault + "; the text was " + shortened(text), cause);
  }

  private static String shortened(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}
