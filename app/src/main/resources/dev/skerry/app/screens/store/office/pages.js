// The pages of the office, in the order of the navigation.
//
// A page ID lies in page-ID.js, which is loaded when somebody goes there (#ID, or #ID/rest), and defines <sk-office-ID>, a `Page`. Its
// words lie in words/en-ID.js and words/de-ID.js; only its name in the navigation is in words/en.js: office.page.ID.

/** @type {{id: string, section: string, icon: string, role: string, topics: string[], load: () => Promise}[]} */
export const pages = [
  { id: 'overview', section: 'day', icon: 'home', role: 'CASHIER', topics: ['business-day', 'shifts', 'payments', 'reports', 'sign-ons', 'devices', 'printers', 'printing'], load: () => import('./page-overview.js') },
  { id: 'cash', section: 'day', icon: 'drawer', role: 'CASHIER', topics: ['business-day', 'shifts', 'payments', 'exceptions'], load: () => import('./page-cash.js') },
  { id: 'journal', section: 'day', icon: 'receipt', role: 'CASHIER', topics: ['orders'], load: () => import('./page-journal.js') },
  { id: 'exceptions', section: 'day', icon: 'flag', role: 'MANAGER', topics: ['exceptions', 'payments', 'stock'], load: () => import('./page-exceptions.js') },
  { id: 'reports', section: 'day', icon: 'chart', role: 'CASHIER', topics: ['reports'], load: () => import('./page-reports.js') },
  { id: 'stock', section: 'goods', icon: 'box', role: 'STOCK', topics: ['stock', 'availability', 'articles', 'prices'], load: () => import('./page-stock.js') },
  { id: 'campaigns', section: 'goods', icon: 'discount', role: 'STOCK', topics: ['campaigns', 'prices', 'articles'], load: () => import('./page-campaigns.js') },
  { id: 'labels', section: 'goods', icon: 'tag', role: 'STOCK', topics: ['labels', 'prices', 'campaigns', 'articles'], load: () => import('./page-labels.js') },
  { id: 'prices', section: 'goods', icon: 'search', role: 'STOCK', topics: ['prices', 'campaigns', 'articles'], load: () => import('./page-prices.js') },
  { id: 'people', section: 'store', icon: 'people', role: 'MANAGER', topics: ['people', 'sign-ons', 'devices', 'approvals'], load: () => import('./page-people.js') },
  { id: 'line', section: 'store', icon: 'cloud', role: 'CASHIER', topics: ['line'], load: () => import('./page-line.js') },
  { id: 'devices', section: 'store', icon: 'device', role: 'MANAGER', topics: ['devices', 'sign-ons'], load: () => import('./page-devices.js') },
];

/** In the order of the navigation; the heading is office.section.ID. */
export const sections = ['day', 'goods', 'store'];
