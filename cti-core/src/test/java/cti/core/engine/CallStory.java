package cti.core.engine;

import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_PHONE;

import cti.core.id.Extension;
import cti.core.id.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One call as the gateway tells it, step by step: what comes in, is held, handed on, asked about,
 * brought together, fetched, sent to the next queue, called by ourselves.
 */
final class CallStory {
  private static final QueueName NEXT_QUEUE = new QueueName("cti-next");

  private final EngineWorld world;
  private final String id;
  private final Extension phone;
  private final Extension other;
  private final List<Runnable> steps = new ArrayList<>();
  private final List<String> channels = new ArrayList<>();

  private CallStory(EngineWorld world, String id, Extension phone) {
    this.world = world;
    this.id = id;
    this.phone = phone;
    this.other = phone.equals(PHONE) ? SECOND_PHONE : PHONE;
  }

  /** The steps of one, in order. */
  static List<Runnable> of(EngineWorld world, String id, Random random) {
    CallStory story = new CallStory(world, id, random.nextBoolean() ? PHONE : SECOND_PHONE);
    switch (random.nextInt(14)) {
      case 0 -> story.comes().held().callerLeaves();
      case 1 -> story.comes().held().backFromHold().agentLeaves();
      case 2 -> story.comes().handedOn().callerLeaves();
      case 3 -> story.comes().handedOnInVain().callerLeaves();
      case 4 -> story.comes().toNextQueue().callerLeaves();
      case 5 -> story.comes().asks().completed(false).callerLeaves();
      case 6 -> story.comes().asks().takenBack().agentLeaves();
      case 7 -> story.comes().asks().completed(true).agentLeaves();
      case 8 -> story.comes().asks().callerLeaves();
      case 9 -> story.comes().asksTheDesk().completed(false).callerLeaves();
      case 10 -> story.overflows().callerLeaves();
      case 11 -> story.pickedUp().callerLeaves();
      case 12 -> story.clicks("13900000009").agentLeaves();
      default -> story.clicks("13900000009").handedOn().callerLeaves();
    }
    return story.end();
  }

  private CallStory then(Runnable step) {
    steps.add(step);
    return this;
  }

  private String channel(String suffix) {
    String name = id + suffix;
    channels.add(name);
    return name;
  }

  private CallStory waits() {
    channels.add(id);
    return then(() -> world.dials(id)).then(() -> world.joinsQueue(id));
  }

  private CallStory rings(String leg) {
    String line = channel(leg + "-line");
    String near = channel(leg);
    String far = channel(leg + "-2");
    return then(() -> world.rings(id, near, phone))
        .then(() -> world.leg(id, far, "Local/" + phone + "@cti-agents-" + near + ";2"))
        .then(() -> world.leg(id, line, "PJSIP/ipoffice-" + near))
        .then(() -> world.dialled(far, line, phone.value()));
  }

  private CallStory comes() {
    return waits().rings("-leg").then(() -> world.answers(id, id + "-leg", phone));
  }

  private CallStory held() {
    return then(() -> world.holds(id + "-leg"))
        .then(() -> world.leg(id, channel("-h"), "Local/1@cti-hold-" + id + ";1"))
        .then(() -> world.leg(id, channel("-h2"), "Local/1@cti-hold-" + id + ";2"));
  }

  private CallStory backFromHold() {
    return then(() -> world.retrieves(id + "-leg"))
        .then(() -> world.gone(id + "-h"))
        .then(() -> world.gone(id + "-h2"));
  }

  private String transferer() {
    return channels.contains(id + "-leg") ? id + "-leg" : id;
  }

  private CallStory handedOn() {
    String far = transferer().equals(id) ? id + "-far" : id;
    return then(() -> world.transfersBlind(transferer(), other.value()))
        .then(() -> world.gone(transferer()))
        .dialsOther(far)
        .then(() -> world.dialEnds(id + "-to", "ANSWER"));
  }

  private CallStory handedOnInVain() {
    String back = channel("-back");
    return then(() -> world.transfersBlind(id + "-leg", other.value()))
        .then(() -> world.gone(id + "-leg"))
        .dialsOther(id)
        .then(() -> world.dialEnds(id + "-to", "NOANSWER"))
        .then(() -> world.dialsPhone(id, id, back, phone))
        .then(() -> world.dialEnds(back, "ANSWER"))
        .then(() -> world.gone(back + "-line"))
        .then(() -> world.gone(back + "-2"));
  }

  private CallStory dialsOther(String dialler) {
    String to = channel("-to");
    channels.add(to + "-2");
    channels.add(to + "-line");
    return then(() -> world.dialsPhone(id, dialler, to, other));
  }

