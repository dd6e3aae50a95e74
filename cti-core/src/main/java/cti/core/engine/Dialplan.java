package cti.core.engine;

import cti.core.call.Direction;
import cti.core.id.ChannelId;
import cti.core.id.Extension;
import cti.core.recovery.DialplanNames;
import java.util.Optional;

/**
 * The names of the shipped dialplan (extensions_cti.conf) that cti-server and gateway agree on.
 *
 * @param extensionDigits a number of at most so many digits is an extension
 */
public record Dialplan(int extensionDigits) {
  public static final Dialplan SHIPPED = new Dialplan(5);

  /** What its names say to whoever reads the gateway's logs. */
  public static final DialplanNames NAMES =
      new DialplanNames() {
        @Override
        public Optional<Extension> phone(String channelName) {
          return MemberAddressing.SHIPPED.extensionOfChannel(channelName);
        }

        @Override
        public boolean consults(String channelName) {
          return Dialplan.consults(channelName);
        }

        @Override
        public boolean handedOn(String context) {
          return Dialplan.handedOn(context);
        }

        @Override
        public boolean leavesOnHold(String channelName) {
          return Dialplan.consults(channelName) || Dialplan.holds(channelName);
        }
      };

  static final String TO_AGENT = "cti-transfer-agent";
  static final String TO_DESK = "cti-transfer-desk";
  static final String TO_NUMBER = "cti-transfer-number";
  static final String CONSULT = "cti-consult";
  static final String HOLD = "cti-hold";
  static final String DIAL = "cti-dial";
  static final String PICK_UP = "cti-pickup";

  /** Where a browser's phone calls that takes back the call which it was in (RFC 3891). */
  private static final String TAKES_BACK = "cti-back";

  private static final String SOFTPHONE = "cti-softphone";

  /** Rings who is called back; answered, they go on at {@link #CALLED_BACK}. */
  public static final String CALL_BACK = "cti-callback";

  public static final String CALLED_BACK = "cti-called-back";

  /** Rings a supervisor who listens; answered, they go on at {@link #LISTENING}. */
  static final String LISTEN = "cti-listen";

  public static final String LISTENING = "cti-listening";

  /** With what the ids of channels begin that listen. */
  public static final String LISTENER = "cti-ear-";

  /** The one extension of the contexts that take no number. */
  static final String HERE = "1";

  /** What tells {@link #CONSULT} whom to ask: agent, desk or number, a colon, and which. */
  static final String TARGET_VARIABLE = "__CTI_TARGET";

  private static final String CLICK_PREFIX = "Local/";
  private static final String CLICK = "@cti-click";
  private static final String NUMBER_AFTER = "*";

  /** What phones dial before a number to call through the gateway. */
  private static final String OUT_CODE = "*9";

  /** Who called whom, where that is a call of ours. */
  record OwnCall(Direction direction, String caller, String called) {}

  Direction directionOf(String called) {
    return called.length() <= extensionDigits ? Direction.INTERNAL : Direction.OUTBOUND;
  }

  /** The channel that calls somebody back, as it is dialled. */
  public static String callbackChannel(String number) {
    return CLICK_PREFIX + number + "@" + CALL_BACK + "/n";
  }

  /** Whom a channel calls back; empty for every other channel. */
  static Optional<String> calledBack(String channelName) {
    int end = channelName.indexOf("@" + CALL_BACK + "-");
    return channelName.startsWith(CLICK_PREFIX) && end > CLICK_PREFIX.length()
        ? Optional.of(channelName.substring(CLICK_PREFIX.length(), end))
        : Optional.empty();
  }

