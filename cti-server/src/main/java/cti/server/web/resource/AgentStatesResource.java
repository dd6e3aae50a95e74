package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.agent.Agent;
import cti.core.agent.AgentStatus;
import cti.core.agent.DeviceState;
import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.engine.GatewaySight;
import cti.core.engine.GatewaySight.Place;
import cti.core.engine.GatewaySight.SeenDevice;
import cti.core.engine.GatewaySight.SeenMember;
import cti.core.engine.MemberAddressing;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import cti.server.web.http.Answer;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import cti.server.web.stream.LiveFeed;
import cti.server.web.stream.LivePicture;
import cti.server.web.view.AgentView;
import cti.server.web.view.Views;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What agents asked for, what queues have and what phones are held to be, side by side. */
public final class AgentStatesResource {
  private final LiveFeed feed;
  private final Views views;
  private final Supplier<GatewaySight> sight;
  private final MemberAddressing addressing;

  public AgentStatesResource(
      LiveFeed feed, Views views, Supplier<GatewaySight> sight, MemberAddressing addressing) {
    this.feed = feed;
    this.views = views;
    this.sight = sight;
    this.addressing = addressing;
  }

  /**
   * All of it.
   *
   * @param seq the journal record at which the agents' part stands
   * @param lookedAt when the gateway was last looked at; absent before the first look
   * @param strays members for whom nobody is logged on
   * @param healed what the watchdog put right last, newest first
   */
  record AgentStatesView(
      long seq,
      Optional<Instant> lookedAt,
      List<AgentStateView> items,
      List<MemberView> strays,
      List<HealedView> healed) {}

  /**
   * Something that the watchdog put right.
   *
   * @param what such as member-missing or device-state
   * @param found what the gateway had
   * @param wanted what it was put to
   */
  record HealedView(
      Instant at,
      String what,
      Optional<String> agent,
      Optional<String> extension,
      Optional<String> queue,
      String found,
      String wanted) {
    static HealedView of(DriftHealed event) {
      return new HealedView(
          event.at(),
          Words.of(event.kind()),
          event.agent().map(AgentId::value),
          event.extension().map(Extension::value),
          event.queue().map(QueueName::value),
          event.found(),
          event.wanted());
    }
  }

  /**
   * One agent who is logged on, three ways.
   *
   * @param agree whether members and phone are as the agent's state wants them
   */
  record AgentStateView(
      AgentView agent, List<MemberView> members, Optional<DeviceView> device, boolean agree) {}

  /**
   * A member of a queue.
   *
   * @param there whether the queue has it
   * @param wanted how the agent's state wants it; absent for a stray
   * @param since since when pause, penalty and name are these, by the looks taken
   */
  record MemberView(
      String queue,
      Optional<String> desk,
      Optional<String> extension,
      boolean there,
      Optional<SeenView> seen,
      Optional<WantedView> wanted,
      Optional<Instant> since,
      boolean agree) {}

  record SeenView(
      String name,
      boolean paused,
      String pausedReason,
      int penalty,
      String status,
      boolean inCall,
      Optional<Instant> lastCall) {
    static SeenView of(MemberFacts facts) {
      return new SeenView(
          facts.name(),
          facts.paused(),
          facts.pausedReason(),
          facts.penalty(),
          Words.of(facts.activity().status()),
          facts.activity().inCall(),
          facts.activity().lastCall());
    }
  }

  record WantedView(String name, boolean paused, int penalty) {}

