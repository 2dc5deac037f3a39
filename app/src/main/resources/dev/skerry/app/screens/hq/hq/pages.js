// All pages of the console, in the order in which they stand in its list. A page is a folder beside this one: PAGE/page.js defines
// <hq-PAGE>, PAGE/words/ has its words; it is loaded when somebody opens it.

/**
 * - `id`: of the folder, the element, and the address: `#stores`
 * - `group`: under which heading it stands
 * - `roles`: of which a person needs one to see it; none: everybody
 */
export const pages = [
  { id: 'overview', group: 'chain', icon: 'home', roles: [] },
  { id: 'stores', group: 'chain', icon: 'store', roles: [] },
  { id: 'sales', group: 'trade', icon: 'chart', roles: ['ADMIN', 'ANALYST', 'MERCHANT', 'ACCOUNTANT'] },
  { id: 'articles', group: 'trade', icon: 'tag', roles: ['ADMIN', 'MERCHANT', 'ANALYST'] },
  { id: 'prices', group: 'trade', icon: 'discount', roles: ['ADMIN', 'MERCHANT', 'ANALYST'] },
  { id: 'stock', group: 'trade', icon: 'box', roles: [] },
  { id: 'reconciliation', group: 'money', icon: 'scale', roles: ['ADMIN', 'ACCOUNTANT'] },
  { id: 'people', group: 'house', icon: 'people', roles: ['ADMIN'] },
];

export const groups = ['chain', 'trade', 'money', 'house'];
