// Ways out of nodes as people say them.
import { t, wordOr } from '../words/words';

/** More ways than these are counted, not named. */
const MOST_NAMED = 2;

/** The label of ways that lead from one node to the same other: keys in one breath, then the rest. */
export function wayText(names: string[]): string {
  const keys = names.filter((name) => name.startsWith('keys.')).map((name) => name.slice(5));
  const others = names.filter((name) => !name.startsWith('keys.'));
  // A long label would push the nodes apart; the text says the rest.
  const rest = others.length > MOST_NAMED ? [single(others[0]!), `+${others.length - 1}`] : others.map(single);
  // One way out of a node that has no other needs no name.
  if (!keys.length && names.length === 1 && names[0] === 'exits.next') return '';
  return [keys.length ? t('flows.keys', keys.join(' ')) : '', ...rest].filter(Boolean).join(' / ');
}

function single(name: string): string {
  const [group = '', ...more] = name.split('.');
  const value = more.join('.');
  switch (group) {
    case 'exits':
      return wordOr(`flows.exit-${value}`, value);
    case 'cases':
      return t('flows.case', value);
    case 'words':
      return `“${value}”`;
    default:
      return name;
  }
}
