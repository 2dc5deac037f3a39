// Shows /api/openapi.json, and sends requests as a device of the store would.

const $ = (where, within = document) => within.querySelector(where);
const api = await (await fetch('/api/openapi.json')).json();

$('#name').textContent = `${api.info.title}: its API`;
document.body.dataset.name = api.info.title;
$('#place').textContent = `${api.info.version} · requests are really carried out here`;
$('#events').hidden = !api.paths['/api/asyncapi.json'];

/** A schema as what a body looks like: an example to fill in. */
function example(schema, depth = 0) {
  if (!schema || depth > 6) return null;
  if (schema.$ref) return example(api.components.schemas[schema.$ref.split('/').pop()], depth + 1);
  if (schema.oneOf) return example(schema.oneOf[0], depth + 1);
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const filled = {};
      for (const name of schema.required ?? []) filled[name] = example(schema.properties?.[name], depth + 1);
      return filled;
    }
    case 'array': return [];
    case 'integer':
    case 'number': return 0;
    case 'boolean': return false;
    default: return '';
  }
}

const named = schema => schema?.$ref ? api.components.schemas[schema.$ref.split('/').pop()] : schema;

function field({ name, in: place, required, description }) {
  const label = document.createElement('label');
  label.append(`${name}${required ? '' : ' (may be empty)'}${description ? `: ${description}` : ''}`);
  const input = document.createElement('input');
  input.name = name;
  input.dataset.in = place;
  input.required = !!required;
  // An id of this request that is used for no other.
  if (name === 'Idempotency-Key') input.placeholder = 'a new one each time';
  label.append(input);
  return label;
}

const unlike = () => [...crypto.getRandomValues(new Uint8Array(12))].map(it => it.toString(16).padStart(2, '0')).join('');

async function send(method, path, form, out) {
  let at = path;
  const query = new URLSearchParams();
  const headers = {};
  for (const input of form.querySelectorAll('input')) {
    const value = input.value;
    if (input.dataset.in === 'path') at = at.replace(`{${input.name}}`, encodeURIComponent(value));
    else if (input.dataset.in === 'query' && value) query.set(input.name, value);
    else if (input.dataset.in === 'header') headers[input.name] = value || unlike();
  }
  const token = $('#token').value.trim();
  if (token) headers.Authorization = `Bearer ${token}`;
  const body = $('textarea', form);
  const sent = body.closest('label').hidden ? undefined : body.value;
  if (sent !== undefined) headers['Content-Type'] = 'application/json';
  const url = at + (query.size ? `?${query}` : '');
  out.hidden = false;
  out.textContent = '…';
  try {
    const stop = new AbortController();
    const response = await fetch(url, { method, headers, body: sent, signal: stop.signal });
    if ((response.headers.get('Content-Type') ?? '').startsWith('text/event-stream')) {
      await listen(response, stop, out);
      return;
    }
    const text = await response.text();
    let shown = text;
    try {
      shown = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // Not everything is JSON: a receipt, for one.
    }
    out.textContent = `${method} ${url}\n${response.status} ${response.statusText}\n\n${shown}`;
  } catch (failure) {
    out.textContent = `${method} ${url}\n${failure}`;
  }
}

/** The first of what a feed tells: it never ends by itself. */
async function listen(response, stop, out) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  setTimeout(() => stop.abort(), 30_000);
  out.textContent = 'listening for 30 seconds\n\n';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) out.textContent += part.value;
  } catch {
    out.textContent += '\n(ended)';
  }
}

for (const [path, methods] of Object.entries(api.paths)) {
  for (const [verb, operation] of Object.entries(methods)) {
    const method = verb.toUpperCase();
    const shown = $('#operation').content.cloneNode(true).firstElementChild;
    $('b', shown).textContent = method;
    $('code', shown).textContent = path;
    $('summary span', shown).textContent = operation.summary;
    shown.dataset.text = `${method} ${path} ${operation.summary}`.toLowerCase();
    $('.who', shown).textContent = operation.security?.length === 0 ? 'For anybody.' : operation.description ?? 'For all who are let in.';
    const form = $('form', shown);
    for (const parameter of operation.parameters ?? []) $('.fields', form).append(field(parameter));
    const body = operation.requestBody?.content?.['application/json']?.schema;
    if (body) {
      $('textarea', form).closest('label').hidden = false;
      $('textarea', form).value = JSON.stringify(example(body), null, 2);
    }
    const answers = operation.responses?.['2XX']?.content?.['application/json']?.schema;
    if (answers) $('.schema pre', shown).textContent = JSON.stringify(named(answers), null, 2);
    else $('.schema', shown).remove();
    form.addEventListener('submit', event => {
      event.preventDefault();
      send(method, path, form, $('.answer', shown));
    });
    $('#operations').append(shown);
  }
}

$('#find').addEventListener('input', event => {
  const words = event.target.value.toLowerCase().split(/\s+/);
  for (const one of document.querySelectorAll('#operations > details')) one.hidden = !words.every(it => one.dataset.text.includes(it));
});
