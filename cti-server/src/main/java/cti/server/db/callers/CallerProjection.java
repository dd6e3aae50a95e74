package cti.server.db.callers;

import cti.core.event.CallerEvent;
import cti.core.event.CallerEvent.AffectedByIncident;
import cti.core.event.CallerEvent.CallbackDialled;
import cti.core.event.CallerEvent.CallbackEnded;
import cti.core.event.CallerEvent.CallbackFailed;
import cti.core.event.CallerEvent.CallbackReached;
import cti.core.event.CallerEvent.CallbackRequested;
import cti.core.event.CallerEvent.MessageBegun;
import cti.core.event.CallerEvent.SurveyAnswered;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.server.db.callers.CallerEventMapper.CallbackRow;
import cti.server.db.callers.CallerEventMapper.MessageRow;
import cti.server.db.callers.CallerEventMapper.SurveyRow;

/** Folds what callers leave with us into its tables, in the transaction of the journal's mark. */
public final class CallerProjection {
  private static final int LONGEST_REASON = 255;

  private CallerProjection() {}

  public static void apply(CallerEventMapper mapper, CallerEvent event) {
    switch (event) {
      case CallbackRequested e ->
          mapper.callbackRequested(
              new CallbackRow(
                  e.callback().value(),
                  e.call().value(),
                  e.wish().desk().value(),
                  e.wish().number(),
                  e.wish().since(),
                  e.at(),
                  e.wish().until()));
      case CallbackDialled e ->
          mapper.callbackDialled(e.callback().value(), e.attempt(), e.made().value());
      case CallbackReached e -> mapper.callbackReached(e.callback().value());
      case CallbackFailed e ->
          mapper.callbackFailed(
              e.callback().value(),
              e.reason().substring(0, Math.min(LONGEST_REASON, e.reason().length())),
              e.again().orElse(null));
      case CallbackEnded e ->
          mapper.callbackEnded(
              e.callback().value(), e.outcome().name(), e.at(), e.by().isEmpty() ? null : e.by());
      case MessageBegun e ->
          mapper.messageBegun(
              new MessageRow(
                  e.voicemail().value(),
                  e.call().value(),
                  e.desk().value(),
                  e.file(),
                  e.at(),
                  e.longest()));
      case SurveyAnswered e ->
          mapper.surveyAnswered(
              new SurveyRow(
                  e.call().value(),
                  e.node(),
                  e.at(),
                  e.mark(),
                  e.desk().map(DeskId::value).orElse(null),
                  e.agent().map(AgentId::value).orElse(null)));
      case AffectedByIncident e -> {
        long notice = Long.parseLong(e.notice());
        mapper.affected(notice, e.call().value(), e.at());
        mapper.relatedToTheTicket(notice, e.call().value(), e.at());
      }
    }
  }
}
