// The values of an audit line as people read them.
import { agentName, deskName } from '../stream/picture';
import { clock, reasonText, t, wordOr } from '../words/words';

const LONGEST = 300;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
const dashed = (word: string): string => word.toLowerCase().replaceAll('_', '-');

/** The word of a state, which is of the kind of thing that has it. */
function stateText(kind: string, value: string): string {
  if (kind === 'callback') return wordOr(`audit.state-${value.toLowerCase()}`, value);
  return kind === 'missed-case' ? wordOr(`missed.${dashed(value)}`, value) : wordOr(dashed(value), value);
}

/** A call of an incident, "id ROLE": the part that it has in it. */
const callText = (value: string): string => wordOr(`incident.${dashed(value.split(' ').pop() ?? '')}`, value);

/** Times by the clock, desks, agents, roles and states by their names; a checksum by its beginning. */
export function valueText(kind: string, field: string, value: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return clock(value);
  if (value === 'true' || value === 'false') return t(value === 'true' ? 'audit.yes' : 'audit.no');
  switch (field) {
    case 'seats':
      return value.replace(/(^|、)(\S+) /g, (_, before: string, desk: string) => `${before}${deskName(desk)} `);
    case 'desks':
      return value.split(/[、 ]/).map(deskName).join('、');
    case 'desk':
    case 'toDesk':
      return deskName(value);
    case 'agent':
    case 'owner':
    case 'toAgent':
      return agentName(value);
    case 'role':
      return wordOr(`security.role-${value.toLowerCase()}`, value);
    case 'mode':
      return wordOr(`supervise.${value === 'barge-in' ? 'barge' : value}`, value);
    case 'reason':
      return reasonText(value);
    case 'policy':
      return wordOr(`admin.policy-${value.toLowerCase()}`, value);
    case 'formula':
      return wordOr(`admin.formula-${dashed(value)}`, value);
    case 'source':
      return kind === 'prompt' ? wordOr(`prompts.source-${value.toLowerCase()}`, value) : value;
    case 'state':
      return stateText(kind, value);
    case 'outcome':
      return wordOr(`audit.outcome-${value.toLowerCase()}`, value);
    case 'calls':
      return value.split('、').map(callText).join('、');
    case 'checksum':
    case 'sha256':
      return value.slice(0, 12);
    default:
      return short(value);
  }
}

/** Who did it: a user, somebody at the command line, a caller, or the system itself. */
export function accountText(account: string): string {
  const [before = '', ...rest] = account.split(':');
  if (!rest.length) return account;
  return wordOr(`audit.by-${before}`, '') ? t(`audit.by-${before}`, rest.join(':')) : account;
}
