package cti.server.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import cti.core.event.AgentEvent.AgentAnswerFound;
import cti.core.event.AgentEvent.AgentBusy;
import cti.core.event.AgentEvent.AgentDeskReadiness;
import cti.core.event.AgentEvent.AgentLoggedOff;
import cti.core.event.AgentEvent.AgentLoggedOn;
import cti.core.event.AgentEvent.AgentNotReady;
import cti.core.event.AgentEvent.AgentPauseOverdue;
import cti.core.event.AgentEvent.AgentReady;
import cti.core.event.AgentEvent.AgentRingMissed;
import cti.core.event.AgentEvent.AgentStatePending;
import cti.core.event.AgentEvent.AgentTakenOver;
import cti.core.event.AgentEvent.AgentWorkingAfterCall;
import cti.core.event.AgentEvent.AgentWrapUpExtended;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.CallsMerged;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.DigitsDialled;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.Failed;
import cti.core.event.CallEvent.FellBack;
import cti.core.event.CallEvent.FlowEnded;
import cti.core.event.CallEvent.Held;
import cti.core.event.CallEvent.Originated;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.Retrieved;
import cti.core.event.CallEvent.Routed;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.CallEvent.Transferred;
import cti.core.event.CallerEvent.AffectedByIncident;
import cti.core.event.CallerEvent.CallbackDialled;
import cti.core.event.CallerEvent.CallbackEnded;
import cti.core.event.CallerEvent.CallbackFailed;
import cti.core.event.CallerEvent.CallbackReached;
import cti.core.event.CallerEvent.CallbackRequested;
import cti.core.event.CallerEvent.MessageBegun;
import cti.core.event.CallerEvent.SurveyAnswered;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.event.GatewayEvent.GatewayLive;
import cti.core.event.GatewayEvent.GatewayLost;
import cti.core.event.RecordingEvent.RecordingPaused;
import cti.core.event.RecordingEvent.RecordingResumed;
import cti.core.event.RecordingEvent.RecordingStarted;
import cti.core.event.RecordingEvent.RecordingStopped;
import cti.core.event.SupervisorEvent.CallerMoved;
import cti.core.event.SupervisorEvent.ListeningAsked;
import cti.core.event.SupervisorEvent.ListeningEnded;
import cti.core.event.SupervisorEvent.ListeningHeard;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * The one JSON form of an event, for journal, database and push alike.
 *
 * <p>{@code type} comes first and names the event; identifiers are plain strings; an absent value
 * is left out; instants are ISO-8601 in UTC with as many decimals as they have. What is unknown is
 * refused: a type, a field, a value of an enumeration. The names are on disks for years: they are
 * added to, never changed. Thread-safe.
 */
