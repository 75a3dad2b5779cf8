// Consent Mode.

class Consent {
  constructor(region) {
    this.region = (region || '').toUpperCase();
    this.types = {};
    this.waitingUntil = 0;
    this.onUpdate = [];
  }

  setDefault(settings) {
    const specificity = this.specificity(settings.region);
    if (specificity < 0) return;
    each(settings, (type, status) => {
      const entry = this.entry(type);
      if (specificity >= entry.specificity) {
        entry.specificity = specificity;
        entry.byDefault = status;
      }
    });
    const wait = Number(settings.wait_for_update);
    if (wait > 0) this.waitingUntil = Date.now() + wait;
  }

  update(settings) {
    each(settings, (type, status) => { this.entry(type).byUpdate = status; });
    this.waitingUntil = 0;
    this.onUpdate.splice(0).forEach((action) => action());
  }

  entry(type) {
    if (!this.types[type]) this.types[type] = { specificity: 0 };
    return this.types[type];
  }

  /* 0 for everywhere, 1 for our country, 2 for our subdivision, -1 for elsewhere. */
  specificity(given) {
    const regions = textsOf([].concat(given)).map((region) => region.toUpperCase());
    if (!regions.length) return 0;
    if (this.region && regions.includes(this.region)) return this.region.includes('-') ? 2 : 1;
    return regions.includes(this.region.split('-')[0]) && this.region ? 1 : -1;
  }

  status(type) {
    const entry = this.types[type] || {};
    const status = entry.byUpdate === undefined ? entry.byDefault : entry.byUpdate;
    if (status === undefined) return undefined;
    return status === 'granted' ? 'granted' : 'denied';
  }

  /* measured 7: a type nobody set counts as granted */
  isGranted(type) {
    return this.status(type) !== 'denied';
  }

  /* {type: 'granted' | 'denied'} of every type that was set. */
  state() {
    const state = {};
    Object.keys(this.types).forEach((type) => {
      const status = this.status(type);
      if (status !== undefined) state[type] = status;
    });
    return state;
  }

  /* What Google's hits say of consent, '' when nobody set it. */
  gcs() {
    const isSet = (type) => this.status(type) !== undefined;
    if (!isSet('ad_storage') && !isSet('analytics_storage')) return '';
    const bit = (type) => (this.isGranted(type) ? '1' : '0');
    return `G1${bit('ad_storage')}${bit('analytics_storage')}`;
  }

  /* wait_for_update holds Google's own hits back, nothing else (measured 7). */
  whenSettled(action) {
    const wait = this.waitingUntil - Date.now();
    if (wait <= 0) {
      action();
      return;
    }
    const go = once(action);
    this.onUpdate.push(go);
    window.setTimeout(go, wait);
  }
}

function each(settings, visit) {
  Object.keys(settings).forEach((type) => {
    const isType = type !== 'region' && type !== 'wait_for_update';
    if (isType && settings[type] !== undefined) visit(type, settings[type]);
  });
}
