export default {
  'display.welcome': 'Welcome',
  'display.basket': 'Your basket',
  'display.total': 'Total',
  'display.left': 'Left to pay',
  'display.of': 'of {total}',
  'display.thanks': 'Thank you',
  'display.change': 'Your change',
  'display.back': 'Back to you',
  'display.number': 'Your number is {number}',
  'display.points': '{count} point earned | {count} points earned',
};
