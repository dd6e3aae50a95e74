package cti.server.agi;

import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiReader;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiWriter;
import org.asteriskjava.fastagi.internal.AgiChannelImpl;

/**
 * asterisk-java's channel without the variable that it sets when a script is over: no dialplan of
 * ours reads it, and each call waited a round trip for it, the shortest {@code ping} too.
 */
final class GatewayChannel extends AgiChannelImpl {
  private static final String STATUS_OF_SCRIPT = "AJ_AGISTATUS";

  GatewayChannel(AgiRequest request, AgiWriter writer, AgiReader reader) {
    super(request, writer, reader);
  }

  @Override
  public void setVariable(String name, String value) throws AgiException {
    if (!name.equals(STATUS_OF_SCRIPT)) {
      super.setVariable(name, value);
    }
  }
}
