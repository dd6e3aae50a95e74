// What an audit line changed, field by field.
export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

function fields(json: string | undefined): Record<string, unknown> {
  if (!json) return {};
  const read: unknown = JSON.parse(json);
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : { '': read };
}

/** A value as people read it: a list by its parts, facts below as "gz A". */
function text(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(text).join('、');
  if (typeof value === 'object') return Object.entries(value).map(([key, one]) => `${key} ${text(one)}`).join('、');
  return String(value);
}

/** The fields that differ, in the order in which they stand. */
export function changesOf(before: string | undefined, after: string | undefined): FieldChange[] {
  const was = fields(before);
  const is = fields(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((field) => ({ field, before: text(was[field]), after: text(is[field]) }))
    .filter((change) => change.before !== change.after);
}
