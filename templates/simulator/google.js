// Google's destinations: what a hit would contain, recorded when it would leave.

// Settings of a Google tag that steer it and are not sent as event parameters (not measured).
const CONTROL_FIELDS = new Set(['send_page_view', 'server_container_url', 'transport_url',
  'first_party_collection', 'debug_mode', 'allow_google_signals', 'groups', 'linker',
  'allow_ad_personalization_signals', 'cookie_domain', 'cookie_expires', 'cookie_flags',
  'cookie_path', 'cookie_prefix', 'cookie_update', 'send_to', 'event_callback', 'event_timeout',
  'user_properties', 'ignore_referrer', 'url_passthrough', 'ads_data_redaction']);

class Google {
  constructor(runtime) {
    this.runtime = runtime;
    this.configs = new Map();
    this.ofThePage = new Set();
    this.everywhere = {};
  }

  /* gtag('set', …) of the page: parameters of every later hit, unless the hit or its Google tag says
   * otherwise. What it says of the visitor leaves as hashes, not as a parameter. */
  setEverywhere({ user_data: _, ...values }) {
    Object.assign(this.everywhere, values);
  }

  /* A Google tag, or gtag('config', …) of the page (then without a tag). */
  configure(tagId, config, tag) {
    const id = asText(tagId);
    this.configs.set(id, config);
    this.runtime.recorder.add('googleTags', {
      tagId: id, settings: portable(config), tag, eventId: acting ? acting.eventId : null,
      time: now(),
    });
    const silent = config.send_page_view === false || config.send_page_view === 'false';
    if (/^G-/.test(id) && !silent) {
      this.send({ id, event: 'page_view', params: {}, properties: {}, tag });
    }
  }

  /* gtag('config', id, settings) of the page. */
  configurePage(id, settings) {
    this.ofThePage.add(asText(id));
    this.configure(id, objectOf(settings), null);
  }

  /* gtag('event', …) of the page goes to what the page itself has configured, or where it says;
   * a Google tag of the container does not hear it. */
  sendPage(event, params) {
    const wanted = params.send_to === undefined ? ['default'] : [].concat(params.send_to);
    const ids = wanted.map(asText)
      .flatMap((id) => (id === 'default' ? Array.from(this.ofThePage) : [id]));
    new Set(ids).forEach((id) => {
      if (!/^G-/.test(id) || !this.configs.has(id)) return;
      const { user_properties: properties, ...rest } = params;
      this.send({ id, event, params: rest, properties: objectOf(properties), tag: null });
    });
  }

  send({ id, event, params, properties, tag }) {
    const config = this.configs.get(asText(id)) || {};
    const shared = { ...withoutControls(this.everywhere), ...withoutControls(config) };
    const userProperties = {
      ...objectOf(this.everywhere.user_properties), ...objectOf(config.user_properties), ...properties,
    };
    const hit = this.hit(id, event, { ...shared, ...withoutControls(params) }, userProperties);
    hit.tag = tag;
    hit.eventId = acting ? acting.eventId : null;
    hit.url = pageUrl();
    if (config.server_container_url) hit.server = asText(config.server_container_url);
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
      measurementId: asText(id), event: asText(event),
      parameters: {}, userProperties: {}, items: null, dropped: [],
    };
    Object.keys(params).forEach((name) => {
      const value = params[name];
      if (value === undefined) return;
      if (name === 'items') this.addItems(hit, value);
      else hit.parameters[name] = portable(value);
    });
    Object.keys(properties).forEach((name) => {
      if (properties[name] !== undefined) hit.userProperties[name] = portable(properties[name]);
    });
    return hit;
  }

  /* measured 11: items leave with ecommerce events only */
  addItems(hit, value) {
    if (Array.isArray(value) && ECOMMERCE_EVENTS.has(hit.event)) hit.items = portable(value);
    else hit.dropped.push('items');
  }
}

function withoutControls(settings) {
  const kept = {};
  Object.keys(settings).forEach((name) => {
    if (!CONTROL_FIELDS.has(name) && !/^developer_id\./.test(name)) kept[name] = settings[name];
  });
  return kept;
}
