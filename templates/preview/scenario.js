/* What the visitor did and what came of it, in the scenario language. */

import { BACK } from './record.js';

const PLAIN = /^[A-Za-z_][\w.-]*$/;
const RESERVED = /^(true|false|yes|no|on|off|null|y|n)$/i;
const ROOM = 80;

/* What is not plain is quoted as in JSON, which YAML reads too. */
const key = (text) => (PLAIN.test(text) && !RESERVED.test(text) ? text : JSON.stringify(text));

function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'string') return key(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const pairs = Object.entries(value).filter(([, held]) => held !== undefined);
  return `{${pairs.map(([name, held]) => `${key(name)}: ${flow(held)}`).join(', ')}}`;
}

/* `name: value` lines; what is too long for a line becomes a block. */
function lines(name, value, indent) {
  const isNested = value !== null && typeof value === 'object' && Object.keys(value).length > 0;
  const whole = `${indent}${name}: ${flow(value)}`;
  if (!isNested || whole.length <= ROOM) return [whole];
  return [`${indent}${name}:`, ...block(value, `${indent}  `)];
}

function block(value, indent) {
  if (!Array.isArray(value)) {
    return Object.entries(value).filter(([, held]) => held !== undefined)
      .flatMap(([name, held]) => lines(key(name), held, indent));
  }
  return value.flatMap((item) => {
    const isNested = item !== null && typeof item === 'object' && Object.keys(item).length > 0;
    const whole = `${indent}- ${flow(item)}`;
    if (!isNested || whole.length <= ROOM) return [whole];
    const inner = block(item, `${indent}  `);
    return [`${indent}- ${inner[0].trimStart()}`, ...inner.slice(1)];
  });
}

/* null when no page has been opened since the record was cleared. */
export function scenario(record, { shop, name }) {
  if (!record.start) return null;
  const opened = (address) => shop.opens + (shop.isFile ? decodeURI(address) : address).slice(1);
  const steps = tidied(record.steps).map((step) => (step.navigate && step.navigate !== BACK
    ? { navigate: opened(step.navigate) } : step));
  const fired = record.plan.conversions
    .map((conversion) => ({ conversion, firings: record.firings(conversion) }))
    .filter(({ firings }) => firings.length);
  const fires = fired.map(({ conversion, firings }) => (firings.length > 1
    ? { [conversion.id]: firings.length } : conversion.id));
  const hits = fired.flatMap(({ firings }) => firings.flatMap((firing) => firing.hits));
  const ga4 = hits.filter((hit) => hit.kind === 'ga4').map((hit) => filled({
    event: hit.event, parameters: { ...hit.parameters, ...(hit.items && hit.items.length ? { items: hit.items } : {}) },
  }));
  const meta = hits.filter((hit) => hit.kind === 'meta')
    .map((hit) => filled({ event: hit.event, properties: hit.cd }));
  const expect = { fires };
  if (ga4.length) expect.google_analytics = ga4;
  if (meta.length) expect.meta_pixel = meta;
  const whole = {
    name,
    open: opened(record.start.address),
    consent: asWritten(record.start.consent),
    ...(steps.length ? { steps } : {}),
    expect,
  };
  return `${block([whole], '  ').join('\n')}\n`;
}

function filled(hit) {
  return Object.fromEntries(Object.entries(hit)
    .filter(([, held]) => typeof held !== 'object' || Object.keys(held || {}).length));
}

/* The visitor's choice before the page opened; `none` is the page's own. */
export function asWritten(choice) {
  if (!choice) return 'none';
  const states = new Set(Object.values(choice));
  return states.size === 1 ? [...states][0] : choice;
}

/* A field that was filled twice is filled once, with the last text. */
function tidied(steps) {
  return steps.filter((step, index) => {
    const next = steps[index + 1];
    return !(step.fill && next && next.fill
      && Object.keys(step.fill)[0] === Object.keys(next.fill)[0]);
  });
}
