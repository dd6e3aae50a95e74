package cti.core.ivr;

import cti.core.desk.Desk;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.ivr.FlowInterpreter.Step;
import cti.core.ivr.FlowInterpreter.Taken;
import cti.core.ivr.FlowState.Tries;
import cti.core.routing.Caller;
import cti.core.routing.Decision;
import cti.core.routing.TargetStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One step of one call through a flow, while it is made. */
final class FlowWalk {
  /** More nodes than this without waiting for the caller: the flow runs in a circle. */
  private static final int MOST_MOVES = 100;

  /** Ends an answer of several digits. */
  private static final String END = "#";

  private final FlowInterpreter flow;
  private final List<FlowAction> actions = new ArrayList<>();
  private final List<Taken> taken = new ArrayList<>();
  private FlowState state;
  private int moves;

  FlowWalk(FlowInterpreter flow, FlowState state) {
    this.flow = flow;
    this.state = state;
  }

  void act(FlowAction action) {
    actions.add(action);
  }

  /** The caller pressed a key where one is waited for. */
  Step keyed(Asking node, String key) {
    return switch (node) {
      case Asking.Menu menu -> {
        note(menu, key);
        yield menu.option(key).map(option -> chosen(menu, option)).orElseGet(() -> noMatch(menu));
      }
      case Asking.Survey survey -> {
        note(survey, key);
        if (!key.matches(Asking.Survey.MARKS)) {
          yield noMatch(survey);
        }
        act(new FlowAction.NoteSurvey(survey.id(), Integer.parseInt(key)));
        yield answered(survey, Exit.NEXT);
      }
      case Asking.Notice notice -> {
        note(notice, key);
        if (!key.equals(notice.key())) {
          yield noMatch(notice);
        }
        notice(notice).ifPresent(known -> act(new FlowAction.NoteAffected(known.id())));
        yield answered(notice, Exit.ADDED);
      }
      case Asking.Collect collect -> digit(collect, collect.digits(), key);
      case Asking.Lookup lookup -> digit(lookup, lookup.digits(), key);
    };
  }

  private Step chosen(Asking.Menu menu, Asking.Menu.Option option) {
    state = state.withChoice(option.choice()).withLanguage(option.language()).withTries(Tries.NONE);
    return go(menu, Flow.keyWay(option.key()), option.to());
  }

  private Step digit(Asking node, Asking.Span span, String key) {
    String digits = key.equals(END) ? state.said().partial() : state.said().partial() + key;
    if (!key.equals(END) && digits.length() < span.most()) {
      state = state.withPartial(digits);
      return end(new FlowAction.Ask(state.language(), List.of(), node.keyWait()));
    }
    return over(node, span, digits);
  }

  /** The answer is whole, or as much as there will be of it. */
  private Step over(Asking node, Asking.Span span, String digits) {
    state = state.withPartial("");
    note(node, digits);
    if (digits.length() < span.least() || digits.contains("*")) {
      return noMatch(node);
    }
    if (node instanceof Asking.Lookup lookup) {
      return lookedUp(lookup, new StaffId(lookup.prefix() + digits));
    }
    if (node instanceof Asking.Collect collect) {
      state = state.withDigits(collect.into(), digits);
    }
    return answered(node, Exit.NEXT);
  }

  private Step lookedUp(Asking.Lookup lookup, StaffId staff) {
    Optional<Caller> known = flow.world().identified(state.caller(), staff);
    if (known.isEmpty()) {
      return noMatch(lookup);
    }
    act(new FlowAction.NoteCaller(staff));
    state = state.withCaller(known.get(), staff);
    return answered(lookup, Exit.NEXT);
  }

  /** No key came in time; what was keyed before it is the answer, where that can be. */
  Step notKeyed(Asking node) {
    if (!state.said().partial().isEmpty()) {
      Asking.Span span =
          switch (node) {
            case Asking.Collect collect -> collect.digits();
            case Asking.Lookup lookup -> lookup.digits();
            case Asking.Menu _, Asking.Survey _, Asking.Notice _ -> new Asking.Span(1, 1);
          };
      return over(node, span, state.said().partial());
    }
    act(new FlowAction.NoteKeys(node.id(), ""));
    Tries tries = triesOf(node);
    state = state.withTries(new Tries(node.id(), tries.noInput() + 1, tries.noMatch()));
    return tries.noInput() + 1 < node.tries()
        ? leave(Exit.NO_INPUT)
        : answered(node, Exit.MAX_NO_INPUT);
  }

  private Step noMatch(Asking node) {
    Tries tries = triesOf(node);
    state = state.withTries(new Tries(node.id(), tries.noInput(), tries.noMatch() + 1));
    return tries.noMatch() + 1 < node.tries()
        ? leave(Exit.NO_MATCH)
        : answered(node, Exit.MAX_NO_MATCH);
  }

