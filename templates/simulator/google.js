// Google's destinations.

/* Google's destinations: what a hit would contain, recorded when it would leave. */
class Google {
  constructor(runtime) {
    this.runtime = runtime;
    this.configs = {};
  }

  configure(tagId, config, tag) {
    const id = String(tagId);
    this.configs[id] = config;
    this.runtime.recorder.add('googleTags', {
      tagId: id, settings: portable(config), tag: tag.name, eventId: acting && acting.eventId,
      time: now(),
    });
    const silent = config.send_page_view === false || config.send_page_view === 'false';
    if (/^G-/.test(id) && !silent) {
      this.send({ id, event: 'page_view', params: {}, properties: {}, tag });
    }
  }

  send({ id, event, params, properties, tag }) {
    const config = this.configs[id] || {};
    const shared = {};
    Object.keys(config).forEach((key) => {
      if (!CONTROL_FIELDS.has(key)) shared[key] = config[key];
    });
    const userProperties = { ...objectOf(config.user_properties), ...properties };
    const hit = this.hit(id, event, { ...shared, ...params }, userProperties);
    hit.tag = tag.name;
    hit.eventId = acting ? acting.eventId : null;
    hit.url = window.location.href;
    if (config.server_container_url) hit.server = String(config.server_container_url);
    this.runtime.pending += 1;
    this.runtime.consent.whenSettled(() => {
      this.runtime.pending -= 1;
      hit.time = now();
      hit.consent = this.runtime.consent.state();
      hit.gcs = this.runtime.consent.gcs();
      this.runtime.recorder.add('ga4', hit);
    });
  }

  hit(id, event, params, properties) {
    const hit = {
      measurementId: String(id), event: String(event),
      parameters: {}, userProperties: {}, items: null, dropped: [],
    };
    Object.keys(params).forEach((name) => {
      const value = params[name];
      if (value === undefined) return;
      if (name === 'items') this.addItems(hit, value);
      else hit.parameters[name] = sent(value);
    });
    Object.keys(properties).forEach((name) => {
      if (properties[name] !== undefined) hit.userProperties[name] = sent(properties[name]);
    });
    return hit;
  }

  /* measured 11: items leave with ecommerce events only */
  addItems(hit, value) {
    if (Array.isArray(value) && ECOMMERCE_EVENTS.has(hit.event)) hit.items = portable(value);
    else hit.dropped.push('items');
  }
}

/* Keeps the JavaScript type; on the wire a number is epn., null and '' empty, all else text. */
const sent = (value) => portable(value);
