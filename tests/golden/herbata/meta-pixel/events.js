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
    return v === undefined ? "PLN" : v;
  };
  var make_ecommerce_currency = function (v) {
    var first = v && v.items && v.items[0];
    return (v && v.currency) || (first && first.currency) || undefined;
  };
  var make_lookup = function (v) {
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
        var counts = false;
        if (String(tk.event) === "purchase" && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.layer("eventModel.send_to", 2)))) && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.pushed("send_to"))))) { counts = true; }
        if (String(tk.event) === "tagkit.purchase") { counts = true; }
        if (!counts) { return; }
        var properties = {"content_ids": make_ecommerce_content_ids(tk.layer("ecommerce", 1)), "content_type": "product", "contents": make_ecommerce_contents(tk.layer("ecommerce", 1)), "num_items": make_ecommerce_num_items(tk.layer("ecommerce", 1)), "order_id": make_string(make_ecommerce_field(tk.layer("ecommerce", 1))), "value": make_number(make_ecommerce_value(tk.layer("ecommerce", 1))), "currency": make_currency(make_defaulted(make_ecommerce_currency(tk.layer("ecommerce", 1))))}, id = tk.eventId(event);
        function send() {
          w.fbq("track", "Purchase", properties, {eventID: id});
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
        if (String(tk.event) === "view_item" && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.layer("eventModel.send_to", 2)))) && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.pushed("send_to"))))) { counts = true; }
        if (String(tk.event) === "tagkit.view_item") { counts = true; }
        if (!counts) { return; }
        var properties = {"content_ids": make_ecommerce_content_ids(tk.layer("ecommerce", 1)), "content_type": "product", "contents": make_ecommerce_contents(tk.layer("ecommerce", 1)), "value": make_number(make_ecommerce_value(tk.layer("ecommerce", 1))), "currency": make_currency(make_defaulted(make_ecommerce_currency(tk.layer("ecommerce", 1))))}, id = tk.eventId(event);
        function send() {
          w.fbq("track", "ViewContent", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- add_to_wishlist
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["add_to_wishlist"]) {
    tk.conversions["add_to_wishlist"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (String(tk.event) === "add_to_wishlist" && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.layer("eventModel.send_to", 2)))) && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.pushed("send_to"))))) { counts = true; }
        if (String(tk.event) === "tagkit.add_to_wishlist") { counts = true; }
        if (!counts) { return; }
        var properties = {"content_ids": make_ecommerce_content_ids(tk.layer("ecommerce", 1)), "contents": make_ecommerce_contents(tk.layer("ecommerce", 1)), "value": make_number(make_ecommerce_value(tk.layer("ecommerce", 1))), "currency": make_currency(make_defaulted(make_ecommerce_currency(tk.layer("ecommerce", 1))))}, id = tk.eventId(event);
        function send() {
          w.fbq("track", "AddToWishlist", properties, {eventID: id});
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
        var counts = false;
        if (String(tk.event) === "add_to_cart" && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.layer("eventModel.send_to", 2)))) && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.pushed("send_to"))))) { counts = true; }
        if (String(tk.event) === "tagkit.add_to_cart") { counts = true; }
        if (!counts) { return; }
        var properties = {"content_ids": make_ecommerce_content_ids(tk.layer("ecommerce", 1)), "content_type": "product", "contents": make_ecommerce_contents(tk.layer("ecommerce", 1)), "value": make_number(make_ecommerce_value(tk.layer("ecommerce", 1))), "currency": make_currency(make_defaulted(make_ecommerce_currency(tk.layer("ecommerce", 1))))}, id = tk.eventId(event);
        function send() {
          w.fbq("track", "AddToCart", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }

  // --- newsletter_signup
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["newsletter_signup"]) {
    tk.conversions["newsletter_signup"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (new RegExp("^(newsletter_signup|newsletter_subscribe|subscribe_newsletter)$").test(String(tk.event))) { counts = true; }
        if (String(tk.event) === "generate_lead" && String(tk.pushed("lead_source")) === "newsletter") { counts = true; }
        if (String(tk.event) === "sign_up" && String(tk.pushed("method")) === "newsletter") { counts = true; }
        if (String(tk.event) === "tagkit.newsletter_signup") { counts = true; }
        if (!counts) { return; }
        var properties = {"content_name": "newsletter"}, id = tk.eventId(event);
        function send() {
          w.fbq("track", "CompleteRegistration", properties, {eventID: id});
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
        var counts = false;
        if (String(tk.event) === "begin_checkout" && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.layer("eventModel.send_to", 2)))) && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.pushed("send_to"))))) { counts = true; }
        if (String(tk.event) === "tagkit.begin_checkout") { counts = true; }
        if (!counts) { return; }
        var properties = {"content_ids": make_ecommerce_content_ids(tk.layer("ecommerce", 1)), "contents": make_ecommerce_contents(tk.layer("ecommerce", 1)), "num_items": make_ecommerce_num_items(tk.layer("ecommerce", 1)), "value": make_number(make_ecommerce_value(tk.layer("ecommerce", 1))), "currency": make_currency(make_defaulted(make_ecommerce_currency(tk.layer("ecommerce", 1))))}, id = tk.eventId(event);
        function send() {
          w.fbq("track", "InitiateCheckout", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
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
        var properties = {}, id = tk.eventId(event);
        function send() {
          w.fbq("trackCustom", "CheckoutInterrupted", properties, {eventID: id});
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
        if (String(tk.event) === "view_item" && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.layer("eventModel.send_to", 2)))) && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.pushed("send_to")))) && new RegExp("^(out[ _-]?of[ _-]?stock|oos|sold[ _-]?out|unavailable)$", 'i').test(String(tk.pushed("ecommerce.items.0.item_stock_status")))) { counts = true; }
        if (String(tk.event) === "tagkit.out_of_stock") { counts = true; }
        if (!counts) { return; }
        var properties = {"content_name": make_lookup(tk.event)}, id = tk.eventId(event);
        function send() {
          w.fbq("trackCustom", "OutOfStockView", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
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
        var properties = {}, id = tk.eventId(event);
        function send() {
          w.fbq("trackCustom", "CouponRefused", properties, {eventID: id});
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

  // --- empty_search
  tk.conversions = tk.conversions || {};
  if (!tk.conversions["empty_search"]) {
    tk.conversions["empty_search"] = true;
    tk.add((function () {
      return function (event) {
        var counts = false;
        if (new RegExp("^(empty_search|search_no_results)$").test(String(tk.event))) { counts = true; }
        if (new RegExp("^(view_search_results|search)$").test(String(tk.event)) && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.layer("eventModel.send_to", 2)))) && String(tk.pushed("results_count")) === "0" && !(new RegExp("^(G|AW|DC|GT|UA)-").test(String(tk.pushed("send_to"))))) { counts = true; }
        if (String(tk.event) === "tagkit.empty_search") { counts = true; }
        if (!counts) { return; }
        var properties = {}, id = tk.eventId(event);
        function send() {
          w.fbq("trackCustom", "SearchNoResults", properties, {eventID: id});
        }
        if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
      };
    })());
  }
})(window, document);
(function (w, d) {
var listeners = w.tagkitListeners = w.tagkitListeners || {};
if (["prestashop/add_to_cart", "prestashop/add_to_wishlist", "prestashop/begin_checkout", "prestashop/coupon_refused", "prestashop/empty_search", "prestashop/form_error", "prestashop/newsletter_signup", "prestashop/out_of_stock", "prestashop/page_not_found", "prestashop/payment_declined", "prestashop/purchase", "prestashop/view_item", "generic/form_error", "generic/newsletter_signup"].every(function (name) { return listeners[name]; })) { return; }
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
function poll(ready, then, seconds) {
var done, end = Date.now() + seconds * 1000, look = safe(function (event) {
if (done) { return; }
done = ready();
if (done) { then(); } else if (!event && Date.now() < end) { setTimeout(look, 1000); }
});
look();
if (!done) { on(d, 'readystatechange', look); }
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
function attr(el, name) { return el.getAttribute(name) || ''; }
function around(el, css) { return el.closest ? el.closest(css) : null; }
function visible(el) {
var style = el.getClientRects().length && w.getComputedStyle(el);
return !!style && style.visibility !== 'hidden' && style.opacity !== '0';
}
function ps() { return w.prestashop || {}; }
function psPage(names) { return (' ' + names + ' ').indexOf(' ' + d.body.id + ' ') >= 0; }
function whenShopTalks(then) { poll(function () { return typeof ps().on === 'function'; }, then, 30); }
function psCurrency() { return (ps().currency || {}).iso_code; }
function psEach(x) { return Object.keys(x || {}).map(function (key) { return x[key]; }); }
function psItem(p, quantity) {
var amount = [p.price_amount, p.price_with_reduction, p.price].filter(function (x) { return number(x) !== undefined; })[0], names = psEach(p.attributes).map(function (x) { return x.name || x; });
return item({
item_id: p.id_product || p.id, item_name: p.name, item_brand: p.manufacturer_name, item_category: p.category_name,
item_variant: p.attributes_small || names.join(' - '), price: /^(0|false)$/.test(p.show_price) ? undefined : amount, quantity: quantity
});
}
function psProduct() {
var el = [].filter.call(d.querySelectorAll('.js-product-details[data-product],#product-details[data-product]'), function (x) { return !around(x, '.modal'); })[0];
var p = psPage('product') && el && parsed(attr(el, 'data-product')), id = psPage('product') && (/(^| )product-id-(\d+)/.exec(d.body.className) || [])[2], found;
if (p || !id) { return p || undefined; }
found = mainProduct() || (d.querySelector('#product_page_product_id,.js-product-container') ? {} : undefined);
if (!found) { return undefined; }
el = d.querySelector('h1');
return {
id_product: id, name: found.name || (el && el.textContent), manufacturer_name: found.brand, category_name: found.category, price_amount: found.price,
availability: found.out || d.querySelector('.js-product-container .product-flags .out_of_stock') ? 'unavailable' : undefined
};
}
function psCart() {
var cart = ps().cart || {}, totals = cart.totals || {}, lines = psEach(cart.products);
function amount(x) { return x ? number(x.amount) : undefined; }
return lines.length ? {
currency: psCurrency(), value: amount(totals.total), shipping: amount((cart.subtotals || {}).shipping),
tax: totals.total_excluding_tax && totals.total_including_tax ? number(totals.total_including_tax.amount - totals.total_excluding_tax.amount) : undefined,
coupon: text(psEach((cart.vouchers || {}).added).map(function (x) { return x.code; }).filter(Boolean).join(',')),
items: lines.map(function (p) { return psItem(p, p.cart_quantity || p.quantity); })
} : undefined;
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
var psAsked = {};
on(w, 'click', function (event) {
var button = around(event.target, '[data-button-action="add-to-cart"]'), form = button && (button.form || around(button, 'form'));
function field(name) { return (form.querySelector('[name="' + name + '"]') || {}).value; }
if (form) { psAsked = { id: field('id_product'), quantity: Number(field('qty')) || 1, since: mark() }; }
});
function psAskedFor(id) { return !id || psAsked.id === String(id) ? psAsked : { id: id, since: before }; }
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
function mayKeep() {
var state;
layer().forEach(function (x) {
if (!x || x[0] !== 'consent' || !x[2] || !x[2].analytics_storage) { return; }
if (x[1] === 'update' || state !== 'denied') { state = x[2].analytics_storage; }
});
return state !== 'denied';
}
function keep(key, value) {
if (!mayKeep()) { return; }
try { w.sessionStorage.setItem('tagkit.' + key, JSON.stringify(value)); } catch (ignore) { return; }
}
function kept(key) {
try { return parsed(w.sessionStorage.getItem('tagkit.' + key)) || undefined; } catch (ignore) { return undefined; }
}
function forget(key) {
try { w.sessionStorage.removeItem('tagkit.' + key); } catch (ignore) { return; }
}
function wasTold(key, value) { return kept(key) === value || !(mayKeep() || isNews()); }
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
var NEWSLETTERS = '.block_newsletter form,.email-subscription form,.ps-emailsubscription form,form[action*="mailSubscription_"],form[action*="mailsubscription_"]';
var CONTACTS = '.contact-form form';
function formOf(el, forms) {
var box = around(el, forms.replace(/ form\b/g, ''));
return around(el, forms) || (box && (box.querySelector('form') || box));
}
function moduleForm(form) {
var hook = form.querySelector('[name="blockHookName"]');
return hook ? hook.value.slice(0, 100) : around(form, '.contact-form') ? 'contact' : formId(form);
}
function whenModuleAnswers(forms, css, tell) {
var known = [];
function look(since) {
var news = [].filter.call(d.querySelectorAll(css), function (el) { return known.indexOf(el) < 0 && formOf(el, forms) && visible(el); });
known = known.concat(news);
if (news.length) { tell(formOf(news[0], forms), since); }
return news.length;
}
whenSettled(function () { look(); });
on(w, 'submit', function (event) {
var since = mark();
if (event.target.matches(forms)) { watch(function () { return look(since); }, 30); }
});
}
function leave(css, purpose) {
listeners.left = (listeners.left || []).concat({ css: css, purpose: purpose || 'submits' });
}
function isLeft(form, purpose) {
return (listeners.left || []).some(function (x) { return x.purpose === purpose && form.matches(x.css); });
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
listen('prestashop/add_to_cart', function () {
function productOf(reason, answer) {
var lines = [answer.cart, reason.cart].reduce(function (all, cart) { return all.concat(psEach(cart && cart.products)); }, []), page = psProduct();
function same(p) { return p && String(p.id_product) === String(reason.idProduct); }
return lines.filter(function (p) { return same(p) && String(p.id_product_attribute) === String(reason.idProductAttribute); })[0] ||
lines.filter(same)[0] || (same(page) ? page : { id_product: reason.idProduct });
}
whenShopTalks(function () {
ps().on('updateCart', safe(function (event) {
var reason = (event && event.reason) || {}, answer = (event && event.resp) || {}, ask = psAskedFor(reason.idProduct);
if (reason.linkAction !== 'add-to-cart' || answer.success !== true || answer.hasError) { return; }
say(function () {
commerce('add_to_cart', { currency: psCurrency(), items: [psItem(productOf(reason, answer), ask.quantity || 1)] });
}, function (name) { return name === 'add_to_cart'; }, ask.since, 600);
}));
});
});
listen('prestashop/add_to_wishlist', function () {
var toast;
function listed(id) {
var box = d.querySelector('.js-product-miniature[data-id-product="' + id + '"]');
function shown(css) { var el = box && box.querySelector(css); return el ? el.textContent : undefined; }
return { id_product: id, name: shown('.product-title,.product-miniature__title'), price: shown('.price,.product-miniature__price') };
}
poll(function () { return w.WishlistEventBus; }, function () {
w.WishlistEventBus.$on('showToast', safe(function (event) { toast = event.detail.type; }));
w.WishlistEventBus.$on('addedToWishlist', safe(function (event) {
var id = event.detail.productId, p = psProduct();
setTimeout(safe(function () {
var refused = toast === 'error';
toast = '';
if (refused || said(function (name) { return name === 'add_to_wishlist'; }, before)) { return; }
commerce('add_to_wishlist', { currency: psCurrency(), items: [psItem(p && String(p.id_product) === String(id) ? p : listed(id), 1)] });
}), 0);
}));
}, 30);
});
listen('prestashop/begin_checkout', function () {
function isHere(url) {
var a = d.createElement('a'), controller = /[?&]controller=([^&]*)/;
a.href = url;
return !!url && a.pathname === w.location.pathname && String(controller.exec(a.search)) === String(controller.exec(w.location.search));
}
whenSettled(function () {
var cart = psCart(), order = ((ps().urls || {}).pages || {}).order, which;
if (!cart || !(psPage('checkout') || isHere(order))) { return; }
which = cart.items.map(function (x) { return [x.item_id, x.item_variant, x.quantity].join(); }).sort().join(';');
if (wasTold('checkout', which) || isHere(d.referrer) || said(function (name) { return name === 'begin_checkout'; })) { return; }
keep('checkout', which);
commerce('begin_checkout', { currency: cart.currency, value: cart.value, coupon: cart.coupon, items: cart.items });
});
});
listen('prestashop/coupon_refused', function () {
var unwatch;
function answers() { return [].map.call(d.querySelectorAll('.js-error-text'), function (el) { return el.firstChild; }).filter(Boolean); }
on(w, 'submit', function (event) {
var field = event.target.querySelector('[name="discount_name"]'), known = answers(), since = mark(), code = field && field.value.replace(/^\s+|\s+$/g, '');
if (!code) { return; }
if (unwatch) { unwatch(); }
unwatch = watch(function () {
var news = answers().filter(function (x) { return known.indexOf(x) < 0 && /\S/.test(x.textContent) && visible(x.parentNode); });
if (!news.length) { return false; }
say({
event: 'tagkit.coupon_refused',
coupon: code.indexOf('@') < 0 ? code.slice(0, 40) : undefined,
error_reason: news[0].textContent.replace(/\s+/g, ' ').replace(/^ | $/g, '').slice(0, 100)
}, function (name) { return /^(coupon_(refused|failed|error)|voucher_error)$/.test(name); }, since, 600);
return true;
}, 15);
});
});
listen('prestashop/empty_search', function () {
function term() {
var found = /[?&](?:s|search_query)=([^&#]*)/.exec(w.location.search), x = found && found[1].replace(/\+/g, ' ');
try { x = decodeURIComponent(x); } catch (ignore) { return undefined; }
x = (found && text(x)) || '';
return /@/.test(x) || /^\+?[\d\s().\/-]{7,}$/.test(x) ? undefined : x.toLowerCase().slice(0, 100) || undefined;
}
whenSettled(function () {
var list = d.querySelector('#js-product-list') || d.body;
if (!psPage('search') || said(function (name, data) { return /^(empty_search|search_no_results)$/.test(name) || data.results_count === 0; })) { return; }
if (list.querySelector('.page-not-found,.page-content--not-found,#product-search-no-matches') || !list.querySelector('[data-id-product]')) {
layer().push({ event: 'tagkit.empty_search', search_term: term(), results_count: 0 });
}
});
});
listen('prestashop/form_error', function () {
var MODULES = NEWSLETTERS + ',' + CONTACTS;
whenSettled(function () {
var el = [].filter.call(d.querySelectorAll('.alert-danger'), function (x) { return visible(x) && (around(x, '.help-block') || formOf(x, MODULES)); })[0];
var box = el && around(el, '.help-block'), field = box && fieldOf(box);
var form = el && (formOf(el, MODULES) || around(el, 'form') || box.nextElementSibling);
if (!el || said(function (name) { return /^form_(submit_)?error$/.test(name); })) { return; }
layer().push({
event: 'tagkit.form_error',
form_id: form ? moduleForm(form) : undefined,
error_field: field ? attr(field, 'name') || undefined : undefined,
error_reason: 'message'
});
});
});
listen('prestashop/newsletter_signup', function () {
leave(NEWSLETTERS);
whenModuleAnswers(NEWSLETTERS, '.alert-success', function (form, since) {
say({ event: 'tagkit.newsletter_signup', form_id: moduleForm(form) }, function (name, data) {
return /^(newsletter_signup|newsletter_subscribe|subscribe_newsletter)$/.test(name) ||
(name === 'generate_lead' && data.lead_source === 'newsletter') || (name === 'sign_up' && data.method === 'newsletter');
}, since, since ? 600 : 0);
});
});
listen('prestashop/out_of_stock', function () {
var told = {};
function shop(name, data) {
var first = name === 'view_item' && (((data.ecommerce || data).items || [])[0] || {});
return name === 'out_of_stock' || (first && /out|oos|sold|brak|niedost|unavail/i.test(first.item_stock_status));
}
function tell(p) {
if (told[p.id_product] || said(shop)) { return; }
told[p.id_product] = true;
layer().push({ event: 'tagkit.out_of_stock', item_id: text(p.id_product), item_name: text(p.name) });
}
function look() {
var p = psProduct();
if (p && p.availability === 'unavailable' && !(Number(p.quantity) > 0)) { tell(p); }
}
function refused(answer) {
var p = psProduct() || {}, product = String(p.id_product) === psAsked.id ? p : { id_product: psAsked.id };
if (!answer.hasError || !psAsked.id || product.customization_required || psAsked.quantity < Number(product.minimal_quantity)) { return; }
tell(product);
}
whenSettled(look);
whenShopTalks(function () {
ps().on('updatedProduct', safe(function () { setTimeout(safe(look), 0); }));
ps().on('updateCart', safe(function (event) { if (event && event.reason && event.reason.linkAction === 'add-to-cart') { refused(event.resp || {}); } }));
ps().on('handleError', safe(function (event) { if (event && event.eventType === 'addProductToCart') { refused(event.resp || {}); } }));
});
});
listen('prestashop/page_not_found', function () {
whenSettled(function () {
var nav = w.performance && w.performance.getEntriesByType && w.performance.getEntriesByType('navigation')[0], known = psPage('pagenotfound');
if (!known && !(nav && /^(404|410)$/.test(nav.responseStatus))) { return; }
if (said(function (name) { return /^(page_not_found|404|page_404|error_404)$/.test(name); })) { return; }
layer().push({ event: 'tagkit.page_not_found', page_path: w.location.pathname, detected_by: known ? 'page' : 'status' });
});
});
listen('prestashop/payment_declined', function () {
var placed = kept('placed');
forget('placed');
on(w, 'click', function (event) {
var option = d.querySelector('[name="payment-option"]:checked');
if (around(event.target, '#payment-confirmation button')) { keep('placed', { at: Date.now(), type: option && attr(option, 'data-module-name') }); }
});
whenSettled(function () {
var returns = psPage('checkout cart order-confirmation history') || /^module-/.test(d.body.id);
var errors = d.querySelectorAll('#notifications .alert-danger,body[id^="module-"] #content-wrapper .alert-danger');
if (!placed || Date.now() - placed.at > 3600000 || !returns || ![].some.call(errors, visible)) { return; }
if (said(function (name) { return /^payment_(declined|failed|error)$/.test(name); })) { return; }
layer().push({ event: 'tagkit.payment_declined', payment_type: text(placed.type) });
});
});
listen('prestashop/purchase', function () {
function note() {
var cart = psCart();
if (cart) { keep('cart', cart); }
}
function orderId() {
var el = d.querySelector('#order-reference-value,[class^="order-confirmation__details"] li'), id = /[?&]id_order=(\d+)/.exec(w.location.search);
return id ? id[1] : (/[A-Z]{9}/.exec(el && el.textContent) || [])[0];
}
on(w, 'pagehide', note);
whenSettled(function () {
var id = psPage('order-confirmation') && orderId(), cart;
note();
if (!id || wasTold('order', id) || said(function (name) { return name === 'purchase'; })) { return; }
cart = kept('cart') || { currency: psCurrency() };
cart.transaction_id = id;
keep('order', id);
forget('cart');
forget('checkout');
commerce('purchase', cart);
});
});
listen('prestashop/view_item', function () {
whenSettled(function () {
var p = psProduct();
if (!p || said(function (name) { return name === 'view_item'; })) { return; }
commerce('view_item', { currency: psCurrency(), items: [psItem(p, 1)] });
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
listen('generic/newsletter_signup', function () {
function tell(id, method, since, wait) {
say({ event: 'tagkit.newsletter_signup', form_id: id, method: method }, function (name, data) {
return /^(newsletter_signup|newsletter_subscribe|subscribe_newsletter)$/.test(name) ||
(name === 'generate_lead' && data.lead_source === 'newsletter') || (name === 'sign_up' && data.method === 'newsletter');
}, since, wait);
}
watchSubmits(function (form) {
return isNewsletter(form) && !isVendors(form);
}, function (form, method, since, wait) {
var id = formId(form);
if (method !== 'ajax' || id !== 'mc-embedded-subscribe-form') { tell(id, method, since, wait); return; }
watch(function () { // Mailchimp's script shows its answer in an element of its own
var answer = d.getElementById('mce-success-response'), shown = answer && visible(answer);
if (shown) { tell(id, 'mailchimp', since, 600); }
return shown;
}, 10);
});
watchVendors(function (id, vendor, news) {
if (news) { tell(id, vendor, before, 600); }
});
on(w, 'klaviyoForms', function (event) {
if (event.detail && event.detail.type === 'submit') { tell(event.detail.formId, 'klaviyo', before, 600); }
});
poll(function () { return w.mc4wp && w.mc4wp.forms; }, function () {
w.mc4wp.forms.on('subscribed', safe(function (form) { tell(form.id ? String(form.id) : undefined, 'mc4wp', before, 600); }));
}, 30);
});
}(window, document));
