// What an audit line is about, as people say it: "staff E0001" is 员工 E0001.
import { agentName, deskName } from '../stream/picture';
import { wordOr } from '../words/words';

const OF_AGENTS = new Set(['agent', 'agent-phone']);
const OF_DESKS = new Set(['desk', 'desk-recording', 'agent-rules', 'service-level']);

export function subjectText(subject: string): string {
  const [kind = '', ...rest] = subject.split(' ');
  const id = rest.join(' ');
  const name = OF_AGENTS.has(kind) ? agentName(id) : OF_DESKS.has(kind) ? deskName(id) : id;
  return [wordOr(`audit.kind-${kind}`, kind), name === id || !id ? id : `${name} (${id})`].filter(Boolean).join(' ');
}

export const fieldText = (field: string): string => wordOr(`staff.field.${field}`, wordOr(`audit.field.${field}`, field));