  /**
   * The device that stands for the agent's phone.
   *
   * @param agree false where it is in use while the agent is in no call
   */
  record DeviceView(String device, String state, Optional<Instant> since, boolean agree) {}

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/agents/states")
            .answers(AgentStatesView.class)
            .live(this::states));
  }

  private CompletionStage<Answer> states(Request request) {
    return feed.ask(picture -> Answer.json(view(picture, sight.get())));
  }

  private AgentStatesView view(LivePicture picture, GatewaySight seen) {
    Set<Place> ours = new HashSet<>();
    List<AgentStateView> items = new ArrayList<>();
    for (AgentStatus status : picture.statuses()) {
      if (status.loggedOn()) {
        picture
            .agent(status.agent())
            .ifPresent(agent -> items.add(agent(agent, status, seen, ours)));
      }
    }
    items.sort(Comparator.comparing(item -> item.agent().id()));
    return new AgentStatesView(
        picture.seq(),
        seen.at(),
        items,
        strays(seen, ours),
        picture.healed().stream().map(HealedView::of).toList());
  }

  private AgentStateView agent(
      AgentView view, AgentStatus status, GatewaySight seen, Set<Place> ours) {
    Extension extension = status.extension().orElseThrow();
    List<MemberView> members = new ArrayList<>();
    for (Desk desk : views.catalog().desks()) {
      if (status.desks().contains(desk.id())) {
        Place place = new Place(desk.queue(), addressing.interfaceOf(extension));
        ours.add(place);
        members.add(
            member(status, desk, extension, Optional.ofNullable(seen.members().get(place))));
      }
    }
    Optional<DeviceView> device = device(status, addressing.stateOf(extension), seen);
    boolean agree =
        members.stream().allMatch(MemberView::agree) && device.map(DeviceView::agree).orElse(true);
    return new AgentStateView(view, members, device, agree);
  }

  private MemberView member(
      AgentStatus status, Desk desk, Extension extension, Optional<SeenMember> seen) {
    WantedView wanted =
        new WantedView(
            status.agent().value(),
            !status.readyAt(desk.id()),
            role(status, desk.id()).map(SeatRole::penalty).orElse(0));
    boolean agree =
        seen.map(SeenMember::facts)
            .filter(facts -> facts.name().equals(wanted.name()))
            .filter(facts -> facts.paused() == wanted.paused())
            .filter(facts -> facts.penalty() == wanted.penalty())
            .isPresent();
    return new MemberView(
        desk.queue().value(),
        Optional.of(desk.id().value()),
        Optional.of(extension.value()),
        seen.isPresent(),
        seen.map(SeenMember::facts).map(SeenView::of),
        Optional.of(wanted),
        seen.map(SeenMember::since),
        agree);
  }

  private Optional<SeatRole> role(AgentStatus status, DeskId desk) {
    return views.agent(status.agent()).map(Agent::seats).map(seats -> seats.get(desk));
  }

  private static Optional<DeviceView> device(AgentStatus status, String name, GatewaySight seen) {
    if (seen.at().isEmpty()) {
      return Optional.empty();
    }
    Optional<SeenDevice> device = Optional.ofNullable(seen.devices().get(name));
    DeviceState state = device.map(SeenDevice::state).orElse(DeviceState.UNKNOWN);
    boolean idle =
        switch (status.state()) {
          case READY, BUSY -> false;
          case NOT_READY, WORKING_AFTER_CALL, LOGGED_OFF, UNKNOWN -> true;
        };
    return Optional.of(
        new DeviceView(
            name, Words.of(state), device.map(SeenDevice::since), state.free() || !idle));
  }

  private List<MemberView> strays(GatewaySight seen, Set<Place> ours) {
    List<MemberView> strays = new ArrayList<>();
    seen.members()
        .forEach(
            (place, member) -> {
              Optional<Desk> desk =
                  views.catalog().desks().stream()
                      .filter(known -> known.queue().equals(place.queue()))
                      .findFirst();
              if (!ours.contains(place) && member.facts().dynamic() && desk.isPresent()) {
                strays.add(
                    new MemberView(
                        place.queue().value(),
                        desk.map(known -> known.id().value()),
                        addressing.extensionOf(place.memberInterface()).map(Extension::value),
                        true,
                        Optional.of(SeenView.of(member.facts())),
                        Optional.empty(),
                        Optional.of(member.since()),
                        false));
              }
            });
    strays.sort(
        Comparator.comparing(MemberView::queue).thenComparing(m -> m.extension().orElse("")));
    return strays;
  }
}
