// Requests to the server. A refusal is thrown as a Problem (RFC 9457).

/** Why the server, or the way to it, refused. `type` is stable; texts for people are in words/. */
export interface Fault {
  text: string;
  /** A field; empty where it is about the whole. */
  place: string;
  code: string;
  values: string[];
}

export class Problem extends Error {
  constructor(
    readonly type: string,
    readonly status: number,
    readonly detail = '',
    readonly expected: string[] = [],
    /** Seconds; 0 where the server named none. */
    readonly retryAfter = 0,
    /** What is wrong with something that was handed in, each by its code. */
    readonly said: Fault[] = [],
  ) {
    super(`${type} (${status}) ${detail}`);
    this.name = 'Problem';
  }

  /** Nothing was refused: the same request may go through later. */
  get passing(): boolean {
    return this.status === 0 || this.type === 'too-many-requests' || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** Where no answer came: the network, or the server, is away. */
export const NO_NETWORK = 'network';

const LONGEST_WAIT = 20_000;

let csrf = '';

/** The token that changes by cookie need; empty when nobody is signed in. */
export function useCsrfToken(token: string): void {
  csrf = token;
}

export type Query = Record<string, string | number | boolean | undefined>;

function withQuery(path: string, query: Query): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') words.set(name, String(value));
  }
  const text = words.toString();
  // What looks into the server stands beside the API.
  const root = path.startsWith('/debug/') ? '' : '/api/v1';
  return `${root}${path}${text ? `?${text}` : ''}`;
}

/** The address of something that the browser fetches by itself: a download, a sound. */
export function addressOf(path: string, query: Query = {}): string {
  return withQuery(path, query);
}

async function send<T>(method: string, path: string, query: Query, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const options: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: { Accept: 'application/json', ...headers },
    signal: AbortSignal.timeout(LONGEST_WAIT),
  };
  const own = options.headers as Record<string, string>;
  if (body instanceof Blob) {
    options.body = body;
  } else if (body !== undefined) {
    own['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  if (method !== 'GET' && csrf) own['X-CSRF-Token'] = csrf;
  let answer: Response;
  try {
    answer = await fetch(withQuery(path, query), options);
  } catch {
    throw new Problem(NO_NETWORK, 0);
  }
  if (answer.status === 204) return undefined as T;
  const isJson = (answer.headers.get('Content-Type') ?? '').includes('json');
  const content: unknown = isJson ? await answer.json() : undefined;
  if (!answer.ok) {
    const told = (content ?? {}) as { type?: string; detail?: string; expected?: string[]; said?: Fault[] };
    const type = (told.type ?? 'internal').split('/').pop() ?? 'internal';
    throw new Problem(type, answer.status, told.detail ?? '', told.expected ?? [], Number(answer.headers.get('Retry-After') ?? 0), told.said);
  }
  return content as T;
}

export const get = <T>(path: string, query: Query = {}): Promise<T> => send<T>('GET', path, query);
export const post = <T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<T> => send<T>('POST', path, {}, body, headers);
/** Hands a file in, as it is. */
export const upload = <T>(path: string, query: Query, file: Blob, type: string): Promise<T> => send<T>('POST', path, query, file, { 'Content-Type': type });
export const put = <T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T> => send<T>('PUT', path, {}, body, headers);
export const patch = <T>(path: string, body: unknown): Promise<T> => send<T>('PATCH', path, {}, body);
export const remove = <T>(path: string): Promise<T> => send<T>('DELETE', path, {});

/** A key that nobody else has; crypto.randomUUID is missing on pages without HTTPS. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the server says of itself, ready or not. */
export async function readiness<T>(): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch('/health/ready', { signal: AbortSignal.timeout(LONGEST_WAIT) });
  } catch {
    throw new Problem(NO_NETWORK, 0);
  }
  return (await answer.json()) as T;
}
