package cti.core.routing;

import cti.core.calendar.Calendars;
import cti.core.calendar.Roster;
import cti.core.directory.Dialling;
import cti.core.directory.NumberKind;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.core.id.StaffId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes a call through its targets: what to do next, given where it is. Those that cannot be tried
 * now are passed over, with the reason. Pure; the facts are those of the moment.
 *
 * @param people the directory, by employee number
 * @param dialling from the site of the rule's desk
 */
public record TargetRun(
    List<Target> targets,
    Calendars calendars,
    Facts facts,
    Function<StaffId, Optional<StaffMember>> people,
    Dialling dialling) {
  public TargetRun {
    targets = List.copyOf(targets);
  }

  /** The first target that can be tried. */
  public TargetStep first() {
    return after(-1);
  }

  /**
   * The next one after a target that did not take the call, or was played.
   *
   * @param index of the target that was tried; -1 for none
   */
  public TargetStep after(int index) {
    List<String> passedOver = new ArrayList<>();
    for (int i = index + 1; i < targets.size(); i++) {
      Optional<TargetStep> step = step(i, targets.get(i), passedOver);
      if (step.isPresent()) {
        return step.get();
      }
    }
    return new TargetStep.Over(List.copyOf(passedOver));
  }

  private Optional<TargetStep> step(int i, Target target, List<String> passedOver) {
    List<String> so = List.copyOf(passedOver);
    return switch (target) {
      case Target.DeskQueue queue ->
          Optional.of(
              new TargetStep.Wait(
                  i, queue.desk(), Optional.empty(), queue.priority(), queue.limit(), so));
      case Target.DeskRole role -> role(i, role, passedOver);
      case Target.LastAgent last -> lastAgent(i, last, passedOver);
      case Target.Duty duty -> duty(i, duty, passedOver);
      case Target.Number number ->
          Optional.of(
              new TargetStep.Ring(
                  i,
                  dialling.written(number.number()),
                  Optional.empty(),
                  number.written(),
                  number.limit(),
                  so));
      case Target.Callback callback ->
          Optional.of(new TargetStep.Offer(i, TargetStep.Offer.Kind.CALLBACK, callback.desk(), so));
      case Target.Voicemail voicemail ->
          Optional.of(
              new TargetStep.Offer(i, TargetStep.Offer.Kind.VOICEMAIL, voicemail.desk(), so));
      case Target.Announcement announcement ->
          Optional.of(new TargetStep.Play(i, announcement.prompt(), so));
      case Target.ListOf _ -> Optional.empty();
    };
  }

  private Optional<TargetStep> role(int i, Target.DeskRole target, List<String> passedOver) {
    Optional<QueueState> queue = facts.queues().of(target.desk());
    // Where nothing is known of the desk it is tried: its queue knows.
    if (queue.isPresent() && queue.get().ready(target.role()) == 0) {
      passedOver.add(target.written() + ": nobody is ready and free");
      return Optional.empty();
    }
    return Optional.of(
        new TargetStep.Wait(
            i,
            target.desk(),
            Optional.of(target.role()),
            target.priority(),
            Optional.of(target.limit()),
            List.copyOf(passedOver)));
  }

  private Optional<TargetStep> lastAgent(int i, Target.LastAgent target, List<String> passedOver) {
    Optional<EarlierCalls.LastTalk> talk = facts.earlier().lastTalk();
    if (!facts.earlier().known() || talk.isEmpty()) {
      passedOver.add(target.written() + ": no earlier talk is known");
      return Optional.empty();
    }
    if (talk.get().at().isBefore(facts.at().minus(target.within()))) {
      passedOver.add(
          target.written()
              + ": the last talk was "
              + Duration.between(talk.get().at(), facts.at()).toDays()
              + " days ago");
      return Optional.empty();
    }
    if (talk.get().readyAt().isEmpty()) {
      passedOver.add(target.written() + ": agent " + talk.get().agent() + " is not ready");
      return Optional.empty();
    }
    return Optional.of(
        new TargetStep.Ring(
            i,
            talk.get().readyAt().get().value(),
            Optional.of(talk.get().agent()),
            "agent " + talk.get().agent() + ", who talked to this caller last",
            target.limit(),
            List.copyOf(passedOver)));
  }

  private Optional<TargetStep> duty(int i, Target.Duty target, List<String> passedOver) {
    Optional<Roster.Shift> shift = calendars.onDuty(target.roster(), facts.at());
    if (shift.isEmpty()) {
      passedOver.add(target.written() + ": nobody is on duty");
      return Optional.empty();
    }
    for (StaffId person : shift.get().people()) {
      Optional<String> number =
          people.apply(person).flatMap(who -> line(who, target.line())).map(dialling::number);
      if (number.isPresent()) {
        return Optional.of(
            new TargetStep.Ring(
                i,
                number.get(),
                Optional.empty(),
                person + ", on duty in " + target.roster(),
                target.limit(),
                List.copyOf(passedOver)));
      }
      passedOver.add(target.written() + ": " + person + " has no number");
    }
    return Optional.empty();
  }

  /** The number of a person on duty, for people; the other kind where there is none. */
  public static Optional<String> number(StaffMember person, Target.DutyLine line) {
    return line(person, line).map(Dialling::asItStands);
  }

  private static Optional<PhoneNumber> line(StaffMember person, Target.DutyLine line) {
    NumberKind first =
        switch (line) {
          case MOBILE -> NumberKind.MOBILE;
          case OFFICE -> NumberKind.OFFICE_LINE;
        };
    return person.numbers().stream()
        .filter(number -> number.kind() == first)
        .findFirst()
        .or(() -> person.numbers().stream().findFirst());
  }
}