  /** The call that an agent makes, by the facts of its first channel. */
  Optional<OwnCall> ownCall(GatewayInput.ChannelFacts facts) {
    Optional<Extension> clicked = clickedAt(facts.name());
    if (clicked.isPresent()) {
      String place = clickPlace(facts.name());
      int star = place.indexOf(NUMBER_AFTER);
      String called = star < 0 ? "" : place.substring(star + 1);
      Direction direction = called.isEmpty() ? Direction.INTERNAL : directionOf(called);
      return Optional.of(new OwnCall(direction, clicked.get().value(), called));
    }
    Optional<String> back = calledBack(facts.name());
    if (back.isPresent()) {
      // Who is called back is the caller: it is they who wait and are answered.
      return Optional.of(new OwnCall(Direction.OUTBOUND, back.get(), ""));
    }
    boolean coded = facts.dialled().startsWith(OUT_CODE) && facts.dialled().length() > 2;
    if (coded || facts.context().equals(DIAL)) {
      String called = coded ? facts.dialled().substring(OUT_CODE.length()) : facts.dialled();
      return Optional.of(new OwnCall(directionOf(called), facts.callingNumber(), called));
    }
    return Optional.empty();
  }

  /** The channel of a call by click, as it is dialled. */
  static String clickChannel(Extension phone, String called) {
    return CLICK_PREFIX + phone + (called.isEmpty() ? "" : NUMBER_AFTER + called) + CLICK + "/n";
  }

  /** The phone that a channel made by a click is for. */
  static Optional<Extension> clickedAt(String channelName) {
    String place = clickPlace(channelName);
    int star = place.indexOf(NUMBER_AFTER);
    String phone = star < 0 ? place : place.substring(0, star);
    return phone.isEmpty() || phone.length() > Extension.LONGEST
        ? Optional.empty()
        : Optional.of(new Extension(phone));
  }

  /** The channel of a supervisor who listens, as it is dialled. */
  static String listeningChannel(Extension phone) {
    return CLICK_PREFIX + phone + "@" + LISTEN + "/n";
  }

  /** Whether a channel is a supervisor's who listens, and so of no call. */
  public static boolean listens(ChannelId channel) {
    return channel.value().startsWith(LISTENER);
  }

  private static String clickPlace(String channelName) {
    int end = channelName.indexOf(CLICK);
    return channelName.startsWith(CLICK_PREFIX) && end > CLICK_PREFIX.length()
        ? channelName.substring(CLICK_PREFIX.length(), end)
        : "";
  }

  /** Whether a channel only has the dialplan note something for cti-server: no call at all. */
  static boolean errand(String channelName) {
    return channelName.startsWith("Local/put@cti-softphone-account-");
  }

  /** Whether a browser's phone takes its call back: the channel takes another one's place. */
  static boolean takesBack(GatewayInput.ChannelFacts facts) {
    return facts.context().equals(SOFTPHONE) && facts.dialled().equals(TAKES_BACK);
  }

  /** Whether a phone dials a feature code: over the hotline's trunk, and no call to the hotline. */
  static boolean featureCode(GatewayInput.ChannelFacts facts) {
    return facts.dialled().startsWith("*");
  }

  /** Whether a caller of the hotline is at that place after a transfer, or when all else failed. */
  static boolean handedOn(String context) {
    return context.startsWith("cti-transfer") || context.equals("cti-fallback");
  }

  /** Whether a channel is the gateway's own leg of a consultation. */
  static boolean consults(String channelName) {
    return channelName.startsWith(CLICK_PREFIX)
        && (channelName.contains("@" + CONSULT + "-") || channelName.contains("@cti-transfer-"));
  }

  /** Whether a channel is the leg of a consultation that cti-server asked for. */
  static boolean consultsByCommand(String channelName) {
    return channelName.contains("@" + CONSULT + "-");
  }

  /** Whether a channel is the silence that an agent hears who holds a call by command. */
  static boolean holds(String channelName) {
    return channelName.contains("@" + HOLD + "-");
  }

  /**
   * Whether a channel is the near end of a leg within the gateway that the shipped dialplan has.
   */
  static boolean leads(String channelName) {
    return inner(channelName) && channelName.contains("@cti-") && channelName.endsWith(";1");
  }

  /** Whether a channel is a leg within the gateway; a name that Asterisk gives, on any line. */
  static boolean inner(String channelName) {
    return channelName.startsWith(CLICK_PREFIX);
  }
}
