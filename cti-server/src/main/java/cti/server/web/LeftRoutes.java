package cti.server.web;

import cti.server.web.http.Route;
import cti.server.web.http.StoreThreads;
import cti.server.web.resource.CallbacksResource;
import cti.server.web.resource.FlowSchemaResource;
import cti.server.web.resource.PhonePinResource;
import cti.server.web.resource.PromptsResource;
import cti.server.web.resource.SurveysResource;
import cti.server.web.resource.VoicemailsResource;
import cti.server.web.stream.AgentCommands;
import cti.server.web.view.Views;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Routes of what callers left, and of the flows that they went through and what they hear. */
final class LeftRoutes {
  private LeftRoutes() {}

  static List<Route> of(
      WebPorts.Left left,
      WebPorts.PromptDesk prompts,
      AgentCommands commands,
      Views views,
      StoreThreads stores,
      InstantSource clock) {
    return Stream.of(
            new CallbacksResource(left.callbacks(), commands, views, stores, clock).routes(),
            new VoicemailsResource(left.voicemails(), left.files(), views, clock).routes(),
            new SurveysResource(left.surveys(), views, clock).routes(),
            new FlowSchemaResource().routes(),
            new PromptsResource(prompts.prompts(), prompts.files()).routes(),
            new PhonePinResource(prompts.pins()).routes())
        .flatMap(List::stream)
        .toList();
  }
}
