/* Elements by a short call: h('p', {class: 'note'}, 'text', otherElement). Text is always text. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => {
    if (value === undefined || value === null || value === false) return;
    if (typeof value === 'function') element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? '' : value);
  });
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/* A value with its type to be seen: a text in quotes, a number without. */
export function shown(value) {
  return typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value) ?? 'undefined';
}

/* Names and values, one row each; lists and objects laid out. */
export function table(values) {
  const rows = Object.entries(values || {});
  return h('table', {}, h('tbody', {}, rows.map(([name, value]) => h('tr', {},
    h('th', { scope: 'row' }, name),
    h('td', {}, h('code', {}, laidOut(value)))))));
}

const ROOM = 60;
const LONGEST = 100000;

/* A whole message, laid out; a browser takes seconds to show one of megabytes. */
export function laidOutWhole(value) {
  const text = JSON.stringify(value, null, 2) ?? '';
  const rest = text.length - LONGEST;
  return rest > 0 ? `${text.slice(0, LONGEST)}\n\u2026 +${rest}` : text;
}

function laidOut(value) {
  const line = shown(value);
  return typeof value === 'object' && line.length > ROOM ? JSON.stringify(value, null, 1) : line;
}
