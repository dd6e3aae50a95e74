// A person of the directory as the form edits it, and what the server is told of it.
import type { PersonView } from '../api/views';

export interface PersonForm {
  id: string;
  name: string;
  department: string;
  site: string;
  address: string;
  /** One number a line, as people write them. */
  office: string;
  mobile: string;
  email: string;
  status: 'active' | 'retired' | 'external';
  vip: boolean;
  remark: string;
}

export const emptyPerson = (site: string): PersonForm => ({
  id: '',
  name: '',
  department: '',
  site,
  address: '',
  office: '',
  mobile: '',
  email: '',
  status: 'active',
  vip: false,
  remark: '',
});

const numbers = (person: PersonView, kind: 'office-line' | 'mobile'): string =>
  person.numbers
    .filter((number) => number.kind === kind)
    .map((number) => number.given)
    .join('\n');

export const formOf = (person: PersonView): PersonForm => ({
  id: person.staff,
  name: person.name,
  department: person.department,
  site: person.site,
  address: person.office,
  office: numbers(person, 'office-line'),
  mobile: numbers(person, 'mobile'),
  email: person.email,
  status: person.status,
  vip: person.vip,
  remark: person.remark,
});

/** One number a line; blank lines and semicolons part them too. */
export const listed = (text: string): string[] =>
  text
    .split(/[\n;；]/)
    .map((number) => number.trim())
    .filter(Boolean);

/** What the server is told; the id of somebody new goes with it, of somebody known the version. */
export function factsOf(form: PersonForm): Record<string, unknown> {
  return {
    name: form.name.trim(),
    department: form.department.trim(),
    site: form.site,
    address: form.address.trim(),
    office: listed(form.office),
    mobile: listed(form.mobile),
    email: form.email.trim(),
    status: form.status,
    vip: form.vip,
    remark: form.remark.trim(),
  };
}

/** The word for what is missing or wrong, with the value that it is about; the server looks again. */
export function faultOf(form: PersonForm): [string, string] | undefined {
  if (!form.id.trim()) return ['staff.idNeeded', ''];
  if (!form.name.trim()) return ['staff.nameNeeded', ''];
  if (!form.site) return ['staff.siteNeeded', ''];
  const odd = [...listed(form.office), ...listed(form.mobile)].find((number) => !/^[+\d][\d\s()*#-]{1,30}$/.test(number));
  if (odd) return ['staff.badNumber', odd];
  if (form.email.trim() && !/^\S+@\S+$/.test(form.email.trim())) return ['staff.badEmail', form.email.trim()];
  return undefined;
}