  private Step answered(Asking node, Exit exit) {
    state = state.withTries(Tries.NONE);
    return leave(exit);
  }

  private void note(Asking node, String keys) {
    act(new FlowAction.NoteKeys(node.id(), keys));
    state = state.withKeys(keys);
  }

  private Tries triesOf(Node node) {
    return state.talk().tries().node().equals(node.id()) ? state.talk().tries() : Tries.NONE;
  }

  /** Another system answered. */
  Step answeredWith(String word) {
    if (!(here() instanceof Node.Webhook webhook)) {
      throw new IllegalStateException("node " + state.node() + " waits for no word");
    }
    return webhook.cases().stream()
        .filter(branch -> branch.word().equals(word))
        .findFirst()
        .map(branch -> go(webhook, Flow.wordWay(branch.word()), branch.to()))
        .orElseGet(() -> leave(Exit.OTHERWISE));
  }

  /** Back from a queue or a number, with what the dialplan says of it. */
  Step backWith(String status) {
    Node node = here();
    if (node instanceof Node.Queue queue) {
      Optional<String> key = QueueReturn.key(status);
      Optional<Node.Queue.LeaveKey> way =
          key.flatMap(
              pressed -> queue.keys().stream().filter(k -> k.key().equals(pressed)).findFirst());
      key.ifPresent(pressed -> note(queue, pressed));
      if (way.isPresent()) {
        return go(queue, Flow.keyWay(way.get().key()), way.get().to());
      }
      return leave(QueueReturn.parse(status).map(QueueReturn::exit).orElse(Exit.ERROR));
    }
    return leave(DialReturn.parse(status).map(DialReturn::exit).orElse(Exit.ERROR));
  }

  /** The rules lead to what may be left. */
  Step offered(TargetStep.Offer offer) {
    if (!(here() instanceof Node.Queue queue)) {
      throw new IllegalStateException("node " + state.node() + " is no queue");
    }
    state = state.withDesk(offer.desk(), state.chosen().rule(), state.chosen().explanation());
    return queue.keys().stream()
        .filter(key -> flow.leads(key.to(), offer.kind()))
        .findFirst()
        .map(key -> go(queue, Flow.keyWay(key.key()), key.to()))
        .orElseGet(() -> leave(Exit.TIMEOUT));
  }

  private void note(Node.Queue queue, String key) {
    act(new FlowAction.NoteKeys(queue.id(), key));
    state = state.withKeys(key);
  }

  private Node here() {
    return flow.node(state.node())
        .orElseThrow(() -> new IllegalStateException("no node " + state.node()));
  }

  Step leave(Exit exit) {
    Node node = here();
    String to = node.exits().get(exit);
    if (exit == Exit.HANGUP) {
      if (to != null) {
        taken.add(new Taken(node.id(), Flow.way(exit)));
      }
      state = state.withNode(to == null ? node.id() : to);
      return end(new FlowAction.Quit());
    }
    if (to == null) {
      return end(
          new FlowAction.FallBack(
              node.id(), "node " + node.id() + " has no exit " + exit.written()));
    }
    return go(node, Flow.way(exit), to);
  }

  private Step go(Node from, String way, String to) {
    taken.add(new Taken(from.id(), way));
    return enter(to);
  }

  Step enter(String id) {
    Optional<Node> found = flow.node(id);
    if (found.isEmpty() || ++moves > MOST_MOVES) {
      return end(
          new FlowAction.FallBack(
              state.node(),
              found.isEmpty() ? "no node " + id : "runs in a circle through node " + id));
    }
    state = state.withNode(id).withPartial("");
    return switch (found.get()) {
      case Asking.Notice notice -> notice(notice).isPresent() ? ask(notice) : leave(Exit.NEXT);
      case Asking asking -> ask(asking);
      case Node.Prompt prompt -> end(new FlowAction.Play(state.language(), prompt.prompts()));
      case Node.Condition condition -> branch(condition);
      case Node.Hours hours -> hours(hours);
      case Node.Route _ -> route();
      case Node.Queue queue -> queue(queue);
      case Node.Callback callback -> callback(callback);
      case Node.Voicemail voicemail -> voicemail(voicemail);
      case Node.Transfer transfer -> transfer(transfer);
      case Node.Webhook webhook ->
          end(
              new FlowAction.CallWebhook(
                  webhook.id(), webhook.hook(), state.caller().presented(), state.said().digits()));
      case Node.Hangup hangup -> end(new FlowAction.HangUp(hangup.id()));
      case Node.Fallback fallback ->
          end(new FlowAction.FallBack(fallback.id(), "the flow leads to node " + fallback.id()));
    };
  }

  /** What is told here: the first that was not told at another node. */
  private Optional<FlowWorld.Notice> notice(Asking.Notice here) {
    return flow.world().notices(state.caller(), state.choice()).stream()
        .filter(known -> state.talk().told().getOrDefault(known.id(), here.id()).equals(here.id()))
        .findFirst();
  }

