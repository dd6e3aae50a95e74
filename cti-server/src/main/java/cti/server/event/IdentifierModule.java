package cti.server.event;

import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.IncidentId;
import cti.core.id.ListeningId;
import cti.core.id.QueueName;
import cti.core.id.RecordingId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.id.VisitId;
import cti.core.id.VoicemailId;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Writes every identifier of the core as a plain JSON string and reads it back, checked. */
public final class IdentifierModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  public IdentifierModule() {
    super("cti-identifiers");
    add(AgentId.class, AgentId::new);
    add(AttemptId.class, AttemptId::new);
    add(CallId.class, CallId::new);
    add(ChannelId.class, ChannelId::new);
    add(ConnectionId.class, ConnectionId::new);
    add(DeskId.class, DeskId::new);
    add(Extension.class, Extension::new);
    add(GatewayId.class, GatewayId::new);
    add(IncidentId.class, IncidentId::new);
    add(QueueName.class, QueueName::new);
    add(RecordingId.class, RecordingId::new);
    add(CallbackId.class, CallbackId::new);
    add(ListeningId.class, ListeningId::new);
    add(VoicemailId.class, VoicemailId::new);
    add(SiteId.class, SiteId::new);
    add(StaffId.class, StaffId::new);
    add(VisitId.class, VisitId::new);
  }

  private <T> void add(Class<T> type, Function<String, T> make) {
    addSerializer(type, ToStringSerializer.instance);
    addDeserializer(type, new IdentifierDeserializer<>(type, make));
  }

  private static final class IdentifierDeserializer<T> extends StdScalarDeserializer<T> {
    private final Class<T> identifier;
    private final Function<String, T> make;

    IdentifierDeserializer(Class<T> identifier, Function<String, T> make) {
      super(identifier);
      this.identifier = identifier;
      this.make = make;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
      String text = parser.getValueAsString();
      if (text == null) {
        return identifier.cast(context.handleUnexpectedToken(getValueType(context), parser));
      }
      try {
        return make.apply(text);
      } catch (IllegalArgumentException refused) {
        return identifier.cast(
            context.handleWeirdStringValue(identifier, text, "%s", refused.getMessage()));
      }
    }
  }
}
