// How each type of tag runs.

const ECOMMERCE_EVENTS = new Set(['add_payment_info', 'add_shipping_info', 'add_to_cart',
  'remove_from_cart', 'view_cart', 'begin_checkout', 'select_item', 'view_item_list',
  'select_promotion', 'view_promotion', 'purchase', 'refund', 'view_item', 'add_to_wishlist']);

const RUNNERS = {
  googtag: runGoogleTag,
  gaawc: runConfigurationTag,
  gaawe: runGa4Event,
  html: runHtml,
  img: runImage,
};

// Tags of Google's and others' that GTM brings along: what they would be given is shown. Of a
// type that stands neither here nor above nothing is known, so it is uncovered.
const SHOWN_TAGS = new Set(('awct awud gclidw sp fls flc hjtc awc awj ua ga lcl fsl '
  + 'abtGeneric adm asp baut bb bsa bzi cegg cl crto csm cts dstag ela evl fxm gcs hl infinity jel '
  + 'k50Init ljs ll m6d messagemate mf mpm mpr ms ndcr nudge okt omc opt pa pc pijs placedPixel '
  + 'pntr qca qcm qpx sca scjs scp sdl sfc sfl sfr shareaholic svw ta tc tdc tdlc tdsc tl tpdpx '
  + 'ts twitter_website_tag uslt uspt vdc vei veip xpsh yieldify ytl zone').split(' '));

const settingsOf = (runtime, tag) => runtime.variables.resolve(parametersOf(tag));

const objectOf = (value) => (isPlainObject(value) ? value : {});

/* A tag that is not run: what it would be given. */
function showTag(runtime, tag, done, entry) {
  entry.parameters = portable(settingsOf(runtime, tag));
  done(true, 'would fire');
}

function runGoogleTag(runtime, tag, done) {
  const settings = settingsOf(runtime, tag);
  const config = {
    ...objectOf(settings.configSettingsVariable),
    ...rowsToObject(settings.configSettingsTable),
    ...objectOf(settings.eventSettingsVariable),
    ...rowsToObject(settings.eventSettingsTable),
  };
  runtime.google.configure(settings.tagId, config, tag.name);
  done(true);
}

function runConfigurationTag(runtime, tag, done) {
  const settings = settingsOf(runtime, tag);
  const config = rowsToObject(settings.fieldsToSet, 'name', 'value');
  if (!isTrue(settings.sendPageView)) config.send_page_view = false;
  if (settings.userProperties) {
    config.user_properties = {
      ...objectOf(config.user_properties),
      ...rowsToObject(settings.userProperties, 'name', 'value'),
    };
  }
  if (isTrue(settings.enableSendToServerContainer) && settings.serverContainerUrl) {
    config.server_container_url = settings.serverContainerUrl;
  }
  runtime.google.configure(settings.measurementId, config, tag.name);
  done(true);
}

function runGa4Event(runtime, tag, done) {
  const settings = settingsOf(runtime, tag);
  const id = settings.measurementIdOverride || referencedId(runtime, settings.measurementId);
  if (!/^G-/.test(asText(id))) { // measured 11: fails silently
    const problem = `measurement id ${asText(id)} does not start with G-`;
    runtime.recorder.error('ga4', tag.name, problem);
    done(false);
    return;
  }
  const params = { // later wins (measured 11)
    ...ecommerceOf(runtime, settings),
    ...objectOf(settings.eventSettingsVariable),
    ...rowsToObject(settings.eventSettingsTable),
    ...rowsToObject(settings.eventParameters, 'name', 'value'),
  };
  const properties = {
    ...objectOf(params.user_properties),
    ...rowsToObject(settings.userProperties, 'name', 'value'),
  };
  delete params.user_properties;
  runtime.google.send({ id, event: settings.eventName, params, properties, tag: tag.name });
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

/* The address is made absolute and, against caches, unlike any before. */
function runImage(runtime, tag, done) {
  const settings = settingsOf(runtime, tag);
  const address = parseUrl(asText(settings.url));
  let url = address ? address.href : asText(settings.url);
  if (isTrue(settings.useCacheBuster)) {
    const joint = !url.includes('?') ? '?' : /[?&]$/.test(url) ? '' : '&';
    const random = randomBetween(NaN, NaN);
    url += `${joint}${settings.cacheBusterQueryParam || 'gtmcb'}=${random}`;
  }
  runtime.recorder.add('images', { url, tag: tag.name, eventId: acting.eventId, time: now() });
  done(true);
}