  private Step ask(Asking node) {
    List<String> prompts =
        new ArrayList<>(state.talk().greeted() ? List.of() : flow.flow().greeting());
    if (node instanceof Asking.Notice notice) {
      Optional<FlowWorld.Notice> known = notice(notice);
      if (known.isPresent()) {
        prompts.add(known.get().prompt());
        state = state.withTold(known.get().id(), notice.id());
      }
    }
    prompts.addAll(node.prompts());
    state = state.withGreeting();
    return end(new FlowAction.Ask(state.language(), prompts, node.keyWait()));
  }

  private Step branch(Node.Condition condition) {
    for (int i = 0; i < condition.cases().size(); i++) {
      Node.Condition.Case branch = condition.cases().get(i);
      boolean holds =
          switch (branch.test()) {
            case CallerTest.KindIs test -> test.kinds().contains(state.caller().kind());
            case CallerTest.DeskIs test -> state.desk().filter(test.desks()::contains).isPresent();
          };
      if (holds) {
        return go(condition, Flow.caseWay(i), branch.to());
      }
    }
    return leave(Exit.OTHERWISE);
  }

  private Step hours(Node.Hours hours) {
    Optional<Desk> desk = desk(hours.desk());
    if (desk.isEmpty()) {
      return leave(Exit.ERROR);
    }
    boolean open =
        flow.world().open(desk.get().id())
            || hours.desk().isEmpty() && flow.world().servedOutOfHours(state.chosen().rule());
    return leave(open ? Exit.OPEN : Exit.CLOSED);
  }

  /** A desk that a node names, else the one that the call has. */
  private Optional<Desk> desk(Optional<DeskId> named) {
    return named.or(state::desk).flatMap(flow::desk);
  }

  private Step route() {
    return switch (flow.world().decide(state.caller(), state.choice(), state.said().keys())) {
      case Decision.Decided decided -> {
        state = state.withDesk(decided.desk(), decided.rule(), decided.explanation().line());
        yield leave(flow.desk(decided.desk()).isPresent() ? Exit.DECIDED : Exit.ERROR);
      }
      case Decision.Undecided _ -> leave(Exit.UNDECIDED);
    };
  }

  private Step queue(Node.Queue queue) {
    if (queue.desk().isPresent()) {
      String from = state.desk().map(desk -> ", coming from desk " + desk).orElse("");
      state =
          state.withDesk(
              queue.desk().get(),
              "flow:" + queue.id(),
              "node " + queue.id() + " of the flow names the desk" + from);
    }
    Optional<Desk> desk = state.desk().flatMap(flow::desk);
    if (desk.isEmpty()) {
      return leave(Exit.ERROR);
    }
    List<String> told =
        Speech.queue(state.language(), flow.world().queue(desk.get().id()), queue.says());
    if (!told.isEmpty()) {
      act(new FlowAction.Say(state.language(), told));
    }
    Set<String> keys =
        queue.keys().stream().map(Node.Queue.LeaveKey::key).collect(Collectors.toSet());
    return end(
        new FlowAction.EnterQueue(
            desk.get(),
            queue.priority(),
            desk.get().longestWait(),
            new FlowAction.Why(state.chosen().rule(), state.chosen().explanation()),
            new Waiting(keys, flow.goesOn(queue), state.language(), queue.says()),
            Position.of(flow.flow(), queue.id(), state).text()));
  }

  private Step callback(Node.Callback callback) {
    Optional<Desk> desk = desk(callback.desk());
    if (desk.isEmpty()) {
      return leave(Exit.ERROR);
    }
    String number =
        callback
            .number()
            .map(name -> state.said().digits().getOrDefault(name, ""))
            .orElse(state.caller().presented());
    return number.matches("[+]?[0-9]{3,20}")
        ? end(new FlowAction.RequestCallback(callback.id(), desk.get(), number, state.language()))
        : leave(Exit.REFUSED);
  }

  private Step voicemail(Node.Voicemail voicemail) {
    return desk(voicemail.desk())
        .map(
            desk ->
                end(
                    new FlowAction.RecordMessage(
                        voicemail.id(),
                        desk,
                        state.language(),
                        voicemail.prompts(),
                        voicemail.longest())))
        .orElseGet(() -> leave(Exit.ERROR));
  }

  private Step transfer(Node.Transfer transfer) {
    return end(
        new FlowAction.Dial(
            transfer.id(),
            state.desk().flatMap(flow::desk),
            transfer.number(),
            transfer.ring(),
            flow.goesOn(transfer),
            Position.of(flow.flow(), transfer.id(), state).text()));
  }

  private Step end(FlowAction action) {
    actions.add(action);
    return new Step(state, actions, taken);
  }
}
