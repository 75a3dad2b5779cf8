/* The conversions by role, each lighting up as it fires. */
import { h, table } from './dom.js';
import { hasRun } from './record.js';

const ROLES = ['goal', 'funnel', 'secondary', 'anti'];

export class Conversions {
  constructor(root, record, texts, clock) {
    Object.assign(this, { root, record, texts, clock });
    this.rows = new Map();
  }

  /* All rows anew: the plan or the language has changed. What was open stays so. */
  rebuild() {
    const t = this.texts();
    const open = new Set([...this.rows].filter(([, row]) => row.details.open).map(([id]) => id));
    this.rows.clear();
    const groups = ROLES.map((role) => {
      const all = this.record.plan.conversions.filter((conversion) => conversion.role === role);
      if (role === 'funnel') all.sort((a, b) => (a.step ?? 99) - (b.step ?? 99));
      return all.length ? h('section', { class: `role ${role}`, 'aria-labelledby': `role-${role}` },
        h('h3', { id: `role-${role}` }, t[role]),
        h('ul', {}, all.map((conversion) => this.row(conversion)))) : null;
    });
    this.root.replaceChildren(...groups.filter(Boolean));
    open.forEach((id) => { if (this.rows.has(id)) this.rows.get(id).details.open = true; });
    this.update();
  }

  row(conversion) {
    const mark = h('span', { class: 'mark', 'aria-hidden': 'true' });
    const state = h('span', { class: 'state' });
    const places = h('span', { class: 'places' });
    const body = h('div', { class: 'body' });
    const details = h('details', { toggle: () => this.fill(conversion) },
      h('summary', {}, mark,
        h('span', { class: 'what name' }, conversion.name),
        places, state),
      body);
    this.rows.set(conversion.id, { details, mark, state, places, body });
    return h('li', { class: 'conversion' }, details);
  }

  update() {
    this.record.plan.conversions.forEach((conversion) => this.updateRow(conversion));
  }

  updateRow(conversion) {
    const t = this.texts();
    const row = this.rows.get(conversion.id);
    if (!row) return;
    const firings = this.record.firings(conversion);
    const held = firings.length ? null : this.record.heldBack(conversion);
    const item = row.details.parentElement;
    item.classList.toggle('fired', firings.length > 0);
    item.classList.toggle('held', Boolean(held) || (conversion.paused && !firings.length));
    row.mark.textContent = firings.length ? '\u2713' : held ? '!' : '\u25cb';
    const last = firings[firings.length - 1];
    if (last) row.state.textContent = `${t.fired(firings.length)} \u00b7 ${this.clock(last.event.at)}`;
    else if (held) row.state.textContent = this.whyHeld(held);
    else row.state.textContent = conversion.paused ? t.paused : t.notYet;
    row.places.replaceChildren(...this.places(conversion, last));
    if (row.details.open) this.fill(conversion);
  }

  /* GA4 and Meta, each with what became of it. */
  places(conversion, firing) {
    const t = this.texts();
    return [['GA4', 'ga4'], ['Meta', 'meta']].filter(([, kind]) => conversion[kind] !== null)
      .map(([name, kind]) => {
        if (!firing) return h('span', { class: 'place' }, name);
        const isSent = firing.hits.some((hit) => hit.kind === kind);
        const waits = !isSent && firing.tags.some((tag) => hasRun(tag)
          && conversion.tags[tag.name] === name);
        const word = isSent ? t.sent : waits && kind === 'meta' ? t.waiting : t.notSent;
        return h('span', { class: `place ${isSent ? 'sent' : 'unsent'}`, title: word },
          `${name} `, h('span', { 'aria-hidden': 'true' }, isSent ? '\u2713' : '\u2026'),
          h('span', { class: 'hidden' }, word));
      });
  }

