export default {
  'board.title': 'Speisekarte',
  'board.pickup': 'Bestellnummern',
  'board.making': 'In Zubereitung',
  'board.ready': 'Bereit: bitte abholen',
  'board.out': 'Ausverkauft',
  'board.offers': 'Angebote',
  'board.deal': '{sections}, zusammen',
  'board.without': 'heute ohne {parts}',
  'board.allergens': 'Allergene: Fragen Sie uns gern, oder sehen Sie am Kiosk nach. Preise inkl. MwSt.',
  'board.closed': 'Bis bald',
  'board.closed-how': 'Zu dieser Zeit steht nichts auf der Karte.',
  'board.regular': 'statt {price}',
};
