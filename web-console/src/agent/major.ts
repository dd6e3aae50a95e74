// Known major incidents, as far as they concern a caller.
import type { components } from '../api/openapi';
import type { PopView } from '../api/views';

export type MajorIncidentView = components['schemas']['MajorIncidentView'];

/** Those in force at the sites of whoever may be calling, of the desk, or everywhere. */
export function concerning(all: MajorIncidentView[], pop: Pick<PopView, 'callers'>, deskSite: string | undefined): MajorIncidentView[] {
  const sites = [...pop.callers.map((person) => person.site), ...(deskSite ? [deskSite] : [])];
  return all.filter((one) => one.now && (one.sites.length === 0 || one.sites.some((site) => sites.includes(site))));
}
