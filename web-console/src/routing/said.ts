// What is wrong with a text of rules or a flow, in the words of the page, by the codes of the server.
import type { components } from '../api/openapi';
import { t, wordOr } from '../words/words';

export type Said = Pick<components['schemas']['SaidView'], 'text' | 'place' | 'code' | 'values'>;

const FILE = /^(routing\.yaml|flow)(: |$)/;

/** "rule night" is 规则 night; a path stays as it is. */
function placeText(place: string): string {
  return place
    .replace(FILE, '')
    .split(': ')
    .map((part) => {
      const [, kind, name] = /^(rule|list|roster|calendar|desk|hours)(?: (\S+))?$/.exec(part) ?? [];
      return kind ? t(`faultPlace.of-${kind}`, name ?? '') : part;
    })
    .join(t('faultPlace.colon'));
}

/** The sentence of the server where it has no code, or one that has no words yet. */
export function saidText(said: Said): string {
  if (!said.code || wordOr(`faults.${said.code}`, '') === '') return said.text;
  const words = t(`faults.${said.code}`, ...said.values);
  const place = placeText(said.place);
  return place ? `${place}${t('faultPlace.colon')}${words}` : words;
}

/** One of the sentences that an answer holds. */
export function sentence(text: string, said: Said[] | undefined): string {
  const found = said?.find((one) => one.text === text);
  return found ? saidText(found) : text;
}
