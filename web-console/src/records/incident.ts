// Which incidents are still worked on.
import type { IncidentView } from '../api/views';

const OVER = ['resolved', 'closed', 'cancelled', 'merged'];

export const stillOpen = (state: string): boolean => !OVER.includes(state);

/** How long after its last change an open incident is offered for another call of its caller. */
const OFFERED_FOR = 30 * 86_400_000;

/**
 * Open incidents that a call may be about: of this caller, changed within the last 30 days, the latest change first.
 *
 * @param staff who calls; empty where nobody was chosen, then everybody's count
 */
export function offered(incidents: IncidentView[], staff: string, now: number): IncidentView[] {
  return incidents
    .filter((one) => stillOpen(one.state) && now - Date.parse(one.changedAt) < OFFERED_FOR)
    .filter((one) => !staff || !one.callerStaff || one.callerStaff === staff)
    .sort((a, b) => b.changedAt.localeCompare(a.changedAt));
}