  fill(conversion) {
    const t = this.texts();
    const row = this.rows.get(conversion.id);
    if (!row || !row.details.open) return;
    const firings = this.record.firings(conversion);
    const signature = JSON.stringify([t.goal, this.record.heldBack(conversion),
      firings.map((firing) => [firing.event.key, firing.hits.length, firing.tags])]);
    if (row.signature === signature) return;
    row.signature = signature;
    const facts = [
      conversion.ga4 !== null ? ['GA4', conversion.ga4 || '\u2026'] : null,
      conversion.meta !== null ? ['Meta', conversion.meta || '\u2026'] : null,
    ].filter(Boolean);
    row.body.replaceChildren(...[
      conversion.description ? h('p', {}, conversion.description) : null,
      firings.length ? null : h('p', { class: 'note' }, h('code', {}, conversion.id),
        ` \u00b7 ${t.expects} `, facts.map(([place, event], index) => [
          index ? ', ' : '', `${place} `, h('code', {}, event)]).flat()),
      conversion.needs && !firings.length
        ? h('p', { class: 'note' }, `${t.needs} ${conversion.needs}`) : null,
      ...(firings.length ? firings.slice().reverse().map((firing) => this.firing(conversion, firing))
        : [this.whyNot(conversion)]),
    ].filter(Boolean));
  }

  /* A tag that ran without a conversion having fired is Meta's, and what it says is kept. */
  whyHeld(tag) {
    const t = this.texts();
    return hasRun(tag) ? t.waiting : t.heldBack(t.statuses[tag.status] || tag.status);
  }

  whyNot(conversion) {
    const t = this.texts();
    const held = this.record.heldBack(conversion);
    if (!held) return h('p', { class: 'note' }, t.noneFired);
    const missing = held.missing && held.missing.length ? ` (${held.missing.join(', ')})` : '';
    return h('p', { class: 'note unsent' }, h('code', {}, held.name),
      ` ${hasRun(held) ? t.waitingWhy : this.whyHeld(held)}${missing}`);
  }

  firing(conversion, { event, tags, hits }) {
    const t = this.texts();
    const names = new Map((event.triggers || []).map((trigger) => [trigger.id, trigger.name]));
    const by = new Set(tags.filter(hasRun).flatMap((tag) => tag.by || [])
      .map((id) => names.get(id) || id));
    const page = this.record.pageOf(event.page);
    return h('article', { class: 'firing' },
      h('h4', {}, this.clock(event.at), h('span', { class: 'note' }, ` ${page.address}`)),
      h('p', { class: 'note' }, `${t.by}: `, h('code', {}, [...by].join(', ')),
        ` \u00b7 ${t.event}: `, h('code', {}, event.name)),
      hits.filter((hit) => hit.kind === 'ga4').map((hit) => this.ga4(hit)),
      hits.filter((hit) => hit.kind === 'meta').map((hit) => this.meta(hit)),
      this.unsent(conversion, tags, hits));
  }

  unsent(conversion, tags, hits) {
    const t = this.texts();
    return tags.filter((tag) => !hits.some((hit) => hit.kind === conversion.tags[tag.name].toLowerCase()))
      .map((tag) => h('p', { class: 'note unsent' }, h('strong', {}, conversion.tags[tag.name]), ': ',
        hasRun(tag) ? (conversion.tags[tag.name] === 'Meta' ? t.waitingWhy : t.noHit)
          : `${t.statuses[tag.status] || tag.status} ${(tag.missing || []).join(', ')}`));
  }

  ga4(hit) {
    const t = this.texts();
    return h('div', { class: 'hit' },
      h('h5', {}, 'GA4 ', h('code', {}, hit.event), h('span', { class: 'note' }, ` ${t.to} ${hit.measurementId}`)),
      table(hit.parameters),
      hit.items && hit.items.length ? h('div', {}, h('h6', {}, t.items),
        hit.items.map((item) => h('div', { class: 'item' }, table(item)))) : null,
      hit.userProperties && Object.keys(hit.userProperties).length
        ? h('div', {}, h('h6', {}, t.userProperties), table(hit.userProperties)) : null);
  }

  meta(hit) {
    const t = this.texts();
    return h('div', { class: 'hit' },
      h('h5', {}, 'Meta ', h('code', {}, hit.event), h('span', { class: 'note' }, ` ${t.to} ${hit.pixel}`)),
      table({ ...hit.cd, ...(hit.eid ? { [t.eventId]: hit.eid } : {}) }));
  }
}
