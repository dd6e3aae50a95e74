package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.id.Extension;
import cti.core.port.AgentPhones;
import cti.core.port.AgentPhones.Phone;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.view.Views;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The desk phones of agents and the PINs for feature codes; a PIN is set and never shown. */
public final class AgentPhonesResource {
  private static final Logger log = LoggerFactory.getLogger(AgentPhonesResource.class);
  private static final String PATH = "/api/v1/agents/{id}/phone";

  private final AgentPhones phones;
  private final Views views;

  public AgentPhonesResource(AgentPhones phones, Views views) {
    this.phones = phones;
    this.views = views;
  }

  /**
   * An agent's phone.
   *
   * @param extension their own, absent where they have none
   * @param pinSet whether they may log on at other phones
   */
  record AgentPhoneView(String agent, Optional<String> extension, boolean pinSet) {
    static AgentPhoneView of(Phone phone) {
      return new AgentPhoneView(
          phone.agent().value(), phone.extension().map(Extension::value), phone.pinSet());
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", PATH).answers(AgentPhoneView.class).stored(this::get),
        Route.of(Role.SUPERVISOR, "PUT", PATH)
            .body(List.of("extension", "pin"))
            .answers(AgentPhoneView.class)
            .stored(this::put));
  }

  private Answer get(Request request) {
    return Answer.json(AgentPhoneView.of(phones.phone(agent(request))));
  }

  private Answer put(Request request) {
    Body body = request.body();
    AgentId agent = agent(request);
    Within.agent(request.signedIn().account(), agent, views);
    Optional<Extension> extension =
        body.optionalText("extension", 2, 20).map(AgentPhonesResource::extension);
    Optional<String> pin =
        body.has("pin")
            ? Optional.of(pin(body.secret("pin", AgentPhones.MOST_DIGITS)))
            : Optional.empty();
    String by = request.signedIn().account().user();
    Phone saved = phones.save(agent, extension, pin, by);
    log.info(
        "web: phone of agent={} extension={} new PIN={} by user={}",
        agent,
        extension.map(Extension::value).orElse("none"),
        pin.isPresent(),
        by);
    return Answer.json(AgentPhoneView.of(saved));
  }

  private AgentId agent(Request request) {
    AgentId agent = request.path("id", AgentId::new);
    if (views.agent(agent).isEmpty()) {
      throw new Fault(
          Problem.notFound("no-such-agent", "agent " + agent + ", expected one on file"));
    }
    return agent;
  }

  private static Extension extension(String text) {
    if (!text.matches("[0-9]{2,20}")) {
      throw new Fault(Problem.invalid("extension is \"" + text + "\", expected 2 to 20 digits"));
    }
    return new Extension(text);
  }

  /** The value is not repeated: it would stand in logs. */
  private static String pin(String text) {
    if (!text.matches("[0-9]{" + AgentPhones.LEAST_DIGITS + "," + AgentPhones.MOST_DIGITS + "}")) {
      throw new Fault(
          Problem.invalid(
              "pin is not made of "
                  + AgentPhones.LEAST_DIGITS
                  + " to "
                  + AgentPhones.MOST_DIGITS
                  + " digits"));
    }
    return text;
  }
}
