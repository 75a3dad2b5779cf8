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
  if (!tk.forms) {
    tk.forms = true;
    d.addEventListener('submit', function (event) {
      tk.happened('gtm.formSubmit', {element: event.target, prevented: event.defaultPrevented});
    });
    var submit = w.HTMLFormElement.prototype.submit;
    w.HTMLFormElement.prototype.submit = function () {
      tk.happened('gtm.formSubmit', {element: this, prevented: false});
      return submit.apply(this, arguments);
    };
  }
  if (!tk.scroll) {
    tk.scroll = function (key, thresholds, pixels, horizontal) {
      var fired = {}, timer;
      function look() {
        var root = d.documentElement, body = d.body || root, i, depth, whole, view;
        timer = 0;
        view = horizontal ? root.clientWidth : root.clientHeight;
        depth = (horizontal ? w.pageXOffset : w.pageYOffset) + view;
        whole = horizontal ? Math.max(root.scrollWidth, body.scrollWidth) : Math.max(root.scrollHeight, body.scrollHeight);
        for (i = 0; i < thresholds.length; i++) {
          if (!fired[thresholds[i]] && (pixels ? depth : depth / whole * 100) >= thresholds[i]) {
            fired[thresholds[i]] = true;
            tk.happened('gtm.scrollDepth', {threshold: thresholds[i], units: pixels ? 'pixels' : 'percent', direction: horizontal ? 'horizontal' : 'vertical'}, key);
          }
        }
      }
      function start() {
        look();
        w.addEventListener('scroll', function () { if (!timer) { timer = setTimeout(look, 100); } });
        w.addEventListener('resize', function () { if (!timer) { timer = setTimeout(look, 100); } });
      }
      if (d.readyState === 'complete') { start(); } else { w.addEventListener('load', start); }
    };
  }
  if (!tk.timer) {
    tk.timer = function (key, interval, limit) {
      var count = 0, timer = setInterval(function () {
        count++;
        tk.happened('gtm.timer', {count: count}, key);
        if (limit && count >= limit) { clearInterval(timer); }
      }, interval);
    };
  }
  var make_ecommerce_content_ids = function (v) {
    var items = (v && v.items) || [], ids = [], i, id;
    for (i = 0; i < items.length; i++) {
      id = items[i] && (items[i].item_id || items[i].item_name);
      if (id) { ids.push(String(id)); }
    }
    return ids.length ? ids : undefined;
  };
  var make_to_number = function (v) {
    return function (v) {
      if (typeof v === 'number') { return isFinite(v) ? v : undefined; }
      if (typeof v !== 'string') { return undefined; }
      if (/^\s*[+-]?[0-9]*\.?[0-9]+(e[+-]?[0-9]+)?\s*$/i.test(v)) { return parseFloat(v); }
      if (/^\s*0x/i.test(v)) { return undefined; }
      var text = v.replace(/[^0-9.,+-]/g, ''), comma = text.lastIndexOf(','), dot = text.lastIndexOf('.');
      if (comma > -1 && dot > -1) {
        text = comma > dot ? text.replace(/\./g, '').replace(',', '.') : text.replace(/,/g, '');
      } else if (comma > -1) {
        // 12,50 is a decimal comma; 1,200 and 1,200,000 are thousands
        text = /^[+-]?[1-9][0-9]?[0-9]?(,[0-9]{3})+$/.test(text) ? text.replace(/,/g, '') : text.replace(',', '.');
      }
      var number = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)$/.test(text) ? parseFloat(text) : NaN;
      return isFinite(number) ? number : undefined;
    };
  };
  var make_ecommerce_contents = function (v) {
    var toNumber = make_to_number();
    var items = (v && v.items) || [], contents = [], i, item, price, content;
    for (i = 0; i < items.length; i++) {
      item = items[i] || {};
      if (item.item_id || item.item_name) {
        content = {id: String(item.item_id || item.item_name), quantity: parseInt(item.quantity, 10) || 1};
        price = toNumber(item.price);
        if (price !== undefined) { content.item_price = price; }
        contents.push(content);
      }
    }
    return contents.length ? contents : undefined;
  };
  var make_ecommerce_num_items = function (v) {
    var items = (v && v.items) || [], count = 0, i;
    for (i = 0; i < items.length; i++) { count += parseInt(items[i] && items[i].quantity, 10) || 1; }
    return items.length ? count : undefined;
  };
  var make_string = function (v) {
    return v === undefined || v === null || typeof v === 'object' ? undefined : String(v);
  };
  var make_ecommerce_field = function (v) {
    return v && v["transaction_id"] !== null ? v["transaction_id"] : undefined;
  };
  var make_number = function (v) {
    var toNumber = make_to_number();
    return toNumber(v);
  };
  var make_ecommerce_value = function (v) {
    var toNumber = make_to_number();
    if (!v) { return undefined; }
    if (v.value !== undefined && v.value !== null && v.value !== '') { return v.value; }
    // the shop sent no value: what the items cost
    var items = v.items || [], sum = 0, i, price;
    for (i = 0; i < items.length; i++) {
      price = toNumber(items[i] && items[i].price);
      if (price === undefined) { return undefined; }
      sum += price * (parseFloat(items[i].quantity) || 1);
    }
    return items.length ? Math.round(sum * 100) / 100 : undefined;
  };
  var make_currency = function (v) {
    var code = typeof v === 'string' ? v.replace(/\s/g, '').toUpperCase() : '';
    return /^[A-Z]{3}$/.test(code) ? code : undefined;
  };
  var make_defaulted = function (v) {
    return v === undefined ? "EUR" : v;
  };
  var make_ecommerce_currency = function (v) {
    var first = v && v.items && v.items[0];
    return (v && v.currency) || (first && first.currency) || undefined;
  };
  var make_element = function (v) {
    var found, said;
    try { found = document.querySelector("[data-frame-size]"); } catch (error) { return undefined; }
    if (!found) { return undefined; }
    said = found.getAttribute("data-frame-size");
    return said === null ? undefined : said.replace(/^\s+|\s+$/g, '');
  };
  var make_lookup = function (v) {
    v = String(v);
    if (new RegExp("^(?:^[0-4]?[0-9]{1,2}$)$", "gi").test(v)) { return "below 500"; }
    if (new RegExp("^(?:^[5-9][0-9]{2}$)$", "gi").test(v)) { return "500 to 999"; }
    return "1000 and more";
  };
  var make_clicked = function (v) {
    // the link or button that was meant, not the icon in it that was hit
    var node = v, css = ".size-guide, [href$='#sizes']", hit = v;
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
  var make_lookup_2 = function (v) {
    v = String(v);
    if (v === "view_item") { return tk.pushed("ecommerce.items.0.item_name"); }
    return tk.pushed("item_name");
  };


  // --- purchase
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["purchase"]) {
    tk.conversions["purchase"] = true;
    tk.add((function () {
      return function (event) {
        if (!(String(tk.event) === "purchase")) { return; }
        var properties = {"content_ids": make_ecommerce_content_ids(tk.layer("ecommerce", 1)), "content_type": "product", "contents": make_ecommerce_contents(tk.layer("ecommerce", 1)), "num_items": make_ecommerce_num_items(tk.layer("ecommerce", 1)), "order_id": make_string(make_ecommerce_field(tk.layer("ecommerce", 1))), "value": make_number(make_ecommerce_value(tk.layer("ecommerce", 1))), "currency": make_currency(make_defaulted(make_ecommerce_currency(tk.layer("ecommerce", 1))))}, id = tk.layer("event_id", 2);
        function send() {
          w.fbq("trackSingle", "111111111111111", "Purchase", properties, {eventID: id});
          w.fbq("trackSingle", "222222222222222", "Purchase", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- view_item
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["view_item"]) {
    tk.conversions["view_item"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (String(tk.event) === "view_item") { counts = true; }
        if (String(tk.event) === "tagkit.view_item") { counts = true; }
        if (!counts) { return; }
        var properties = {"content_ids": make_ecommerce_content_ids(tk.layer("ecommerce", 1)), "content_type": "product", "contents": make_ecommerce_contents(tk.layer("ecommerce", 1)), "value": make_number(make_ecommerce_value(tk.layer("ecommerce", 1))), "currency": make_currency(make_defaulted(make_ecommerce_currency(tk.layer("ecommerce", 1))))}, id = tk.layer("event_id", 2);
        function send() {
          w.fbq("trackSingle", "111111111111111", "ViewContent", properties, {eventID: id});
          w.fbq("trackSingle", "222222222222222", "ViewContent", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- add_to_cart
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["add_to_cart"]) {
    tk.conversions["add_to_cart"] = true;
    tk.add((function () {
      return function (event) {
        if (!(String(tk.event) === "add_to_cart")) { return; }
        var properties = {"content_ids": make_ecommerce_content_ids(tk.layer("ecommerce", 1)), "content_type": "product", "contents": make_ecommerce_contents(tk.layer("ecommerce", 1)), "value": make_number(make_ecommerce_value(tk.layer("ecommerce", 1))), "currency": make_currency(make_defaulted(make_ecommerce_currency(tk.layer("ecommerce", 1))))}, id = tk.layer("event_id", 2);
        function send() {
          w.fbq("trackSingle", "111111111111111", "AddToCart", properties, {eventID: id});
          w.fbq("trackSingle", "222222222222222", "AddToCart", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- begin_checkout
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["begin_checkout"]) {
    tk.conversions["begin_checkout"] = true;
    tk.add((function () {
      return function (event) {
        if (!(String(tk.event) === "begin_checkout")) { return; }
        var properties = {"content_ids": make_ecommerce_content_ids(tk.layer("ecommerce", 1)), "contents": make_ecommerce_contents(tk.layer("ecommerce", 1)), "num_items": make_ecommerce_num_items(tk.layer("ecommerce", 1)), "value": make_number(make_ecommerce_value(tk.layer("ecommerce", 1))), "currency": make_currency(make_defaulted(make_ecommerce_currency(tk.layer("ecommerce", 1))))}, id = tk.layer("event_id", 2);
        function send() {
          w.fbq("trackSingle", "111111111111111", "InitiateCheckout", properties, {eventID: id});
          w.fbq("trackSingle", "222222222222222", "InitiateCheckout", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- size_guide
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["size_guide"]) {
    tk.conversions["size_guide"] = true;
    tk.add((function () {
      return function (event) {
        if (!(event.name === "gtm.click" && tk.matches(tk.auto.element, ".size-guide, .size-guide *, [href$='#sizes'], [href$='#sizes'] *"))) { return; }
        if (String(tk.url("query", "preview")) === "1") { return; }
        var properties = {"frame_size": make_number(make_element()), "price_band": make_lookup(tk.layer("product.price", 2)), "link_text": make_clicked(tk.auto.element), "value": 0.5, "currency": "EUR"}, id = tk.layer("event_id", 2);
        function send() {
          w.fbq("trackSingleCustom", "111111111111111", "SizeGuideOpened", properties, {eventID: id});
          w.fbq("trackSingleCustom", "222222222222222", "SizeGuideOpened", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- test_ride
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["test_ride"]) {
    tk.conversions["test_ride"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (String(tk.event) === "test_ride_booked") { counts = true; }
        if (event.name === "gtm.formSubmit" && tk.matches(tk.auto.element, "[id=\"test-ride\"]") && (event.wait = 2000)) { counts = true; }
        if (!counts) { return; }
        var properties = {"value": 25, "currency": "EUR"}, id = tk.layer("event_id", 2);
        function send() {
          w.fbq("trackSingle", "111111111111111", "Schedule", properties, {eventID: id});
          w.fbq("trackSingle", "222222222222222", "Schedule", properties, {eventID: id});
        }
        // waits for more consent than the pixel itself
        var gates = w.tagkitGates = w.tagkitGates || {}, gate = gates["ad_personalization"] = gates["ad_personalization"] || [];
        if (!gate.open) { gate.push(send); } else if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- engaged_reader
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["engaged_reader"]) {
    tk.conversions["engaged_reader"] = true;
    tk.add((function () {
      var fired = {}, complete = {}, groups = [
        [function (event) { return event.name === "gtm.scrollDepth" && event.key === "7a1077b0" && String(tk.url('path')).indexOf("/blog/") === 0; }, function (event) { return event.name === "gtm.timer" && event.key === "ab45c72d" && String(tk.url('path')).indexOf("/blog/") === 0; }]
      ];
      function all(group, event) {
        var i, count = 0;
        for (i = 0; i < groups[group].length; i++) {
          if (groups[group][i](event)) { fired[group + '.' + i] = true; }
          if (fired[group + '.' + i]) { count++; }
        }
        if (complete[group] || count < groups[group].length) { return false; }
        complete[group] = true;
        return true;
      }
      return function (event) {
        if (!(all(0, event))) { return; }
        var properties = {}, id = tk.layer("event_id", 2);
        function send() {
          w.fbq("trackSingleCustom", "111111111111111", "EngagedReader", properties, {eventID: id});
          w.fbq("trackSingleCustom", "222222222222222", "EngagedReader", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
    tk.scroll("7a1077b0", [80], false, false);
    tk.timer("ab45c72d", 30000, 1);
  }

  // --- payment_declined
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["payment_declined"]) {
    tk.conversions["payment_declined"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (new RegExp("^(payment_declined|payment_failed|payment_error)$").test(String(tk.event))) { counts = true; }
        if (String(tk.event) === "tagkit.payment_declined") { counts = true; }
        if (!counts) { return; }
        var properties = {}, id = tk.layer("event_id", 2);
        function send() {
          w.fbq("trackSingleCustom", "111111111111111", "CheckoutInterrupted", properties, {eventID: id});
          w.fbq("trackSingleCustom", "222222222222222", "CheckoutInterrupted", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- out_of_stock
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["out_of_stock"]) {
    tk.conversions["out_of_stock"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (String(tk.event) === "out_of_stock") { counts = true; }
        if (String(tk.event) === "view_item" && new RegExp("^(out[ _-]?of[ _-]?stock|oos|sold[ _-]?out|unavailable)$", 'i').test(String(tk.pushed("ecommerce.items.0.item_stock_status")))) { counts = true; }
        if (String(tk.event) === "tagkit.out_of_stock") { counts = true; }
        if (!counts) { return; }
        var properties = {"content_name": make_lookup_2(tk.event)}, id = tk.layer("event_id", 2);
        function send() {
          w.fbq("trackSingleCustom", "111111111111111", "OutOfStockView", properties, {eventID: id});
          w.fbq("trackSingleCustom", "222222222222222", "OutOfStockView", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- coupon_refused
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["coupon_refused"]) {
    tk.conversions["coupon_refused"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (new RegExp("^(coupon_refused|coupon_failed|coupon_error|voucher_error)$").test(String(tk.event))) { counts = true; }
        if (String(tk.event) === "tagkit.coupon_refused") { counts = true; }
        if (!counts) { return; }
        var properties = {}, id = tk.layer("event_id", 2);
        function send() {
          w.fbq("trackSingleCustom", "111111111111111", "CouponRefused", properties, {eventID: id});
          w.fbq("trackSingleCustom", "222222222222222", "CouponRefused", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }
})(window, document);
(function (w, d) {
var listeners = w.tagkitListeners = w.tagkitListeners || {};
if (["generic/coupon_refused", "generic/out_of_stock", "generic/payment_declined", "generic/view_item"].every(function (name) { return listeners[name]; })) { return; }
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
function list(x) { return x === undefined || x === null ? [] : [].concat(x); }
function text(x) {
var i = 0;
x = list(x)[0];
if (x && typeof x === 'object') { x = x.name; }
x = list(x).join();
while (i < 2 && /&#?\w+;/.test(x)) {
x = new w.DOMParser().parseFromString(x.replace(/</g, '&lt;'), 'text/html').documentElement.textContent;
i += 1;
}
return x.replace(/\s+/g, ' ').replace(/^ | $/g, '').slice(0, 200).replace(/[\ud800-\udbff]$/, '') || undefined;
}
function number(x) {
x = list(x)[0];
if (typeof x !== 'number') {
var written = String(x).replace(/[\u0660-\u0669\u06f0-\u06f9]/g, function (c) { return c.charCodeAt(0) % 16; })
.replace(/\u066b/g, '.').replace(/[\u066c\u060c]/g, ','), found = /\d[\d.,]*([\s'\u2019]\d{3}(?!\d)[\d.,]*)*/.exec(written);
if (!found) { return undefined; }
x = found[0].replace(/[\s'\u2019]/g, '').replace(/[.,]+$/, '');
if (/^[1-9]\d{0,2}(,\d{2,3})*,\d{3}(\.\d+)?$/.test(x)) {
x = x.replace(/,/g, '');
} else if (/^\d+(\.\d{3})+,\d+$|^\d+(\.\d{3}){2,}$/.test(x) || (/[^\d\s.,]/.test(written) && /^[1-9]\d{0,2}\.\d{3}$/.test(x) && !/KWD|BHD|OMR|JOD|TND|KD|\u062f\.[\u0643\u0628\u062a\u0627]|\u0631\.\u0639/.test(written))) {
x = x.replace(/\./g, '');
}
x = parseFloat(x.replace(',', '.'));
}
return isFinite(x) ? Math.round(x * 100) / 100 : undefined;
}
var PRODUCT = /(^|\/)(Product|ProductGroup|IndividualProduct|ProductModel)$/, GONE = /OutOfStock|SoldOut|Discontinued/i;
function allGone(x) {
x = x.filter(Boolean);
return x.length ? x.every(function (y) { return GONE.test(y); }) : undefined;
}
function place(url) {
var a = d.createElement('a');
a.href = url;
return a.pathname.replace(/\/$/, '') + a.search;
}
function here(node) {
return list(node.url).concat(list(node['@id']), list(node.offers).map(function (o) { return o.url; })).some(function (url) {
return typeof url === 'string' && place(url) === place(w.location.href);
});
}
function fromJsonLd() {
var all = [], offers = [], node, group, price;
function is(x, types) { return list(x['@type']).some(function (t) { return types.test(t); }); }
function add(x) {
if (x instanceof Array) { x.forEach(add); } else if (x && typeof x === 'object') {
if (is(x, PRODUCT)) { all.push(x); } else { add(x['@graph'] || (is(x, /(Web|Item)Page$/) && x.mainEntity)); }
}
}
[].forEach.call(d.querySelectorAll('script[type="application/ld+json"]'), function (script) {
add(parsed(script.textContent));
});
node = all.some(function (x) { return x.name !== all[0].name; }) ? all.filter(here)[0] : all[0];
if (!node || (w.location.pathname === '/' && node.url && !here(node))) { return undefined; }
group = list(node.hasVariant);
if (group.filter(here).length === 1) { group = group.filter(here); }
[node].concat(group).forEach(function (x) { offers = offers.concat(list(x.offers)); });
price = offers.map(function (o) {
var spec = list(o.priceSpecification).filter(function (s) { return !/List|Strike|SRP/.test(s.priceType); })[0] || {};
return { value: number([o.price, o.lowPrice, spec.price].filter(number)[0]), currency: o.priceCurrency || spec.priceCurrency };
}).sort(function (a, b) { return (a.value || 1e9) - (b.value || 1e9); })[0] || {};
if (group.length === 1) { group[0].brand = group[0].brand || node.brand; group[0].category = group[0].category || node.category; node = group[0]; }
return {
id: text(node.sku) || text(node.productID) || text(node.mpn) || text(node.productGroupID),
name: text(node.name), brand: text(node.brand), category: text(node.category), price: price.value, currency: price.currency,
out: allGone([].concat.apply([], offers.map(function (o) { return o.offers ? list(o.offers).map(function (y) { return y.availability; }) : o.availability; })))
};
}
function fromMicrodata() {
var TYPE = '[itemtype$="schema.org/Product"]', all = [].filter.call(d.querySelectorAll(TYPE), function (x) {
return !x.getAttribute('itemprop') && !x.parentNode.closest('[itemtype$="ItemList"],' + TYPE);
});
function props(name) {
return [].filter.call(all[0].querySelectorAll('[itemprop~="' + name + '"]'), function (x) { return x.closest(TYPE) === all[0]; })
.map(function (x) { return x.getAttribute('content') || x.getAttribute('href') || x.textContent; });
}
return all.length === 1 ? {
id: text(props('sku')) || text(props('productID')) || text(props('mpn')),
name: text(props('name')), brand: text(props('brand')), category: text(props('category')),
price: number(props('lowPrice').concat(props('price'))[0]), currency: text(props('priceCurrency')), out: allGone(props('availability'))
} : undefined;
}
function meta(names) {
var el = d.querySelector(names.split(' ').map(function (n) { return 'meta[property="' + n + '"]'; }).join());
return el ? el.getAttribute('content') : undefined;
}
function mainProduct() {
var stock = meta('product:availability og:availability'), p = fromJsonLd() || fromMicrodata();
if (!p && /(^|[.:])product(\.item)?$/.test(meta('og:type'))) {
p = {
id: text(meta('product:retailer_item_id')), name: text(meta('og:title')), brand: text(meta('product:brand')), category: text(meta('product:category')),
price: number(meta('product:price:amount og:price:amount')), currency: text(meta('product:price:currency og:price:currency'))
};
}
if (p && p.out === undefined && stock) { p.out = /^(oos|out ?of ?stock|sold ?out|discontinued)$/i.test(stock); }
if (p) { p.id = p.id || place(w.location.pathname); }
return p;
}
var lately = {};
function item(fields) {
var made = {}, key, x;
for (key in fields) {
x = (/^(price|discount|quantity|index)$/.test(key) ? number : text)(fields[key]);
if (x !== undefined) { made[key] = x; }
}
return made;
}
function commerce(name, data, more) {
var items = data.items || [], key = name + items.map(function (x) { return x.item_id; }) + data.transaction_id, made = {}, sum = 0, field, message;
if (Date.now() - lately[key] < 1000) { return; }
lately[key] = Date.now();
items.forEach(function (x) { sum += x.price * (x.quantity || 1); });
for (field in data) { if (data[field] !== undefined) { made[field] = data[field]; } }
if (made.value === undefined && items.length && isFinite(sum)) { made.value = number(sum); }
message = { event: 'tagkit.' + name, ecommerce: made };
for (field in more) { message[field] = more[field]; }
layer().push({ ecommerce: null });
layer().push(message);
}
listen('generic/coupon_refused', function () {
var HINT = /coupon|discount|voucher|promo|rabat|kupon|gutschein/i, BUTTON = 'button,input[type="submit"],input[type="button"],input[type="image"],a,[role="button"]';
var tries = new w.WeakMap();
function isCode(f) {
return f.tagName === 'INPUT' && /^(text|search|)$/.test(f.getAttribute('type') || '') && visible(f) &&
HINT.test(['name', 'id', 'placeholder'].map(function (name) { return f.getAttribute(name); }).join(' '));
}
function regionOf(input) {
var box = input.parentNode, i;
for (i = 0; i < 4 && box && box !== d.body && box.tagName !== 'FORM' && !box.querySelector(BUTTON); i += 1) { box = box.parentNode; }
return box;
}
function attempt(input) {
var code = input.value.replace(/^\s+|\s+$/g, ''), region = regionOf(input), start = Date.now(), since = mark(), last = tries.get(input), known;
function belongs(el) {
var text = el.textContent;
return text.length < 300 && (HINT.test(text) || /(^|[^a-ząćęłńóśźż])(kod|code)/i.test(text) || text.indexOf(code) >= 0) && !el.contains(input);
}
if (!code || (last && start - last.at < 300)) { return; }
if (last) { last.stop(); }
known = errorsOf(region, belongs);
tries.set(input, { at: start, stop: watch(function () {
var now = errorsOf(region, belongs);
if (fresh(now, known).length) {
say({
event: 'tagkit.coupon_refused',
coupon: code.indexOf('@') < 0 ? code.slice(0, 40) : undefined,
error_reason: 'message'
}, function (name) { return /^(coupon_(refused|failed|error)|voucher_error)$/.test(name); }, since, 600);
return true;
}
known = known.filter(function (a) { return !fresh([a], now).length; });
return false;
}, 5) });
}
on(w, 'click', function (event) {
var button = around(event.target, BUTTON);
if (!button) { return; }
[].filter.call(d.querySelectorAll('input'), isCode).forEach(function (input) {
if (regionOf(input).contains(button)) { attempt(input); }
});
});
on(w, 'keydown', function (event) {
if (event.key === 'Enter' && isCode(event.target)) { attempt(event.target); }
});
on(w, 'submit', function (event) {
var typed = [].filter.call(event.target.elements || [], function (f) { return f.tagName === 'INPUT' && !/^(hidden|submit|button|image|checkbox|radio)$/.test(f.type); });
if (typed.length === 1 && isCode(typed[0])) { attempt(typed[0]); }
});
});
listen('generic/out_of_stock', function () {
function shop(name, data) {
var item = name === 'view_item' && (((data.ecommerce || data).items || [])[0] || {});
return name === 'out_of_stock' || (item && /out|oos|sold|brak|niedost/i.test([item.item_stock_status, item.availability].join()));
}
whenSettled(function () {
var p = mainProduct();
if (p && p.out && !said(shop)) { layer().push({ event: 'tagkit.out_of_stock', item_id: p.id, item_name: p.name }); }
});
});
listen('generic/payment_declined', function () {
var PAY = '(payment|p[łl]atno[sś][cć]|transaction|transakcja)', FAILED = '(error|fail(ed|ure)?|declined|rejected|denied|odrzucon[aey]|nieudan[aey]|b[łl][ąa]d)', CANCELLED = '(cancel(l?ed)?|anulowan[aey])';
var END = '(?=[\\/?&#.]|$)';
var SEGMENT = new RegExp('(^|[\\/_-])(' + PAY + '[-_\\/]?(' + FAILED + '|' + CANCELLED + ')|(order|zam[oó]wienie)[-_\\/]?' + FAILED + '|' + FAILED + '[-_\\/]?' + PAY + ')' + END, 'i');
var STATUS = new RegExp('[?&](payment|transaction|platnosc)[_-]?(status|result)=(' + FAILED + '|' + CANCELLED + ')' + END, 'i');
var LOOSE = new RegExp('[?&](status=(' + FAILED + '|' + CANCELLED + ')|error=50[0-9])' + END, 'i');
var PAID = /payment|p[łl]atno|order|checkout|zam[oó]wieni|thank|dzi[eę]ku|podzi[eę]kow|potwierdz|confirm|kasa|success|return|transac|transak/i;
function decoded(x) {
try { return decodeURIComponent(x); } catch (ignore) { return x; }
}
whenSettled(function () {
var path = decoded(w.location.pathname), query = decoded(w.location.search);
if (!/error|fail|declin|reject|denied|cancel|odrzuc|nieud|b[łl][ąa]d|anulow/i.test(path + query)) { return; }
if (/\/(blog|news|help|faq|pomoc|artyku[łl]y?|aktualno[sś]ci|regulamin|poradnik|support)(\/|$)/i.test(path)) { return; }
if ((SEGMENT.test(path) || STATUS.test(query) || (LOOSE.test(query) && PAID.test(path))) && !said(function (name) { return /^payment_(declined|failed|error)$/.test(name); })) {
layer().push({ event: 'tagkit.payment_declined', payment_type: undefined, error_code: undefined, detected_by: 'url' });
}
});
});
listen('generic/view_item', function () {
whenSettled(function () {
var p = mainProduct();
if (!p || said(function (name) { return /^view_item$/.test(name); })) { return; }
commerce('view_item', {
currency: p.currency,
value: p.price,
items: [item({ item_id: p.id, item_name: p.name, item_brand: p.brand, item_category: p.category, price: p.price, quantity: 1 })]
});
});
});
}(window, document));
