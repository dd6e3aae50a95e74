package cti.bridge.phone;

/** What a phone is asked to do. */
public sealed interface PhoneOrder {
  PhoneFeature feature();

  /** About one call, by the phone's own id of it. */
  sealed interface InCall extends PhoneOrder {
    String call();
  }

  record Answer(String call) implements InCall {
    @Override
    public PhoneFeature feature() {
      return PhoneFeature.ANSWER;
    }
  }

  /** Turns a call away that rings. */
  record Reject(String call) implements InCall {
    @Override
    public PhoneFeature feature() {
      return PhoneFeature.REJECT;
    }
  }

  record HangUp(String call) implements InCall {
    @Override
    public PhoneFeature feature() {
      return PhoneFeature.HANG_UP;
    }
  }

  record Hold(String call) implements InCall {
    @Override
    public PhoneFeature feature() {
      return PhoneFeature.HOLD;
    }
  }

  record Retrieve(String call) implements InCall {
    @Override
    public PhoneFeature feature() {
      return PhoneFeature.RETRIEVE;
    }
  }

  /** Hands the other side on to a number, without asking there first. */
  record Transfer(String call, String number) implements InCall {
    public Transfer {
      Numbers.check(number);
    }

    @Override
    public PhoneFeature feature() {
      return PhoneFeature.TRANSFER;
    }
  }

  /** Presses keys: 0 to 9, *, #. */
  record Keys(String call, String keys) implements InCall {
    public Keys {
      if (!keys.matches("[0-9*#]{1,40}")) {
        throw new IllegalArgumentException(
            "keys are '" + keys + "', expected 1 to 40 of 0 to 9, * and #");
      }
    }

    @Override
    public PhoneFeature feature() {
      return PhoneFeature.KEYS;
    }
  }

  record Mute(String call, boolean on) implements InCall {
    @Override
    public PhoneFeature feature() {
      return PhoneFeature.MUTE;
    }
  }

  record Dial(String number) implements PhoneOrder {
    public Dial {
      Numbers.check(number);
    }

    @Override
    public PhoneFeature feature() {
      return PhoneFeature.DIAL;
    }
  }

  /** From the next call on. */
  record AutoAnswer(boolean on) implements PhoneOrder {
    @Override
    public PhoneFeature feature() {
      return PhoneFeature.AUTO_ANSWER;
    }
  }
}
