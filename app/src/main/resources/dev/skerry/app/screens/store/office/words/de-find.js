export default {
  'find.label': 'Artikel',
  'find.hint': 'Artikel scannen oder tippen',
  'find.results': 'Gefundene Artikel',
  'find.nothing': 'Kein Artikel heißt so. Eine Nummer wird mit Enter gesucht.',
  'find.unknown': 'Kein Artikel hat den Code {code}.',
  'find.unreadable': 'Dieser Code wurde nicht richtig gelesen: {why}. Noch einmal scannen.',
};
