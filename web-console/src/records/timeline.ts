// One call as a line of moments, in order: menus, keys, queues, rings, talks, holds, the end.
import { outcomeText, visitText } from '../agent/states';
import type { CallRecordView, PartView, SupervisionView, VisitView } from '../api/views';
import { agentName, deskName } from '../stream/picture';
import { duration, t } from '../words/words';

export interface Moment {
  at: string;
  text: string;
  detail?: string;
  type: 'primary' | 'success' | 'warning' | 'danger' | 'info';
}

export function timeline(record: CallRecordView): Moment[] {
  const { call } = record;
  const moments: Moment[] = [{ at: call.startedAt, text: t('call.began'), detail: call.dialledNumber, type: 'info' }];
  record.visits.forEach((visit) => moments.push(...ofVisit(visit)));
  // Rings of a queue are told by its stay; other devices by their parts.
  record.parts.filter((part) => !['caller', 'queue-agent'].includes(part.role)).forEach((part) => moments.push(...ofPart(part)));
  record.wrapUps.forEach((wrapUp) => {
    moments.push({ at: wrapUp.beganAt, text: `${t('working-after-call')} · ${agentName(wrapUp.agent)}`, detail: duration(wrapUp.seconds), type: 'info' });
  });
  record.supervision.forEach((act) => moments.push(ofSupervision(act)));
  if (call.endedAt) {
    moments.push({ at: call.endedAt, text: outcomeText(call.outcome), detail: t(`by-${call.clearedBy}`), type: call.missed ? 'danger' : 'success' });
  }
  return moments.sort((a, b) => a.at.localeCompare(b.at));
}

/** What a supervisor did in the call. */
function ofSupervision(act: SupervisionView): Moment {
  if (act.what === 'listening') {
    const modes = act.modes.map((mode) => t(`supervise.${mode}`)).join(' → ') || t('call.notHeard');
    const time = act.until && act.modes.length ? ` · ${duration((Date.parse(act.until) - Date.parse(act.at)) / 1000)}` : '';
    return { at: act.at, text: t('call.supervised', act.by, act.agentName ?? ''), detail: modes + time, type: 'info' };
  }
  // To the desk where they waited, and not to the front: to the back.
  const where = act.first ? 'call.movedFirst' : act.fromDesk === act.toDesk ? 'call.movedLast' : 'call.movedDesk';
  const text = act.agent ? t('call.movedAgent', act.by, act.agentName ?? act.agent) : t(where, act.by, deskName(act.toDesk));
  return { at: act.at, text, detail: act.reason, type: 'warning' };
}

function ofVisit(visit: VisitView): Moment[] {
  const moments: Moment[] = [
    { at: visit.enteredAt, text: t('call.queued', visit.desk ? deskName(visit.desk) : visit.queue), detail: visit.position ? t('call.place', visit.position) : undefined, type: 'warning' },
  ];
  for (const ring of visit.attempts) {
    const who = ring.agent ? agentName(ring.agent) : ring.extension;
    moments.push({ at: ring.startedAt, text: t('call.rings', who), detail: ring.outcome && ring.outcome !== 'answered' ? outcomeText(ring.outcome) : undefined, type: 'primary' });
    if (ring.answeredAt) moments.push({ at: ring.answeredAt, text: t('call.answeredBy', who), type: 'success' });
  }
  if (visit.leftAt && visit.outcome !== 'answered') moments.push({ at: visit.leftAt, text: t('call.left'), detail: visitText(visit.outcome), type: 'danger' });
  return moments;
}

function ofPart(part: PartView): Moment[] {
  const who = part.agentName ?? (part.number || t('anonymous'));
  const moments: Moment[] = [{ at: part.startedAt, text: t(`call.role-${part.role}`, who), detail: part.failure ? outcomeText(part.failure) : undefined, type: 'primary' }];
  if (part.answeredAt) moments.push({ at: part.answeredAt, text: t('call.answeredBy', who), detail: part.heldSeconds ? t('call.held', duration(part.heldSeconds)) : undefined, type: 'success' });
  return moments;
}
