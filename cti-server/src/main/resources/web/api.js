// Requests to the server. A refusal is thrown as a problem: {type, detail, status}.
let csrf = '';

export function useSession(session) { csrf = session ? session.csrfToken : ''; }

export async function request(method, path, body, headers = {}) {
  const options = { method, headers: { ...headers }, credentials: 'same-origin' };
  if (body !== undefined) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  if (method !== 'GET' && csrf) options.headers['X-CSRF-Token'] = csrf;
  let answer;
  try {
    answer = await fetch('/api/v1' + path, options);
  } catch {
    throw { type: 'network', status: 0, detail: '' };
  }
  if (answer.status === 204) return null;
  const isJson = (answer.headers.get('Content-Type') ?? '').includes('json');
  const content = isJson ? await answer.json() : null;
  if (!answer.ok) throw { type: 'internal', detail: '', ...content, status: answer.status, retryAfter: Number(answer.headers.get('Retry-After') ?? 0) };
  return content;
}

/** A key nobody else has; randomUUID is missing on pages without HTTPS. */
export function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');
}