public final class EventCodec {
  private static final Map<Class<? extends DomainEvent>, String> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put(ServiceInitiated.class, "ServiceInitiated");
    TYPES.put(Originated.class, "Originated");
    TYPES.put(CallerIdentified.class, "CallerIdentified");
    TYPES.put(DigitsDialled.class, "DigitsDialled");
    TYPES.put(Routed.class, "Routed");
    TYPES.put(FlowEnded.class, "FlowEnded");
    TYPES.put(FellBack.class, "FellBack");
    TYPES.put(Queued.class, "Queued");
    TYPES.put(Delivered.class, "Delivered");
    TYPES.put(Diverted.class, "Diverted");
    TYPES.put(Established.class, "Established");
    TYPES.put(QueueVisitEnded.class, "QueueVisitEnded");
    TYPES.put(TalkEnded.class, "TalkEnded");
    TYPES.put(PartDelivered.class, "PartDelivered");
    TYPES.put(PartEstablished.class, "PartEstablished");
    TYPES.put(Failed.class, "Failed");
    TYPES.put(PartEnded.class, "PartEnded");
    TYPES.put(Held.class, "Held");
    TYPES.put(Retrieved.class, "Retrieved");
    TYPES.put(Transferred.class, "Transferred");
    TYPES.put(Conferenced.class, "Conferenced");
    TYPES.put(CallsMerged.class, "CallsMerged");
    TYPES.put(ConnectionCleared.class, "ConnectionCleared");
    TYPES.put(CallMissed.class, "CallMissed");
    TYPES.put(CallCleared.class, "CallCleared");
    TYPES.put(CallRecovered.class, "CallRecovered");
    TYPES.put(AgentLoggedOn.class, "AgentLoggedOn");
    TYPES.put(AgentLoggedOff.class, "AgentLoggedOff");
    TYPES.put(AgentReady.class, "AgentReady");
    TYPES.put(AgentNotReady.class, "AgentNotReady");
    TYPES.put(AgentBusy.class, "AgentBusy");
    TYPES.put(AgentWorkingAfterCall.class, "AgentWorkingAfterCall");
    TYPES.put(AgentTakenOver.class, "AgentTakenOver");
    TYPES.put(AgentPauseOverdue.class, "AgentPauseOverdue");
    TYPES.put(AgentWrapUpExtended.class, "AgentWrapUpExtended");
    TYPES.put(AgentStatePending.class, "AgentStatePending");
    TYPES.put(AgentDeskReadiness.class, "AgentDeskReadiness");
    TYPES.put(AgentRingMissed.class, "AgentRingMissed");
    TYPES.put(AgentAnswerFound.class, "AgentAnswerFound");
    TYPES.put(GatewayLost.class, "GatewayLost");
    TYPES.put(GatewayLive.class, "GatewayLive");
    TYPES.put(DriftHealed.class, "DriftHealed");
    TYPES.put(RecordingStarted.class, "RecordingStarted");
    TYPES.put(RecordingPaused.class, "RecordingPaused");
    TYPES.put(RecordingResumed.class, "RecordingResumed");
    TYPES.put(RecordingStopped.class, "RecordingStopped");
    TYPES.put(MessageBegun.class, "MessageBegun");
    TYPES.put(SurveyAnswered.class, "SurveyAnswered");
    TYPES.put(AffectedByIncident.class, "AffectedByIncident");
    TYPES.put(CallbackRequested.class, "CallbackRequested");
    TYPES.put(CallbackDialled.class, "CallbackDialled");
    TYPES.put(CallbackReached.class, "CallbackReached");
    TYPES.put(CallbackFailed.class, "CallbackFailed");
    TYPES.put(CallbackEnded.class, "CallbackEnded");
    TYPES.put(ListeningAsked.class, "ListeningAsked");
    TYPES.put(ListeningHeard.class, "ListeningHeard");
    TYPES.put(ListeningEnded.class, "ListeningEnded");
    TYPES.put(CallerMoved.class, "CallerMoved");
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface TypeFirst {}

  /** Only what may be absent may be missing; a missing number would else be read as 0. */
  private static final class EverythingRequired extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      return member.getRawType() != Optional.class;
    }
  }

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new EverythingRequired())
          .addModule(new IdentifierModule())
          .addMixIn(DomainEvent.class, TypeFirst.class)
          .registerSubtypes(
              TYPES.entrySet().stream()
                  .map(entry -> new NamedType(entry.getKey(), entry.getValue()))
                  .toArray(NamedType[]::new))
          .changeDefaultPropertyInclusion(
              include -> include.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectWriter WRITER = MAPPER.writerFor(DomainEvent.class);
  private static final ObjectReader READER = MAPPER.readerFor(DomainEvent.class);

  /** The name that stands in {@code type}. */
  public String typeOf(DomainEvent event) {
    String name = TYPES.get(event.getClass());
    if (name == null) {
      throw new IllegalArgumentException(
          event.getClass().getName() + " has no name in EventCodec, expected one");
    }
    return name;
  }

  /** Every name that {@code type} can have. */
  public static Set<String> typeNames() {
    return TYPES.values().stream().collect(Collectors.toUnmodifiableSet());
  }

  /** One line of JSON in UTF-8, without a line end. */
  public byte[] encode(DomainEvent event) {
    typeOf(event);
    return WRITER.writeValueAsBytes(event);
  }

  /** One line of JSON, without a line end. */
  public String encodeText(DomainEvent event) {
    typeOf(event);
    return WRITER.writeValueAsString(event);
  }

  /** What a field of an event holds, as it stands in the event's JSON. */
  String encodePart(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * @throws EventFormatException where the bytes are no event of a known type
   */
  public DomainEvent decode(byte[] utf8) {
    try {
      return READER.readValue(utf8);
    } catch (JacksonException refused) {
      throw new EventFormatException(
          fault(refused), new String(utf8, StandardCharsets.UTF_8), refused);
    }
  }

  /**
   * @throws EventFormatException where the text is no event of a known type
   */
  public DomainEvent decode(String text) {
    try {
      return READER.readValue(text);
    } catch (JacksonException refused) {
      throw new EventFormatException(fault(refused), text, refused);
    }
  }

  private static String fault(JacksonException refused) {
    return "not an event: " + refused.getOriginalMessage();
  }
}
