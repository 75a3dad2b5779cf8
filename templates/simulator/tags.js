// How each type of tag runs.

const ECOMMERCE_EVENTS = new Set(['add_payment_info', 'add_shipping_info', 'add_to_cart',
  'remove_from_cart', 'view_cart', 'begin_checkout', 'select_item', 'view_item_list',
  'select_promotion', 'view_promotion', 'purchase', 'refund', 'view_item', 'add_to_wishlist']);

// Settings of a Google tag that steer it and are not sent as event parameters (not measured).
const CONTROL_FIELDS = new Set(['send_page_view', 'server_container_url', 'transport_url',
  'first_party_collection', 'debug_mode', 'allow_google_signals', 'groups', 'linker',
  'allow_ad_personalization_signals', 'cookie_domain', 'cookie_expires', 'cookie_flags',
  'cookie_path', 'cookie_prefix', 'cookie_update', 'send_to', 'event_callback', 'event_timeout',
  'user_properties', 'ignore_referrer', 'url_passthrough', 'ads_data_redaction']);

const RUNNERS = {
  googtag: runGoogleTag,
  gaawc: runConfigurationTag,
  gaawe: runGa4Event,
  html: runHtml,
  img: runImage,
};

/* Google tags start before all others of an event, the conversion linker first (measured 7). */
const ENTITY_PRIORITY = { gclidw: 100, googtag: 10 };

/* Order inside one event: entity, user priority, then templates, listeners, Custom HTML. */
function orderOf(step) {
  if (step.listener) return [0, 0, 1, Number(step.listener.trigger.triggerId)];
  const { tag } = step;
  const priority = tag.priority ? Number(tag.priority.value) || 0 : 0;
  const place = tag.type === 'html' ? 2 : 0;
  return [-(ENTITY_PRIORITY[tag.type] || 0), -priority, place, Number(tag.tagId)];
}

function compareOrder(left, right) {
  const [a, b] = [orderOf(left), orderOf(right)];
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at] - b[at];
}

function runGoogleTag(runtime, tag, done) {
  const settings = runtime.variables.resolve(parametersOf(tag));
  const config = {
    ...objectOf(settings.configSettingsVariable),
    ...tableOf(settings.configSettingsTable),
    ...objectOf(settings.eventSettingsVariable),
    ...tableOf(settings.eventSettingsTable),
  };
  runtime.google.configure(settings.tagId, config, tag);
  done(true);
}

function runConfigurationTag(runtime, tag, done) {
  const settings = runtime.variables.resolve(parametersOf(tag));
  const config = tableOf(settings.fieldsToSet, 'name', 'value');
  if (!isTrue(settings.sendPageView)) config.send_page_view = false;
  runtime.google.configure(settings.measurementId, config, tag);
  done(true);
}

const objectOf = (value) => (isPlainObject(value) ? value : {});

/* Rows that are resolved already -> object. */
function tableOf(rows, key = 'parameter', value = 'parameterValue') {
  const table = {};
  (rows || []).forEach((row) => { table[row[key]] = row[value]; });
  return table;
}

function runGa4Event(runtime, tag, done) {
  const settings = runtime.variables.resolve(parametersOf(tag));
  const id = settings.measurementIdOverride || referencedId(runtime, settings.measurementId);
  if (!/^G-/.test(String(id))) { // measured 11: fails silently
    const problem = `measurement id ${String(id)} does not start with G-`;
    runtime.recorder.error('ga4', tag.name, problem);
    done(false);
    return;
  }
  const params = { // later wins (measured 11)
    ...ecommerceOf(runtime, settings),
    ...objectOf(settings.eventSettingsVariable),
    ...tableOf(settings.eventSettingsTable),
    ...tableOf(settings.eventParameters, 'name', 'value'),
  };
  const properties = {
    ...objectOf(params.user_properties),
    ...tableOf(settings.userProperties, 'name', 'value'),
  };
  delete params.user_properties;
  runtime.google.send({ id, event: settings.eventName, params, properties, tag });
  done(true);
}

/* Old event tags name their configuration tag in place of an id. */
function referencedId(runtime, name) {
  const tag = name && runtime.tagByName(name);
  return tag && runtime.variables.text(parametersOf(tag).measurementId);
}

function ecommerceOf(runtime, settings) {
  if (!isTrue(settings.sendEcommerceData) || !ECOMMERCE_EVENTS.has(settings.eventName)) return {};
  const source = settings.getEcommerceDataFrom === 'customObject'
    ? settings.ecommerceMacroData : runtime.model.get('ecommerce', 1);
  return objectOf(source);
}

function runImage(runtime, tag, done) {
  runtime.recorder.add('images', {
    url: String(runtime.variables.resolve(parametersOf(tag)).url), tag: tag.name,
    eventId: acting ? acting.eventId : null, time: now(),
  });
  done(true);
}
