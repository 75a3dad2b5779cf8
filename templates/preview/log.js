/* The data layer, event by event: which triggers matched, why others did not, what tags did. */
import { h, laidOutWhole, shown } from './dom.js';

export class Log {
  constructor({ list, search, found }, record, texts, clock) {
    Object.assign(this, { list, search, found, record, texts, clock });
    this.rows = new Map();
    search.addEventListener('input', () => this.filter());
    search.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !search.value) return;
      event.preventDefault();
      search.value = '';
      this.filter();
    });
  }

  rebuild() {
    this.rows.clear();
    this.list.replaceChildren();
    this.lastPage = null;
    this.update();
  }

  update() {
    this.rows.forEach((row, key) => { if (!this.record.events.has(key)) this.remove(row, key); });
    this.record.events.forEach((event, key) => {
      const row = this.rows.get(key);
      if (!row) this.add(event);
      else if (row.event !== event) this.renew(row, event);
    });
    this.filter();
  }

  add(event) {
    if (event.page !== this.lastPage) {
      this.lastPage = event.page;
      const page = this.record.pageOf(event.page);
      this.list.append(h('li', { class: 'page' }, h('span', {}, page.address || '\u2026')));
    }
    const count = h('span', { class: 'count' });
    const body = h('div', { class: 'body' });
    const row = { event, count, body };
    row.details = h('details', { toggle: () => this.fill(row) },
      h('summary', {}, h('time', {}, this.clock(event.at)),
        h('span', { class: 'what' }, h('code', {}, event.name)), count),
      body);
    row.item = h('li', { class: 'event' }, row.details);
    this.rows.set(event.key, row);
    this.list.append(row.item);
    this.renew(row, event);
  }

  remove(row, key) {
    const above = row.item.previousElementSibling;
    const below = row.item.nextElementSibling;
    row.item.remove();
    this.rows.delete(key);
    const isPage = (item) => !item || item.classList.contains('page');
    if (below && isPage(below) && isPage(above)) above.remove(); // its last event is gone
  }

  renew(row, event) {
    const t = this.texts();
    const tags = (event.tags || []).filter((tag) => tag.status === 'fired' || tag.status === 'would fire');
    const names = this.record.firedBy(event).map((conversion) => conversion.name);
    row.event = event;
    row.filled = false;
    row.count.textContent = names.length ? `\u2713 ${names.join(', ')}` : tags.length ? t.tagCount(tags.length) : '';
    row.item.classList.toggle('fired', names.length > 0);
    this.fill(row);
  }

  filter() {
    const t = this.texts();
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    this.rows.forEach((row) => {
      const fits = words.every((word) => row.event.text.includes(word));
      row.item.hidden = !fits;
      count += fits;
    });
    let page = null;
    [...this.list.children].forEach((item) => {
      if (item.classList.contains('page')) {
        page = item;
        page.hidden = words.length > 0;
      } else if (!item.hidden && page) page.hidden = false;
    });
    const { size } = this.rows;
    this.found.textContent = words.length ? t.found(count, size) : size ? '' : t.noEvents;
  }

  fill(row) {
    if (!row.details.open || row.filled) return;
    const t = this.texts();
    const { event } = row;
    const triggers = event.triggers || [];
    const names = new Map(triggers.map((trigger) => [trigger.id, trigger.name]));
    const matched = triggers.filter((trigger) => trigger.matched);
    const failed = triggers.filter((trigger) => !trigger.matched);
    const elsewhere = failed.filter((trigger) => isOfOtherEvent(trigger.failed));
    const near = failed.filter((trigger) => !isOfOtherEvent(trigger.failed));
    row.filled = true;
    row.body.replaceChildren(...[
      section(t.tags, (event.tags || []).map((tag) => this.tag(tag, names)), t.noTags),
      matched.length ? section(t.matched, matched.map((trigger) => h('li', {}, h('code', {}, trigger.name)))) : null,
      near.length ? section(t.notMatched, near.map((trigger) => h('li', {},
        h('code', {}, trigger.name), h('span', { class: 'why' }, ` ${this.why(trigger.failed)}`)))) : null,
      elsewhere.length ? h('details', { class: 'elsewhere' },
        h('summary', {}, t.others(elsewhere.length)),
        h('ul', {}, elsewhere.map((trigger) => h('li', {}, h('code', {}, trigger.name),
          h('span', { class: 'why' }, ` ${this.why(trigger.failed)}`))))) : null,
      h('div', {}, h('h3', {}, t.message), h('pre', { tabindex: '0' }, laidOutWhole(event.message))),
    ].filter(Boolean));
  }

  tag(tag, names) {
    const t = this.texts();
    const more = [
      tag.missing && tag.missing.length ? t.missing(tag.missing.join(', ')) : null,
      tag.status === 'blocked' ? t.blockedBy((tag.by || []).map((id) => names.get(id) || id).join(', ')) : null,
    ].filter(Boolean).join('; ');
    return h('li', { class: `tag ${tag.status.replace(' ', '-')}` }, h('code', {}, tag.name), ' ',
      h('span', { class: 'status' }, t.statuses[tag.status] || tag.status), more ? ` \u2013 ${more}` : null,
      tag.parameters ? h('pre', { tabindex: '0' }, laidOutWhole(tag.parameters)) : null);
  }

  /* Why a trigger did not match, in words. */
  why(failed) {
    const t = this.texts();
    if (!failed) return '';
    if (!failed.operator) {
      return t.is(t.event, shown(failed.event), t.operators.EQUALS, shown(failed.wanted));
    }
    const operator = [failed.negate ? t.not : '',
      t.operators[failed.operator] || String(failed.operator).toLowerCase(),
      failed.ignoreCase ? t.ignoringCase : ''].filter(Boolean).join(' ');
    return t.is(plain(failed.variable), shown(failed.actual), operator, shown(failed.wanted));
  }
}

/* {{_event}} is what GTM calls the event in its files, and {{Event}} on its screens. */
const plain = (variable) => String(variable).replace(/^\{\{(.*)\}\}$/, '$1').replace(/^_event$/, 'Event');

/* Whether a trigger waits for quite another event; one that differs in its spelling is of interest. */
function isOfOtherEvent(failed) {
  if (!failed) return false;
  if (failed.operator && plain(failed.variable) !== 'Event') return false;
  const bare = (name) => String(name).toLowerCase().replace(/[^a-z0-9]/g, '');
  return bare(failed.operator ? failed.actual : failed.event) !== bare(failed.wanted);
}

function section(title, items, none) {
  return h('div', {}, h('h3', {}, title), items.length ? h('ul', {}, items) : h('p', { class: 'note' }, none));
}
