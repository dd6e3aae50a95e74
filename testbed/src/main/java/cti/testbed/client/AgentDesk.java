package cti.testbed.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An agent at the screen: signed in, with an open stream. The agent's phone is another thing; it
 * stands at the switch.
 *
 * @param extension the phone that the agent logs on with
 */
public final class AgentDesk implements AutoCloseable {
  /** With the gateway: who is unknown while its link is away is told by it to be known again. */
  private static final List<String> TOPICS = List.of("calls", "agents", "pops", "gateway");

  private static final Duration SOON = Duration.ofSeconds(5);

  private final String agent;
  private final String extension;
  private final Api api;
  private final Consumer<Stream.Frame> listener;
  private Stream stream;

  private AgentDesk(
      String agent, String extension, Api api, Consumer<Stream.Frame> listener, Stream stream) {
    this.agent = agent;
    this.extension = extension;
    this.api = api;
    this.listener = listener;
    this.stream = stream;
  }

  public static AgentDesk signIn(
      URI address, String agent, String password, String extension, Consumer<Stream.Frame> listener)
      throws IOException, InterruptedException {
    Api api = Api.signIn(address, agent, password);
    return new AgentDesk(agent, extension, api, listener, Stream.open(api, TOPICS, listener));
  }

  public String agent() {
    return agent;
  }

  public String extension() {
    return extension;
  }

  public Api api() {
    return api;
  }

  public Stream stream() {
    return stream;
  }

  /** Opens the stream again, as a page does when the server is back; the session is the same. */
  public void reopen() throws InterruptedException {
    stream.close();
    stream = Stream.open(api, TOPICS, listener);
  }

  public void logOn(String... desks) throws IOException, InterruptedException {
    api.logOn(agent, extension, List.of(desks));
    awaitState("not-ready", SOON);
  }

  public void ready() throws IOException, InterruptedException {
    api.ready(agent);
    awaitState("ready", SOON);
  }

  public void notReady(String reason) throws IOException, InterruptedException {
    api.notReady(agent, reason);
    awaitState("not-ready", SOON);
  }

  public void logOff() throws IOException, InterruptedException {
    api.logOff(agent);
    awaitState("logged-off", SOON);
  }

  /**
   * Gives a command in a call, as the buttons of the page do.
   *
   * @param more the command's further fields, name and value in turn
   * @throws Unexpected where it is refused
   */
  public void command(String command, String call, String... more) throws InterruptedException {
    Stream.Reply reply = ask(command, call, more);
    if (!reply.ok()) {
      throw Unexpected.instead(
          "%s of agent %s is accepted".formatted(command, agent),
          reply.refusal().orElse("?") + ": " + reply.message());
    }
  }

  /** The same where it must be refused; the refusal's id. */
  public String refused(String command, String call, String... more) throws InterruptedException {
    Stream.Reply reply = ask(command, call, more);
    return reply
        .refusal()
        .orElseThrow(
            () ->
                Unexpected.instead(
                    "%s of agent %s is refused".formatted(command, agent), "accepted"));
  }

  /** Rings the agent's own phone, then the number. */
  public void dial(String number) throws InterruptedException {
    command("dial", "", "number", number);
  }

  private Stream.Reply ask(String command, String call, String... more)
      throws InterruptedException {
    Map<String, String> fields = new HashMap<>(Map.of("command", command));
    if (!call.isEmpty()) {
      fields.put("call", call);
    }
    for (int i = 0; i < more.length; i += 2) {
      fields.put(more[i], more[i + 1]);
    }
    return stream.command(fields);
  }

  public AgentView awaitState(String state, Duration limit) throws InterruptedException {
    return stream.await(
        "agent " + agent + " is " + state,
        limit,
        picture -> picture.agent(agent).filter(view -> view.state().equals(state)),
        picture -> picture.agent(agent).map(AgentView::state));
  }

  public AgentView awaitNot(String state, Duration limit) throws InterruptedException {
    return stream.await(
        "agent " + agent + " is not " + state,
        limit,
        picture -> picture.agent(agent).filter(view -> !view.state().equals(state)),
        picture -> picture.agent(agent).map(AgentView::state));
  }

  /** The state as the stream showed it last. */
  public String state() {
    return stream.look(p -> p.agent(agent).map(AgentView::state).orElse("logged-off"));
  }

  /** Waits for a pop of this call with what is wanted of it. */
  public PopView awaitPop(String what, String call, Duration limit, Predicate<PopView> wanted)
      throws InterruptedException {
    return stream.await(
        "a pop at agent " + agent + ": " + what,
        limit,
        picture -> popOf(picture, call).filter(wanted),
        picture ->
            popOf(picture, call)
                .map(Object::toString)
                .orElse("no pop of call " + call + " among " + picture.pops().size()));
  }

  private static Optional<PopView> popOf(Stream.Picture picture, String call) {
    return picture.pops().stream().filter(pop -> pop.call().equals(call)).findFirst();
  }

  /** How many pops of this call have come up here. */
  public long popsOf(String call) {
    return stream.look(p -> p.pops().stream().filter(pop -> pop.call().equals(call)).count());
  }

  /** Saves an incident of the call that pops up, as the form of the page does. */
  public IncidentView saveIncident(PopView pop, String title)
      throws IOException, InterruptedException {
    return api.saveIncident(UUID.randomUUID().toString(), 201, draft(pop, title));
  }

  /** The content of an incident that is opened from a call. */
  public static Map<String, Object> draft(PopView pop, String title) {
    Optional<PopView.PersonView> person = pop.callers().stream().findFirst();
    return Map.ofEntries(
        Map.entry("title", title),
        Map.entry("description", "来电登记"),
        Map.entry("callerName", person.map(PopView.PersonView::name).orElse("")),
        Map.entry("callerNumber", pop.number()),
        Map.entry("department", person.map(PopView.PersonView::department).orElse("")),
        Map.entry("source", "电话"),
        Map.entry("level", "IV"),
        Map.entry("calls", List.of(Map.of("call", pop.call(), "role", "opened-from"))));
  }

  @Override
  public void close() {
    stream.close();
    api.close();
  }
}
