import { describe, expect, it } from 'vitest';
import type { PersonView } from '../api/views';
import { emptyPerson, factsOf, faultOf, formOf, listed } from './person';

const person = {
  staff: 'E0001',
  name: '员工0001',
  department: '公司本部>信息中心',
  site: 'hq',
  siteName: '公司本部',
  office: '2号楼101室',
  numbers: [
    { given: '88881001', kind: 'office-line', extension: '1001' },
    { given: '1002', kind: 'office-line' },
    { given: '13900000001', kind: 'mobile' },
  ],
  email: 'e0001@example.com',
  status: 'active',
  vip: true,
  remark: '',
} as PersonView;

describe('a person of the directory', () => {
  it('goes through the form unchanged', () => {
    expect(factsOf(formOf(person))).toEqual({
      name: '员工0001',
      department: '公司本部>信息中心',
      site: 'hq',
      address: '2号楼101室',
      office: ['88881001', '1002'],
      mobile: ['13900000001'],
      email: 'e0001@example.com',
      status: 'active',
      vip: true,
      remark: '',
    });
    expect(faultOf(formOf(person))).toBeUndefined();
  });

  it('has its numbers a line each, or parted by semicolons', () => {
    expect(listed(' 1001\n\n0757-8888 1002；1003 ;')).toEqual(['1001', '0757-8888 1002', '1003']);
  });

  it('is not saved without number, name and site, nor with what is no number', () => {
    expect(faultOf(emptyPerson('hq'))).toEqual(['staff.idNeeded', '']);
    expect(faultOf({ ...formOf(person), name: ' ' })).toEqual(['staff.nameNeeded', '']);
    expect(faultOf({ ...formOf(person), site: '' })).toEqual(['staff.siteNeeded', '']);
    expect(faultOf({ ...formOf(person), mobile: '139x' })).toEqual(['staff.badNumber', '139x']);
    expect(faultOf({ ...formOf(person), email: 'e0001' })).toEqual(['staff.badEmail', 'e0001']);
  });
});