  private CallStory toNextQueue() {
    String second = channel("-second");
    return then(() -> world.transfersBlind(id + "-leg", NEXT_QUEUE.value()))
        .then(() -> world.gone(id + "-leg"))
        .then(() -> joins(id, NEXT_QUEUE))
        .then(() -> world.rings(id, second, other))
        .then(() -> world.answers(id, second, other));
  }

  private void joins(String channel, QueueName queue) {
    world.tell(
        new GatewayInput.CallerJoined(GATEWAY, world.now, EngineWorld.channel(channel), queue, 1));
  }

  private CallStory consultLeg() {
    return then(() -> world.holds(id + "-leg"))
        .then(() -> world.leg(id, channel("-x"), "Local/1@cti-consult-" + id + ";1"))
        .then(() -> world.leg(id, channel("-x2"), "Local/1@cti-consult-" + id + ";2"));
  }

  private CallStory asks() {
    return consultLeg().dialsOther(id + "-x2").then(() -> world.dialEnds(id + "-to", "ANSWER"));
  }

  private CallStory asksTheDesk() {
    String to = channel("-to");
    return consultLeg()
        .then(() -> joins(id + "-x2", QUEUE))
        .then(
            () ->
                world.tell(
                    new GatewayInput.MemberCalled(
                        GATEWAY,
                        world.now,
                        EngineWorld.channel(id + "-x2"),
                        EngineWorld.channel(to),
                        QUEUE,
                        EngineWorld.member(other))))
        .then(
            () ->
                world.tell(
                    new GatewayInput.MemberConnected(
                        GATEWAY,
                        world.now,
                        EngineWorld.channel(id + "-x2"),
                        EngineWorld.channel(to),
                        QUEUE,
                        EngineWorld.member(other))));
  }

  private CallStory completed(boolean threeWay) {
    String target = "Local/1@cti-consult-" + id + ";1";
    then(() -> world.transfersAttended(id + "-leg", threeWay, target));
    return threeWay ? this : then(() -> world.gone(id + "-leg"));
  }

  private CallStory takenBack() {
    return then(() -> world.retrieves(id + "-leg"))
        .then(() -> world.gone(id + "-x2"))
        .then(() -> world.gone(id + "-x"))
        .then(() -> world.hangsUp(id + "-to"))
        .then(() -> world.gone(id + "-to"));
  }

  private CallStory overflows() {
    String second = channel("-second");
    return waits()
        .then(() -> world.queueReturns(id, "TIMEOUT"))
        .then(() -> joins(id, NEXT_QUEUE))
        .then(() -> world.rings(id, second, other))
        .then(() -> world.answers(id, second, other));
  }

  private CallStory pickedUp() {
    String pick = channel("-pick");
    channels.add(pick + "-2");
    channels.add(pick + "-phone");
    return waits()
        .rings("-leg")
        .then(() -> world.clicks(pick, other, ""))
        .then(() -> world.dialEnds(pick, "ANSWER"))
        .then(() -> world.picksUp(id + "-leg", pick))
        .then(() -> world.gone(id + "-leg"))
        .then(
            () ->
                world.tell(
                    new GatewayInput.MemberConnected(
                        GATEWAY,
                        world.now,
                        EngineWorld.channel(id),
                        EngineWorld.channel(pick),
                        QUEUE,
                        EngineWorld.member(phone))));
  }

  private CallStory clicks(String number) {
    channels.add(id);
    channels.add(id + "-2");
    channels.add(id + "-phone");
    String far = channel("-far");
    return then(() -> world.clicks(id, phone, number))
        .then(() -> world.dialEnds(id, "ANSWER"))
        .then(() -> world.leg(id, far, "PJSIP/ipoffice-" + far))
        .then(() -> world.dialled(id, far, number))
        .then(() -> world.dialEnds(far, "ANSWER"));
  }

  private CallStory callerLeaves() {
    String caller = channels.contains(id + "-far") ? id + "-far" : id;
    return then(() -> world.hangsUp(caller)).then(() -> world.gone(caller));
  }

  private CallStory agentLeaves() {
    String line = channels.contains(id + "-leg") ? id + "-leg-line" : id + "-phone";
    return then(() -> world.hangsUp(line)).then(() -> world.gone(line));
  }

  /** Every channel of it goes; one that has gone already says so again. */
  private List<Runnable> end() {
    List<String> left = List.copyOf(channels);
    left.forEach(channel -> then(() -> world.gone(channel)));
    return List.copyOf(steps);
  }
}
