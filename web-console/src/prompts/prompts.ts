// What callers hear: prompts, what is played for each, and how a recording is handed in.
export interface PromptLanguage {
  language: string;
  text: string;
  source: string;
  version: number;
  milliseconds?: number;
  changedAt?: string;
  changedBy?: string;
  inPlace: boolean;
  audio?: string;
}

export interface PromptUse {
  kind: string;
  name: string;
  place: string;
}

export interface Prompt {
  id: string;
  number?: number;
  /** It was added here, not by prompts.yaml: its texts can be changed, and it can be removed. */
  added: boolean;
  languages: PromptLanguage[];
  usedBy: PromptUse[];
}

export interface Prompts {
  items: Prompt[];
  folder: boolean;
  converter: boolean;
  mostBytes: number;
  mostSeconds: number;
}

export interface PromptVersion {
  language: string;
  version: number;
  source: string;
  fileName?: string;
  bytes: number;
  milliseconds: number;
  madeAt: string;
  madeBy: string;
  inUse: boolean;
  audio: string;
}

export interface PromptDetail {
  prompt: Prompt;
  versions: PromptVersion[];
}

/** What the server takes as an id, at the most as a text, and as a number at a phone. */
export const ID = /^[a-z0-9][a-z0-9-]{0,59}$/;
export const LONGEST_TEXT = 500;
export const LARGEST_NUMBER = 9999;

export const textOf = (prompt: Prompt | undefined, language: string): string => prompt?.languages.find((one) => one.language === language)?.text ?? '';

/** Whether a prompt has what is looked for: in its id, its texts, or where it is used. */
export function fits(prompt: Prompt, wanted: string): boolean {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [prompt.id, String(prompt.number ?? ''), ...prompt.languages.map((one) => one.text), ...prompt.usedBy.flatMap((use) => [use.name, use.place])].join('\n').toLowerCase();
  return words.every((word) => all.includes(word));
}

const TYPES: Record<string, string> = { wav: 'audio/wav', mp3: 'audio/mpeg', m4a: 'audio/mp4', mp4: 'audio/mp4', aac: 'audio/aac', ogg: 'audio/ogg', oga: 'audio/ogg', flac: 'audio/flac', webm: 'audio/webm' };

/** The media type of a file, by its name where the browser does not know it. */
export function typeOf(file: { name: string; type: string }): string {
  const ending = file.name.toLowerCase().split('.').pop() ?? '';
  return TYPES[ending] ?? (file.type.startsWith('audio/') ? file.type : 'application/octet-stream');
}

/** What may be chosen: everything that the server converts, or WAV alone where it has no converter. */
export const acceptOf = (prompts: Pick<Prompts, 'converter'>): string => (prompts.converter ? Object.keys(TYPES).map((ending) => `.${ending}`).join(',') : '.wav');

export const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(bytes < 10_485_760 ? 1 : 0);

/** Where a prompt is used, each place once: the nodes of a flow in one breath. */
export function usesOf(prompt: Prompt): { kind: string; name: string; places: string[] }[] {
  const uses = new Map<string, { kind: string; name: string; places: string[] }>();
  for (const use of prompt.usedBy) {
    const key = `${use.kind} ${use.name}`;
    const known = uses.get(key) ?? { kind: use.kind, name: use.name, places: [] };
    if (use.place && !known.places.includes(use.place)) known.places.push(use.place);
    uses.set(key, known);
  }
  return [...uses.values()];
}
