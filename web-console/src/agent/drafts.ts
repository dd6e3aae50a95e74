// What is typed into the form of an incident survives a reload, a lost network and a database that
// is away: it is kept in the browser with its own key, under which the server saves it only once.

export interface Draft {
  /** Idempotency-Key of the save. */
  key: string;
  /** Employee number of who calls; empty for none of them. */
  staff: string;
  title: string;
  description: string;
  service: string;
  category: string;
  kind: string;
  level: string;
  source: string;
  solution: string;
  /** Fields that somebody typed into; the others follow the pop. */
  typed: string[];
  /** Somebody pressed save, and no answer has come yet. */
  sending: boolean;
  /** The save was one as solved: it is repeated as such, for the key knows its content. */
  solving?: boolean;
  /** The number of the incident, once it is saved. */
  savedAs?: string;
  /** The call went with an incident that was there before: none was opened. */
  joined?: boolean;
  keptAt: number;
}

const PREFIX = 'cti.draft.';
/** A day: longer than any call and its wrap-up. */
const FORGOTTEN_AFTER = 24 * 3_600_000;

/** The longest Idempotency-Key that the server takes. */
const LONGEST_KEY = 64;

/** Of the first save behind a pop: the end of its id is what tells it from others. */
export const firstKey = (pop: string): string => `pop-${pop}`.slice(-LONGEST_KEY);

/** @param key the same in every tab that has the pop open: together they save it once */
export function newDraft(key: string): Draft {
  return {
    key,
    staff: '',
    title: '',
    description: '',
    service: '',
    category: '',
    kind: '',
    level: '',
    source: '',
    solution: '',
    typed: [],
    sending: false,
    keptAt: Date.now(),
  };
}

export function draftOf(call: string): Draft | undefined {
  const kept = localStorage.getItem(PREFIX + call);
  return kept ? (JSON.parse(kept) as Draft) : undefined;
}

export function keepDraft(call: string, draft: Draft): void {
  localStorage.setItem(PREFIX + call, JSON.stringify({ ...draft, keptAt: Date.now() }));
}

/** Follows what is typed and saved in another tab of this browser. Gives back how to stop. */
export function followDraft(call: string, then: (draft: Draft) => void): () => void {
  const stored = (event: StorageEvent): void => {
    if (event.key === PREFIX + call && event.newValue) then(JSON.parse(event.newValue) as Draft);
  };
  window.addEventListener('storage', stored);
  return () => window.removeEventListener('storage', stored);
}

export function dropDraft(call: string): void {
  localStorage.removeItem(PREFIX + call);
}

/** Calls with something that was typed and not saved, such as before a reload. */
export function unsavedCalls(): string[] {
  return draftKeys()
    .map((key) => key.slice(PREFIX.length))
    .filter((call) => {
      const draft = draftOf(call);
      return draft !== undefined && draft.savedAs === undefined && draft.typed.length > 0;
    });
}

export function dropOldDrafts(): void {
  for (const key of draftKeys()) {
    const draft = draftOf(key.slice(PREFIX.length));
    if (!draft || Date.now() - draft.keptAt > FORGOTTEN_AFTER) localStorage.removeItem(key);
  }
}

function draftKeys(): string[] {
  return Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '').filter((key) => key.startsWith(PREFIX));
}
