export default {
  'find.label': 'Article',
  'find.hint': 'Scan or type an article',
  'find.results': 'Articles found',
  'find.nothing': 'No article has such a name. A number is looked up with Enter.',
  'find.unknown': 'No article has the code {code}.',
  'find.unreadable': 'This code was not read properly: {why}. Scan it again.',
};
