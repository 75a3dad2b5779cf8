// gtm.allowlist and gtm.blocklist: what the page forbids its containers.
// (developers.google.com/tag-platform/tag-manager/restrict)

// Classes of types that are not Google's own; a type that stands nowhere here is Google's.
const TYPE_CLASSES = {
  html: ['customScripts'], jsm: ['customScripts'], img: ['customPixels'],
  hjtc: ['nonGoogleScripts'], awj: ['nonGoogleScripts'], awc: ['nonGoogleScripts'],
};

// Forbidding one of these forbids what could do the same, and allowing allows what it can do.
const FORBIDS_TOO = {
  customPixels: ['customScripts', 'html'],
  nonGooglePixels: ['customPixels', 'customScripts', 'html', 'nonGoogleScripts', 'nonGoogleIframes'],
  nonGoogleScripts: ['customScripts', 'html'],
  nonGoogleIframes: ['customScripts', 'html', 'nonGoogleScripts'],
  html: ['customScripts'],
  customScripts: ['html'],
};
const ALLOWS_TOO = {
  html: ['customScripts', 'customPixels', 'nonGooglePixels', 'nonGoogleScripts', 'nonGoogleIframes'],
  customScripts: ['html', 'customPixels', 'nonGooglePixels', 'nonGoogleScripts', 'nonGoogleIframes'],
  customPixels: ['nonGooglePixels'],
  nonGoogleScripts: ['nonGooglePixels'],
  nonGoogleIframes: ['nonGooglePixels'],
};

/* A function that says whether a type is forbidden, or null when nothing is. */
function restrictionsOf(model) {
  const listed = (...names) => names.map((name) => model.get(name, 1)).find(Array.isArray);
  const allowed = listed('gtm.allowlist', 'gtm.whitelist');
  const blocked = listed('gtm.blocklist', 'gtm.blacklist', 'tagTypeBlacklist');
  if (!allowed && !blocked) return null;
  const mayRun = allowed && widened(allowed, ALLOWS_TOO);
  const mayNot = widened(blocked || [], FORBIDS_TOO);
  return (type) => {
    const names = [type].concat(classesOf(type));
    if (mayRun && !names.some((name) => mayRun.has(name))) return true;
    return names.some((name) => mayNot.has(name));
  };
}

function classesOf(type) {
  if (/^cvt_/.test(type)) return ['sandboxedScripts'];
  return own(TYPE_CLASSES, type) ? TYPE_CLASSES[type] : ['google'];
}

const widened = (names, more) => new Set(
  names.map(String).flatMap((name) => [name].concat(own(more, name) ? more[name] : [])));
