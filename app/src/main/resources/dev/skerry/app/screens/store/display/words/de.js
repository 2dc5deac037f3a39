export default {
  'display.welcome': 'Willkommen',
  'display.basket': 'Ihr Einkauf',
  'display.total': 'Summe',
  'display.left': 'Noch zu zahlen',
  'display.of': 'von {total}',
  'display.thanks': 'Vielen Dank',
  'display.change': 'Ihr Rückgeld',
  'display.back': 'Zurück an Sie',
  'display.number': 'Ihre Nummer ist {number}',
  'display.points': '{count} Punkt gesammelt | {count} Punkte gesammelt',
};
