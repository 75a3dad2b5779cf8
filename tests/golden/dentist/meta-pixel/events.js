(function (w, d) {
  // --- the core: data layer, events, conversions. Installed once, whichever snippet comes first.
  var tk = w.tagkit = w.tagkit || {};
  if (!tk.add) { (function () {
    var layer = w.dataLayer = w.dataLayer || [], conversions = [], waiting = [], past = [], laters = [], busy = false, number = 0;
    tk.model = {};  // keys merged over all pushes
    tk.top = {};    // the last pushed value of each key
    tk.auto = {};   // what the last click, form, scroll ... was about
    tk.event = '';
    function plain(value) { return Object.prototype.toString.call(value) === '[object Object]'; }
    function list(value) { return Object.prototype.toString.call(value) === '[object Array]'; }
    function merge(from, into) {
      var key;
      for (key in from) {
        if (!Object.prototype.hasOwnProperty.call(from, key)) { continue; }
        if (plain(from[key])) {
          into[key] = merge(from[key], plain(into[key]) ? into[key] : {});
        } else if (list(from[key])) {
          into[key] = merge(from[key], list(into[key]) ? into[key] : []);
        } else {
          into[key] = from[key];
        }
      }
      return into;
    }
    tk.layer = function (name, version) {
      var at = tk.model, parts, i;
      if (version === 1) { return tk.top[name]; }
      if (Object.prototype.hasOwnProperty.call(at, name)) { return at[name]; }
      parts = name.split('.');
      for (i = 0; i < parts.length; i++) {
        if (at === null || at === undefined) { return undefined; }
        at = at[parts[i]];
      }
      return at;
    };
    // a key of the event's own push, not of an older one
    tk.pushed = function (name) {
      var at = tk.message, parts = name.split('.'), i;
      for (i = 0; i < parts.length; i++) {
        if (at === null || at === undefined) { return undefined; }
        at = at[parts[i]];
      }
      return at;
    };
    function take(message) {
      var key;
      for (key in message) {
        if (Object.prototype.hasOwnProperty.call(message, key) && key !== 'event' && key !== '_clear') {
          tk.top[key] = message[key];
          if (message._clear) { delete tk.model[key]; }
        }
      }
      merge(message, tk.model);
    }
    function run(conversion, event) {
      try { conversion(event); } catch (error) { if (w.console && w.console.warn) { w.console.warn('tagkit', error); } }
    }
    function work() {
      var next, i;
      if (busy || !tk.started) { return; }
      busy = true;
      while (waiting.length) {
        next = waiting.shift();
        if (next.message) { take(next.message); }
        if (next.auto) { tk.auto = next.auto; }
        if (!next.name) { continue; }
        tk.event = next.name;
        tk.message = next.message || {};
        next.number = ++number;
        for (i = 0; i < conversions.length; i++) { run(conversions[i], next); }
      }
      busy = false;
    }
    // something happened: name as GTM calls it, auto what it was about
    tk.happened = function (name, auto, key) {
      var event = {name: name, auto: auto, key: key};
      if (!auto) { past.push(event); }
      waiting.push(event);
      work();
      return event;
    };
    tk.add = function (conversion) {
      var i;
      conversions.push(conversion);
      if (tk.started) { for (i = 0; i < past.length; i++) { run(conversion, past[i]); } }
    };
    function heard(entry) {
      var key, message;
      if (Object.prototype.toString.call(entry) === '[object Arguments]' && entry[0] === 'event') {
        // gtag('event', name, parameters): as if the parameters had been pushed
        message = {ecommerce: entry[2]};
        for (key in entry[2]) { message[key] = entry[2][key]; }
        waiting.push({name: String(entry[1]), message: message});
      }
      if (plain(entry)) { waiting.push({name: typeof entry.event === 'string' ? entry.event : '', message: entry}); }
    }
    var known = 0, push = layer.push;
    layer.push = function () {
      var result = push.apply(layer, arguments), i;
      for (i = 0; i < arguments.length; i++) { heard(arguments[i]); }
      work();
      return result;
    };
    for (known = 0; known < layer.length; known++) { heard(layer[known]); }
    function ready(callback) {
      if (d.readyState === 'loading') { d.addEventListener('DOMContentLoaded', callback); } else { setTimeout(callback, 0); }
    }
    // begin when the page is parsed: all snippets are there, whatever their order
    ready(function () {
      var before = waiting;
      waiting = [];
      tk.started = true;
      tk.happened('gtm.init');
      tk.happened('gtm.js');
      while (before.length) { waiting.push(before.shift()); }
      work();
      while (laters.length) { laters.shift()(); }
      tk.happened('gtm.dom');
      if (d.readyState === 'complete') { tk.happened('gtm.load'); } else { w.addEventListener('load', function () { tk.happened('gtm.load'); }); }
    });
    // when what was pushed before is known
    tk.later = function (callback) { if (tk.started) { callback(); } else { laters.push(callback); } };
    tk.matches = function (element, css) {
      try { return !!element && element.nodeType === 1 && element.matches(css); } catch (error) { return false; }
    };
    tk.text = function (element) {
      return element ? String(element.innerText || element.textContent || '').replace(/\s+/g, ' ').replace(/^ | $/g, '') : undefined;
    };
    tk.address = function (element) {
      var name, said, link;
      if (!element || !element.getAttribute) { return ''; }
      for (name in {formaction: 1, action: 1, href: 1, src: 1, code: 1, codebase: 1}) {
        said = element.getAttribute(name);
        if (said) { link = d.createElement('a'); link.href = said; return link.href; }
      }
      return '';
    };
    tk.eventId = function (event) {
      var page = w.tagkitPage = w.tagkitPage || new Date().getTime() + '.' + Math.floor(Math.random() * 1e9);
      return page + '.' + event.number;
    };
    tk.url = function (part, key, of) {
      var link = d.createElement('a'), pairs, pair, i;
      link.href = of === undefined ? w.location.href : String(of);
      function decoded(text) { try { return decodeURIComponent(text.replace(/\+/g, ' ')); } catch (error) { return text; } }
      switch (part) {
        case 'protocol': return link.protocol.replace(':', '');
        case 'host': return link.hostname;
        case 'port': return link.port || (link.protocol === 'http:' ? '80' : link.protocol === 'https:' ? '443' : '');
        case 'path': return link.pathname.charAt(0) === '/' ? link.pathname : '/' + link.pathname;
        case 'extension': return link.pathname.split('/').pop().indexOf('.') > -1 ? link.pathname.split('.').pop() : '';
        case 'fragment': return link.hash.replace('#', '');
        case 'query':
          if (!key) { return link.search.replace('?', ''); }
          pairs = link.search.replace('?', '').split('&');
          for (i = 0; i < pairs.length; i++) {
            pair = pairs[i].split('=');
            if (decoded(pair[0]) === key) { return decoded(pair.slice(1).join('=')); }
          }
          return undefined;
      }
      return link.href.split('#')[0];
    };
    tk.cookie = function (name, decode) {
      var all = d.cookie ? d.cookie.split('; ') : [], i, at;
      for (i = 0; i < all.length; i++) {
        at = all[i].indexOf('=');
        if (all[i].slice(0, at) === name) {
          try { return decode ? decodeURIComponent(all[i].slice(at + 1)) : all[i].slice(at + 1); } catch (error) { return all[i].slice(at + 1); }
        }
      }
      return undefined;
    };
    tk.global = function (path) {
      var at = w, parts = path.split('.'), i;
      for (i = 0; i < parts.length && at !== undefined && at !== null; i++) { at = at[parts[i]]; }
      return i === parts.length ? at : undefined;
    };
  })(); }
  if (!tk.clicks) {
    tk.clicks = true;
    d.addEventListener('click', function (event) { tk.happened('gtm.click', {element: event.target}); }, true);
  }
  if (!tk.links) {
    tk.links = true;
    tk.onLink = function (event) {
      var link = event.target, steps = 0, said;
      if (event.type === 'auxclick' && event.button === 2) { return; }
      while (link && link.nodeType === 1 && !/^(a|area)$/i.test(link.nodeName) && steps++ < 100) { link = link.parentNode; }
      if (!link || link.nodeType !== 1) { return; }
      said = tk.happened('gtm.linkClick', {element: link, prevented: event.defaultPrevented});
      if (said.wait && !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey &&
          !event.altKey && (!link.target || link.target === '_self') && /^https?:/.test(link.href)) {
        event.preventDefault();
        setTimeout(function () { w.location.href = link.href; }, Math.min(said.wait, 400));
      }
    };
    d.addEventListener('click', tk.onLink);
    d.addEventListener('auxclick', tk.onLink);
  }
  if (!tk.visible) {
    tk.visible = function (key, css, percent, time, repeat, watch) {
      var seen = [], done = false, observer;
      if (!w.IntersectionObserver) { return; }
      function record(element) {
        var i;
        for (i = 0; i < seen.length; i++) { if (seen[i].element === element) { return seen[i]; } }
        seen.push({element: element, fired: false, total: 0, since: 0, ratio: 0});
        return seen[seen.length - 1];
      }
      function shown(element) {
        var style = w.getComputedStyle(element);
        return style.visibility !== 'hidden' && style.display !== 'none' && Number(style.opacity) > 0;
      }
      function fire(one) {
        if (done || (one.fired && repeat !== 'every')) { return; }
        one.fired = true;
        done = repeat === 'once';
        tk.happened('gtm.elementVisibility', {element: one.element, ratio: Math.round(one.ratio * 1000) / 10, time: one.total}, key);
      }
      function tick(one) {
        if (!one.since) { return; }
        one.total += 100;
        if (one.total >= time) { one.since = 0; fire(one); if (repeat === 'every') { one.total = 0; } return; }
        setTimeout(function () { tick(one); }, 100);
      }
      observer = new w.IntersectionObserver(function (entries) {
        var i, one, inside;
        for (i = 0; i < entries.length; i++) {
          one = record(entries[i].target);
          one.ratio = entries[i].intersectionRatio;
          inside = entries[i].isIntersecting && one.ratio * 100 >= percent && shown(one.element);
          if (inside && !one.since) {
            one.since = 1;
            if (time) { (function (it) { setTimeout(function () { tick(it); }, 100); })(one); } else { fire(one); }
          } else if (!inside) { one.since = 0; }
        }
      }, {threshold: [0, percent / 100]});
      function look() {
        var all, i;
        try { all = d.querySelectorAll(css); } catch (error) { return; }
        for (i = 0; i < all.length; i++) {
          if (!all[i].getAttribute('data-tagkit-seen-' + key)) {
            all[i].setAttribute('data-tagkit-seen-' + key, '1');
            record(all[i]);
            observer.observe(all[i]);
          }
        }
      }
      look();
      d.addEventListener('DOMContentLoaded', look);
      if (watch && w.MutationObserver) { new w.MutationObserver(look).observe(d.documentElement, {childList: true, subtree: true}); }
    };
  }
  var make_lookup = function (v) {
    v = String(v);
    if (v === "tagkit.file_download") { return tk.pushed("file_name"); }
    return tk.url("path", "", tk.address(tk.auto.element));
  };
  var make_lookup_2 = function (v) {
    v = String(v);
    if (v === "tagkit.file_download") { return tk.pushed("file_extension"); }
    return tk.url("extension", "", tk.address(tk.auto.element));
  };
  var make_lookup_3 = function (v) {
    v = String(v);
    if (new RegExp("facebook\\.com/", "gi").test(v)) { return "facebook"; }
    if (new RegExp("(twitter|//x)\\.com/", "gi").test(v)) { return "x"; }
    if (new RegExp("linkedin\\.com/", "gi").test(v)) { return "linkedin"; }
    if (new RegExp("pinterest\\.", "gi").test(v)) { return "pinterest"; }
    if (new RegExp("wa\\.me/|whatsapp", "gi").test(v)) { return "whatsapp"; }
    if (new RegExp("t\\.me/", "gi").test(v)) { return "telegram"; }
    if (new RegExp("reddit\\.com/", "gi").test(v)) { return "reddit"; }
    if (new RegExp("tumblr\\.com/", "gi").test(v)) { return "tumblr"; }
    if (new RegExp("wykop\\.pl/", "gi").test(v)) { return "wykop"; }
    if (new RegExp("^mailto:|/sendfriend/", "gi").test(v)) { return "email"; }
    return "other";
  };
  var make_lookup_4 = function (v) {
    v = String(v);
    if (v === "gtm.linkClick") { return make_lookup_3(tk.address(tk.auto.element)); }
    return tk.pushed("method");
  };
  var make_clicked = function (v) {
    // the link or button that was meant, not the icon in it that was hit
    var node = v, css = "a, button, summary, [role=\"button\"], [role=\"link\"], [onclick], input[type=\"button\"]", hit = v;
    while (node && node.nodeType === 1) {
      if (node.matches && node.matches(css)) { hit = node; break; }
      node = node.parentNode;
    }
    if (!hit || hit.nodeType !== 1) { return undefined; }
    // the words on a button, never what somebody typed into a field
    css = /^(submit|button|reset)$/i.test(hit.type) ? hit.value : '';
    hit = hit.innerText || hit.textContent || css || hit.getAttribute('aria-label') || '';
    return String(hit).replace(/\s+/g, ' ').replace(/^ | $/g, '');
  };
  var make_clicked_2 = function (v) {
    // the link or button that was meant, not the icon in it that was hit
    var node = v, css = "a[href], area[href], button, summary, label, input, select, [role=\"button\"], [role=\"link\"], [onclick]", hit = v;
    while (node && node.nodeType === 1) {
      if (node.matches && node.matches(css)) { hit = node; break; }
      node = node.parentNode;
    }
    if (!hit || hit.nodeType !== 1) { return undefined; }
    // the words on a button, never what somebody typed into a field
    css = /^(submit|button|reset)$/i.test(hit.type) ? hit.value : '';
    hit = hit.innerText || hit.textContent || css || hit.getAttribute('aria-label') || '';
    return String(hit).replace(/\s+/g, ' ').replace(/^ | $/g, '');
  };


  // --- contact_form
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["contact_form"]) {
    tk.conversions["contact_form"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (new RegExp("^(contact_form|contact_form_submit)$").test(String(tk.event))) { counts = true; }
        if (String(tk.event) === "generate_lead" && !(String(tk.pushed("lead_source")) === "newsletter")) { counts = true; }
        if (String(tk.event) === "tagkit.contact_form") { counts = true; }
        if (!counts) { return; }
        var properties = {"contact_method": "form"}, id = tk.eventId(event);
        function send() {
          w.fbq("track", "Contact", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- phone_click
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["phone_click"]) {
    tk.conversions["phone_click"] = true;
    tk.add((function () {
      return function (event) {
        if (!(event.name === "gtm.linkClick" && new RegExp("^(tel|callto):", 'i').test(String(tk.address(tk.auto.element))))) { return; }
        var properties = {"contact_method": "phone"}, id = tk.eventId(event);
        function send() {
          w.fbq("track", "Contact", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- email_click
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["email_click"]) {
    tk.conversions["email_click"] = true;
    tk.add((function () {
      return function (event) {
        if (!(event.name === "gtm.linkClick" && new RegExp("^mailto:[^?]", 'i').test(String(tk.address(tk.auto.element))))) { return; }
        var properties = {"contact_method": "email"}, id = tk.eventId(event);
        function send() {
          w.fbq("track", "Contact", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- chat_click
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["chat_click"]) {
    tk.conversions["chat_click"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (new RegExp("^(chat_click|chat_start|chat_open)$").test(String(tk.event))) { counts = true; }
        if (String(tk.event) === "tagkit.chat_click") { counts = true; }
        if (event.name === "gtm.linkClick" && new RegExp("^https?://wa\\.me/[^?]|^https?://(api|web)\\.whatsapp\\.com/send/?\\?(.*\u0026)?phone=|^whatsapp://send\\?(.*\u0026)?phone=|//(www\\.)?m\\.me/|//(www\\.)?messenger\\.com/t/|^viber://(chat|pa)|//t\\.me/(?!share)", 'i').test(String(tk.address(tk.auto.element)))) { counts = true; }
        if (!counts) { return; }
        var properties = {"contact_method": "chat"}, id = tk.eventId(event);
        function send() {
          w.fbq("track", "Contact", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- file_download
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["file_download"]) {
    tk.conversions["file_download"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (event.name === "gtm.linkClick" && new RegExp("^https?://[^?#]+\\.(pdf|docx?|odt|xlsx?|ods|pptx?|odp|txt|rtf|csv|epub|mobi|zip|rar|7z|gz|pkg|exe|dmg|apk|mp3|wav|wma|midi?|mp4|avi|mov|mpe?g|wmv|ics)($|[?#])", 'i').test(String(tk.address(tk.auto.element))) && String(tk.address(tk.auto.element)).indexOf("/prices/") > -1) { counts = true; }
        if (event.name === "gtm.linkClick" && tk.matches(tk.auto.element, "a[download], a[download] *") && new RegExp("^(http:|https:)").test(String(tk.address(tk.auto.element))) && String(tk.address(tk.auto.element)).indexOf("/prices/") > -1) { counts = true; }
        if (!counts) { return; }
        var properties = {"file_name": make_lookup(tk.event), "file_extension": make_lookup_2(tk.event)}, id = tk.eventId(event);
        function send() {
          w.fbq("trackCustom", "FileDownload", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- share
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["share"]) {
    tk.conversions["share"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (event.name === "gtm.linkClick" && new RegExp("facebook\\.com/(sharer|share\\.php|dialog/(share|feed))|//(www\\.)?(twitter|x)\\.com/(intent/(tweet|post)|share)|linkedin\\.com/(sharing/share-offsite|shareArticle|cws/share)|pinterest\\.[a-z.]+/pin/create|//wa\\.me/\\?|whatsapp\\.com/send/?\\?text=|^whatsapp://send\\?text=|//t\\.me/share|reddit\\.com/submit|tumblr\\.com/(share|widgets/share)|wykop\\.pl/dodaj|^mailto:\\?", 'i').test(String(tk.address(tk.auto.element)))) { counts = true; }
        if (String(tk.event) === "share") { counts = true; }
        if (String(tk.event) === "tagkit.share") { counts = true; }
        if (!counts) { return; }
        var properties = {"method": make_lookup_4(tk.event)}, id = tk.eventId(event);
        function send() {
          w.fbq("trackCustom", "Share", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- more_info_click
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["more_info_click"]) {
    tk.conversions["more_info_click"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (event.name === "gtm.click" && tk.matches(tk.auto.element, "[data-tagkit~=\"more-info\"], [data-tagkit~=\"more-info\"] *")) { counts = true; }
        if (event.name === "gtm.click" && tk.matches(tk.auto.element, "a, a *, button, button *, summary, summary *, [role=\"button\"], [role=\"button\"] *, [role=\"link\"], [role=\"link\"] *, [onclick], [onclick] *, input[type=\"button\"], input[type=\"button\"] *") && new RegExp("^[^A-Za-z0-9]*(więcej|więcej (informacji|info|szczegółów)|dowiedz się więcej|czytaj (więcej|dalej)|zobacz więcej|pokaż więcej|szczegóły|more|more (info|information|details)|learn more|read more|show more|find out more|see details|details)[^A-Za-z0-9]*$", 'i').test(String(make_clicked(tk.auto.element)))) { counts = true; }
        if (!counts) { return; }
        var properties = {"link_text": make_clicked_2(tk.auto.element)}, id = tk.eventId(event);
        function send() {
          w.fbq("trackCustom", "MoreInfoClick", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- opening_hours_seen
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["opening_hours_seen"]) {
    tk.conversions["opening_hours_seen"] = true;
    tk.add((function () {
      var done = false;
      return function (event) {
        if (done) { return; }
        if (!(event.name === "gtm.elementVisibility" && event.key === "331d25d3")) { return; }
        done = true;
        var properties = {}, id = tk.eventId(event);
        function send() {
          w.fbq("trackCustom", "OpeningHoursSeen", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
    tk.visible("331d25d3", "#opening-hours", 60, 0, "once", true);
  }

  // --- form_error
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["form_error"]) {
    tk.conversions["form_error"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (new RegExp("^(form_error|form_submit_error)$").test(String(tk.event))) { counts = true; }
        if (String(tk.event) === "tagkit.form_error") { counts = true; }
        if (!counts) { return; }
        var properties = {"form_id": tk.pushed("form_id")}, id = tk.eventId(event);
        function send() {
          w.fbq("trackCustom", "FormError", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- page_not_found
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["page_not_found"]) {
    tk.conversions["page_not_found"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (new RegExp("^(page_not_found|page_404|error_404|404)$").test(String(tk.event))) { counts = true; }
        if (String(tk.event) === "tagkit.page_not_found") { counts = true; }
        if (!counts) { return; }
        var properties = {"page_path": tk.url("path", "")}, id = tk.eventId(event);
        function send() {
          w.fbq("trackCustom", "PageNotFound", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }
})(window, document);
(function (w, d) {
var listeners = w.tagkitListeners = w.tagkitListeners || {};
if (["generic/chat_click", "generic/contact_form", "generic/form_error", "generic/page_not_found", "generic/share"].every(function (name) { return listeners[name]; })) { return; }
var current = 'parts', failed = {};
function listen(name, fn) {
if (listeners[name]) { return; }
listeners[name] = true;
current = name;
safe(fn)();
current = 'parts';
}
function safe(fn) {
var name = current;
return function () {
var outer = current;
current = name;
try { return fn.apply(this, arguments); } catch (error) {
try { report(name, error); } catch (ignore) { return undefined; }
return undefined;
} finally { current = outer; }
};
}
function report(name, error) {
if (failed[name]) { return; }
failed[name] = true;
layer().push({
event: 'tagkit.listener_error',
listener: name,
message: String((error && error.message) || error).replace(/\S+@\S+/g, '(e-mail)').slice(0, 100)
});
}
function on(target, types, fn) {
fn = safe(fn);
function hear(event) { if (event.type !== 'submit' || event.target.elements) { fn(event); } }
types.split(' ').forEach(function (type) { target.addEventListener(type, hear, true); });
}
function layer() { return (w.dataLayer = w.dataLayer || []); }
function said(shop, since) {
var all = layer();
return all.slice(since ? all.lastIndexOf(since) + 1 : 0).some(function (x) {
if (!x || x.event) { return x && shop(String(x.event), x); }
return x[0] === 'event' && !(x[2] && x[2].send_to) && shop(String(x[1]), x[2] || {});
});
}
function parsed(text) {
try { return JSON.parse(text); } catch (ignore) { return undefined; }
}
var before, beforeAt = 0;
function mark() {
if (Date.now() - beforeAt > 500) { beforeAt = Date.now(); before = layer()[layer().length - 1]; }
return before;
}
on(w, 'pointerdown keydown click', mark);
function say(message, shop, since, wait) {
var timer, tell = safe(function () {
clearTimeout(timer);
w.removeEventListener('pagehide', tell);
if (said(shop, since)) { return; }
if (typeof message === 'function') { message(); } else { layer().push(message); }
});
if (!wait) { tell(); return; }
timer = setTimeout(tell, wait);
w.addEventListener('pagehide', tell);
}
function poll(ready, then, seconds) {
var done, end = Date.now() + seconds * 1000, look = safe(function (event) {
if (done) { return; }
done = ready();
if (done) { then(); } else if (!event && Date.now() < end) { setTimeout(look, 1000); }
});
look();
if (!done) { on(d, 'readystatechange', look); }
}
function attr(el, name) { return el.getAttribute(name) || ''; }
function around(el, css) { return el.closest ? el.closest(css) : null; }
function visible(el) {
var style = el.getClientRects().length && w.getComputedStyle(el);
return !!style && style.visibility !== 'hidden' && style.opacity !== '0';
}
var ERRORS = '[role="alert"],[aria-invalid="true"],[class*="rror"],[class*="invalid"],[class*="danger"]';
var NAMED = /(^|[\s_-])(error(s|list)?|invalid|danger)(?![a-z:])|[a-z](Error|Invalid)|error_?m(sg|essage)/;
var THANKS = /success|info|thank|sent|dzi[eę]ku|wys[łl]an|zapisan|danke|merci|gracias|d[ěe]kuj/i;
function isField(el) { return /^(INPUT|SELECT|TEXTAREA)$/.test(el.tagName); }
function isError(el) {
var name = attr(el, 'class'), named = NAMED.test(name), text = el.textContent;
return visible(el) && (isField(el) ? named || attr(el, 'aria-invalid') : !/^(A|BUTTON|FORM|BODY|HTML)$/.test(el.tagName) &&
/[^\s*.!]{2}/.test(text) && (named || (attr(el, 'role') === 'alert' && !THANKS.test(name + text))));
}
function near(el, form) {
var own = el.closest('form'), box = form, i;
if (own && !own.contains(form)) { return false; }
for (i = 0; i < 2 && box.parentNode && !/^(BODY|MAIN)$/.test(box.parentNode.tagName); i += 1) { box = box.parentNode; }
return [box, form.previousElementSibling, form.nextElementSibling].some(function (x) { return x && x.contains(el); }) ||
(attr(el, 'role') === 'alert' && NAMED.test(attr(el, 'class')));
}
function errorsOf(form, also) {
return [].filter.call(d.querySelectorAll(ERRORS), function (el) {
return (near(el, form) || (also && also(el))) && isError(el);
}).map(function (el) { return { el: el, text: isField(el) ? '' : el.textContent }; });
}
function fresh(now, known) {
return now.filter(function (a) {
return !known.some(function (b) { return a.el === b.el && a.text === b.text; });
});
}
function words(el, names) {
return names.split(' ').map(function (name) { return attr(el, name); }).join(' ').toLowerCase();
}
function pathOf(url) {
var a = d.createElement('a');
a.href = url;
return url && a.pathname;
}
function formId(form) {
return (attr(form, 'id') || attr(form, 'name') || attr(form, 'aria-label') || pathOf(attr(form, 'action'))).slice(0, 100) || undefined;
}
function isTyped(f) {
return /^(TEXTAREA|INPUT)$/.test(f.tagName) && visible(f) &&
!/^(hidden|submit|button|image|reset|checkbox|radio|file|range|color)$/.test(f.type);
}
var CHECKOUT = /(^|[^a-z])(checkout|billing|shipping|payment|p[lł]atno|zam[oó]wieni|kasa|order|cart|koszyk|basket)/;
var RESET = /forgot|lost|reset|recover|remind|passw|has[lł]|przypom|odzysk|log-?in|logow|sign-?in/;
var REGISTER = /regist|rejestr|create-?account/, NEWS = /newsletter|subscri|biuletyn|mailing|mc4wp|mailchimp/, EMAIL = /e-?mail/;
function titled(form) {
var action = attr(form, 'action'), own = pathOf(action) === w.location.pathname;
return words(form, 'id name class aria-label') + ' ' + (own ? action.replace(/^[^#]*/, '') : action).toLowerCase() +
(form.querySelector('[type="submit"][name*="ewsletter"],[type="hidden"][name*="ewsletter"]') ? ' newsletter' : '');
}
function asked(form) {
return [].filter.call(form.elements, isTyped).map(function (f) { return f.type + ' ' + words(f, 'name id autocomplete placeholder'); });
}
function count(fields, hint) {
return fields.filter(function (x) { return hint.test(x); }).length;
}
function isNewsletter(form) {
var t = titled(form), fields = asked(form), rest = fields.filter(function (x) { return !EMAIL.test(x); }), path = w.location.pathname.toLowerCase();
return fields.length - rest.length === 1 && rest.length < 4 && !/unsubscri|wypis/.test(t) &&
!count(rest, /^(textarea|password|search|tel) |phone|telefon|mobile|kom[oó]rk|street|ulica|addr|adres|zip|post(al)?[-_]?code|city|miasto|coupon|discount|voucher|rabat|kupon/) &&
(NEWS.test(t) || !(CHECKOUT.test(t + ' ' + path) || RESET.test(t + path) || REGISTER.test(t) ||
/conta[ck]t|kontakt|zapytani|inquir|anfrage|notif|powiadom|dost[eę]pn|avail|stock|wait|track|[sś]led|friend|znajom|account|konto|guest|comment|review|opini/.test(t)));
}
function leave(css, purpose) {
listeners.left = (listeners.left || []).concat({ css: css, purpose: purpose || 'submits' });
}
function isLeft(form, purpose) {
return (listeners.left || []).some(function (x) { return x.purpose === purpose && form.matches(x.css); });
}
function watch(look, seconds) {
var done, soon, end, changes, see = safe(function () { soon = 0; if (!done && look(false)) { stop(); } });
function stop() {
done = true;
clearTimeout(soon);
clearTimeout(end);
changes.disconnect();
}
changes = new w.MutationObserver(safe(function () { soon = soon || setTimeout(see, 100); }));
changes.observe(d, { attributes: true, characterData: true, childList: true, subtree: true });
end = setTimeout(safe(function () { stop(); look(true); }), seconds * 1000);
see();
return stop;
}
function watchSubmits(wanted, tell) {
var states = new w.WeakMap(), generic = /^generic/.test(current);
on(w, 'submit', function (event) {
var form = event.target, since = mark(), start = Date.now(), state, known, incomplete, timer, unwatch;
if (!form.elements || (generic && isLeft(form, 'submits')) || !wanted(form)) { return; }
known = errorsOf(form);
incomplete = [].some.call(form.querySelectorAll(':invalid'), isTyped);
state = states.get(form) || { first: known, at: 0, stop: function () { return undefined; } };
states.set(form, state);
function end(went) {
state.stop();
if (!went || Date.now() - state.at < 2000) { return true; }
state.at = Date.now();
tell(form, event.defaultPrevented ? 'ajax' : 'native', since, 0);
return true;
}
function refused() {
var now = errorsOf(form);
return event.defaultPrevented && (incomplete || fresh(now, known).length || (Date.now() - start >= 1000 && fresh(now, state.first).length));
}
function wait(seconds, last) {
unwatch = watch(function (over) {
var busy = form.querySelector('[aria-busy="true"],.loading,.is-loading,[type="submit"]:disabled');
if (refused()) { return end(false); }
if ((over || last) && (!busy || (over && last))) { return end(true); }
if (over) { wait(4, true); }
return false;
}, seconds);
}
var left = safe(function () { end(!refused()); });
state.stop();
state.stop = function () {
clearTimeout(timer);
w.removeEventListener('pagehide', left);
if (unwatch) { unwatch(); }
};
timer = setTimeout(safe(function () { if (event.defaultPrevented) { wait(1); } else { end(true); } }), 0);
w.addEventListener('pagehide', left);
});
}
var sent = {}, told = {}, tellers = [];
function isVendors(form) {
return /(^| )(wpcf7-form|wpforms-ajax-form|hs-form|elementor-form|mc4wp-form)( |$)/.test(attr(form, 'class')) || form.querySelector('[name="gform_ajax"]');
}
function tellAll(id, vendor) {
if (Date.now() - told[id] < 2000) { return; }
told[id] = Date.now();
tellers.forEach(function (tell) { tell(id && String(id), vendor, sent.news && Date.now() - sent.at < 60000); });
}
function watchVendors(tell) {
if (tellers.push(safe(tell)) > 1) { return; }
on(w, 'submit', function (event) {
if (isVendors(event.target)) { sent = { at: Date.now(), news: isNewsletter(event.target) }; }
});
on(d, 'wpcf7mailsent', function (event) { tellAll(event.detail.contactFormId, 'cf7'); });
on(w, 'message', function (event) {
var said = event.data || {};
if (said.type === 'hsFormCallback' && said.eventName === 'onFormSubmitted') { tellAll(said.id, 'hubspot'); }
if (said.type === 'form-submit' && said.formId && said.responseId) { tellAll(said.formId, 'typeform'); }
});
on(w, 'hs-form-event:on-submission:success', function (event) {
tellAll(w.HubSpotFormsV4 ? w.HubSpotFormsV4.getFormFromEvent(event).getFormId() : event.detail.formId, 'hubspot');
});
poll(function () { return w.jQuery; }, function () {
w.jQuery(d).on('gform_confirmation_loaded', safe(function (event, id) { tellAll('gform_' + id, 'gravity'); }))
.on('wpformsAjaxSubmitSuccess submit_success', safe(function (event) {
var form = event.target, elementor = /elementor-form/.test(attr(form, 'class'));
if (elementor || event.type !== 'submit_success') { tellAll(formId(form), elementor ? 'elementor' : 'wpforms'); }
}));
}, 30);
}
function reasonOf(field) {
var key, v = field && field.validity;
if (v && !v.valid) { for (key in v) { if (v[key] === true) { return key; } } }
return 'message';
}
function fieldOf(el) {
var box = el, id = attr(el, 'id'), i, found = [];
if (isField(el)) { return el; }
if (id) { found = d.querySelectorAll('[aria-describedby~="' + id + '"],[aria-errormessage="' + id + '"]'); }
for (i = 0; i < 3 && box.tagName !== 'FORM' && !found.length; i += 1) {
found = [].filter.call(box.querySelectorAll('input,select,textarea'), function (f) { return f.type !== 'hidden'; });
box = box.parentNode;
}
return found.length === 1 ? found[0] : undefined;
}
function whenSettled(look) {
var done, run = safe(function () { if (!done) { done = true; look(); } });
function soon() { setTimeout(run, 600); }
if (d.readyState === 'complete') { soon(); } else {
w.addEventListener('load', soon);
setTimeout(run, 10000); // a page whose load never ends
}
w.addEventListener('pagehide', run);
}
function arrival() {
var entry = w.performance && w.performance.getEntriesByType && w.performance.getEntriesByType('navigation')[0];
return entry ? entry.type : 'navigate';
}
function isNews() { return !/reload|back_forward/.test(arrival()); }
listen('generic/chat_click', function () {
var told = {};
function opened(vendor) {
return safe(function () {
if (told[vendor]) { return; }
told[vendor] = true;
say({ event: 'tagkit.chat_click', chat_vendor: vendor }, function (name) {
return /^chat_(click|start|open)$/.test(name);
}, before, 600);
});
}
function chain(object, name, fn) {
var old = object[name];
object[name] = function () {
fn();
return typeof old === 'function' ? old.apply(this, arguments) : undefined;
};
}
function zendesk(words) {
try { w.zE(words[0], words[1], opened('zendesk')); } catch (ignore) { return; }
}
on(w, 'tawkChatMaximized tawkChatStarted', opened('tawk'));
on(d, 'tidioChat-open tidioChat-conversationStart tidioChat-messageFromVisitor', opened('tidio'));
poll(function () { return w.Tawk_API; }, function () {
chain(w.Tawk_API, 'onChatMaximized', opened('tawk'));
chain(w.Tawk_API, 'onChatStarted', opened('tawk'));
}, 60);
poll(function () { return w.$crisp && w.$crisp.push; }, function () {
var queued = w.$crisp instanceof Array ? w.$crisp.filter(function (x) { return x[0] === 'on' && x[1] === 'chat:initiated'; })[0] : 0;
if (queued) { chain(queued, 2, opened('crisp')); } else { w.$crisp.push(['on', 'chat:initiated', opened('crisp')]); }
(function ask() {
if (w.$crisp.is && w.$crisp.is('chat:opened')) { opened('crisp')(); } else { setTimeout(safe(ask), 1000); }
}());
}, 60);
poll(function () { return w.Intercom; }, function () { w.Intercom('onShow', opened('intercom')); }, 60);
poll(function () { return w.LiveChatWidget && w.LiveChatWidget.on; }, function () {
w.LiveChatWidget.on('visibility_changed', function (data) {
if (data && data.visibility === 'maximized') { opened('livechat')(); }
});
w.LiveChatWidget.on('new_event', function (data) {
if (data && data.author && data.author.type === 'customer') { opened('livechat')(); }
});
}, 60);
poll(function () { return w.zE; }, function () {
[['messenger:on', 'open'], ['webWidget:on', 'open'], ['webWidget:on', 'chat:start']].forEach(zendesk);
}, 60);
poll(function () { return w.HubSpotConversations && w.HubSpotConversations.on; }, function () {
w.HubSpotConversations.on('conversationStarted', opened('hubspot'));
}, 60);
});
listen('generic/contact_form', function () {
function tell(id, method, since, wait) {
say({ event: 'tagkit.contact_form', form_id: id, method: method }, function (name, data) {
return /^contact_form(_submit)?$/.test(name) || (name === 'generate_lead' && data.lead_source !== 'newsletter');
}, since, wait);
}
watchSubmits(function (form) {
var t = titled(form), fields = asked(form);
return (count(fields, /^textarea/) || (/contact|kontakt|zapytani|inquir|enquir|anfrage/.test(t) && !NEWS.test(t))) &&
count(fields, /^tel |e-?mail|phone|telefon|mobile|kom[oó]rk/) && !count(fields, /^password/) && !isVendors(form) &&
!(count(fields, /street|ulica/) && count(fields, /zip|post(al)?[-_]?code|kod.?poczt/)) && !CHECKOUT.test(t) &&
!/comment|koment|review|opini|recenz|rating|bewertung/.test(t);
}, function (form, method, since, wait) { tell(formId(form), method, since, wait); });
watchVendors(function (id, vendor, news) {
if (!news) { tell(id, vendor, before, 600); }
});
});
listen('generic/form_error', function () {
var PUSHER = 'button,[type="submit"],[type="image"],[type="button"],a,[role="button"]', pressed = 0, sent = 0, states = new w.WeakMap();
var COUPON = /coupon|discount|voucher|promo|rabat|kupon|gutschein/;
function asksOnly(box, hint) {
var typed = [].filter.call(box.querySelectorAll('input,textarea'), isTyped);
return typed.length === 1 && hint.test(words(typed[0], 'name id placeholder type'));
}
function ours(form) {
return form && form.elements && !isLeft(form, 'errors') && attr(form, 'role') !== 'search' && !asksOnly(form, /^(s|q|k|query|szukaj|fraza) |search/) && !asksOnly(form, COUPON);
}
function stateOf(form) {
var state = states.get(form) || { told: 0, at: 0, stop: function () { return undefined; } };
states.set(form, state);
return state;
}
function push(id, field, reason, since) {
say({ event: 'tagkit.form_error', form_id: id, error_field: field || undefined, error_reason: reason }, function (name) {
return /^form_(submit_)?error$/.test(name);
}, since, 600);
}
function once(form) {
var state = stateOf(form), again = Date.now() - state.told < 1000;
if (!again) { state.told = Date.now(); }
return !again;
}
function tell(form, field, since) {
if (once(form)) { push(formId(form), field && (attr(field, 'name') || attr(field, 'id')), reasonOf(field), since); }
}
function attempt(form) {
var since = mark(), start = Date.now(), known, state;
if (!ours(form)) { return; }
state = stateOf(form);
if (start - state.at < 300) { return; } // the click and the submit are one
state.at = start;
state.stop();
known = errorsOf(form);
state.stop = watch(function () {
var now = errorsOf(form), news = fresh(now, known);
known = known.filter(function (x) { return !fresh([x], now).length; });
if (news.length) { tell(form, news.map(function (x) { return fieldOf(x.el); }).filter(Boolean)[0], since); }
return news.length;
}, 3);
}
on(w, 'click', function (event) {
var button = around(event.target, PUSHER), form = button && (button.form || button.closest('form')), box = button;
if (button) { pressed = Date.now(); }
while (form && box !== form && form.contains(box)) {
if (asksOnly(box, COUPON)) { return; }
box = box.parentNode;
}
attempt(form);
});
on(w, 'keydown', function (event) { if (event.key === 'Enter') { pressed = Date.now(); } });
on(w, 'submit', function (event) { sent = Date.now(); attempt(event.target); });
on(w, 'invalid', function (event) {
var form = event.target.form;
if (Date.now() - pressed < 1000 && ours(form) && Date.now() - sent > 500) {
stateOf(form).stop();
tell(form, event.target, mark());
}
});
on(d, 'wpcf7invalid wpcf7spam wpcf7mailfailed', function (event) {
var form = around(event.target, 'form'), said = event.detail || {}, wrong = ((said.apiResponse || {}).invalid_fields || [])[0] || {};
if (ours(form) && once(form)) { push(said.contactFormId ? String(said.contactFormId) : formId(form), wrong.field, event.type.slice(5), mark()); }
});
on(w, 'message', function (event) {
var said = event.data || {}, id = String(said.id);
if (said.type === 'hsFormCallback' && said.eventName === 'onFormFailedValidation' && !d.querySelector('[id^="hsForm_' + id.replace(/[^\w-]/g, '') + '"]')) {
push(id, undefined, 'message', mark());
}
});
});
listen('generic/page_not_found', function () {
var PARTS = [
/^(404|410)$/, /^(http |the )?(error|b[łl][ąa]d|fehler|erreur|chyba|code|kod) ?(nr |code |kod )?(404|410)$/,
/^(404|410) (error|b[łl][ąa]d|fehler|erreur|chyba|not found|page|nie |strona|strony|seite|str[áa]nka|p[áa]gina|oops|ups)/,
/^((oh|oops|ups|sorry|przepraszamy|404|410|error|b[łl][ąa]d) ){0,3}(the |this |that )?(requested )?(page|site|url|content)( you \w+( \w+){0,3})? ((was |is |could |can )?(not |n't )?(be )?not found|(was |is |could |can )?not (be )?found|does(n't| not) exist|cannot be found|can't be found)( 404)?$/,
/^not found$/, /^((ups|przepraszamy|404|410|b[łl][ąa]d) ){0,3}(strona|strony|podana strona|[zż][ąa]dana strona)( o podanym adresie)? (nie istnieje|nie zosta[łl]a (znaleziona|odnaleziona)|nie znaleziono|nie odnaleziono|nieznaleziona)( 404)?$/,
/^((ups|przepraszamy|404|410|b[łl][ąa]d) ){0,3}nie (znaleziono|odnaleziono|ma takiej)( takiej| podanej| [zż][ąa]danej)? strony( 404)?$/,
/^(404 )?(die )?seite (wurde )?(leider )?(nicht gefunden|existiert nicht)$/, /^(404 )?(cette |la )?page (introuvable|(est |n'a pas [ée]t[ée] )?(non |in)?trouv(able|[ée]e))$/,
/^(404 )?(tato )?str[áa]nka (nebyla |nen[íi] )?(nenalezena|nalezena|neexistuje)$/, /^(404 )?(la )?p[áa]gina no (encontrada|existe|se encuentra)$|^no se (ha encontrado|encontr[óo]) la p[áa]gina$/
];
var HINT = /404|410|found|find|exist|istnieje|znale[zź]|nale[zz]|takiej|gefunden|introuvable|trouv|encuentra|encontr/i;
function titleSaysSo(title) {
if (!HINT.test(title)) { return false; }
var parts = title.toLowerCase().replace(/[’`]/g, "'").split(/\s+[-–—|:·•»«]+\s+|\s*[|–—·•»«]\s*|:\s+/), rest;
parts = parts.map(function (p) { return p.replace(/[^0-9a-z'\u00c0-\u024f]+/g, ' ').replace(/^ +| +$/g, ''); }).filter(Boolean);
rest = parts.filter(function (p, i) {
var hit = PARTS.some(function (x) { return x.test(p); }) && (p !== '404' || i === 0 || i === parts.length - 1);
return !hit;
});
return rest.length < parts.length && rest.join(' ').split(' ').length <= 5;
}
function isProduct() {
return d.querySelector('meta[property="og:type"][content="product"]') || [].some.call(
d.querySelectorAll('script[type="application/ld+json"]'), function (s) { return /"@type"\s*:\s*\[?\s*"Product"/.test(s.textContent); });
}
whenSettled(function () {
var nav = w.performance && w.performance.getEntriesByType && w.performance.getEntriesByType('navigation')[0], by;
if (nav && /^(404|410)$/.test(nav.responseStatus)) { by = 'status'; } else if (titleSaysSo(d.title) && !isProduct()) { by = 'title'; }
if (by && !said(function (name) { return /^(page_not_found|404|page_404|error_404)$/.test(name); })) {
layer().push({ event: 'tagkit.page_not_found', page_path: w.location.pathname, detected_by: by });
}
});
});
listen('generic/share', function () {
var n = w.navigator, original = n && n.share;
function contentType() {
var el = d.querySelector('meta[property="og:type"]'), type = (el && el.getAttribute('content')) || '';
return /product/i.test(type) ? 'product' : /article|blog/i.test(type) ? 'article' : 'page';
}
if (typeof original !== 'function') { return; }
n.share = function () {
var promise = original.apply(this, arguments);
safe(function () {
var since = mark(), path = w.location.pathname;
promise.then(safe(function () {
say({ event: 'tagkit.share', method: 'native', content_type: contentType(), item_id: path }, function (name) { return /^share$/.test(name); }, since, 600);
}), function () { return undefined; });
})();
return promise;
};
});
}(window, document));
