/** Finds a company by what it is called, however it is written. The index is made when it is first asked. */
import { companyKey } from '../../../shared/query/quick-deal.ts';
import type { Workspace } from '../../data/workspace.ts';

export type CompanyFinder = (foldedName: string) => { readonly id: string; readonly name: string } | undefined;

export function createCompanyFinder(workspace: Workspace): CompanyFinder {
  let index: Map<string, { id: string; name: string }> | undefined;
  let count = -1;
  return (foldedName) => {
    const companies = workspace.collection('company');
    if (index === undefined || companies.count() !== count) {
      count = companies.count();
      index = new Map();
      for (const { id, name } of companies.each()) {
        const key = companyKey(name);
        if (!index.has(key)) index.set(key, { id, name });
      }
    }
    return index.get(foldedName);
  };
}
