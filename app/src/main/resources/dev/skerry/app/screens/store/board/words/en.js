export default {
  'board.title': 'Menu',
  'board.pickup': 'Order numbers',
  'board.making': 'In preparation',
  'board.ready': 'Ready: please collect',
  'board.out': 'Sold out',
  'board.offers': 'Offers',
  'board.deal': '{sections}, together',
  'board.without': 'today without {parts}',
  'board.allergens': 'Allergens: please ask us, or look at the kiosk. Prices include VAT.',
  'board.closed': 'See you soon',
  'board.closed-how': 'There is nothing on the menu at this hour.',
  'board.regular': 'instead of {price}',
};
