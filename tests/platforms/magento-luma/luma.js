// A stand-in for what Magento's own scripts do on a Luma page, as far as a listener can see it: an AMD loader, jQuery's
// events (which are no DOM events), customer sections in localStorage, messages that come late, the AJAX cart form,
// data-post links and the validation of forms. The shop's server is played by `server`, kept in localStorage.
(function (w, d) {
  'use strict';
  var modules = {}, waiting = [], handlers = new Map();

  // ---- the AMD loader: modules are there some time after load
  w.require = function (names, then) {
    if (typeof names === 'string') { return modules[names]; }
    if (names.every(function (name) { return modules[name]; })) {
      then.apply(w, names.map(function (name) { return modules[name]; }));
    } else { waiting.push([names, then]); }
  };
  w.require.defined = function (name) { return name in modules; };
  function define(name, module) {
    modules[name] = module;
    waiting.splice(0).forEach(function (x) { w.require(x[0], x[1]); });
  }

  // ---- jQuery: on and trigger, known only to jQuery itself
  function $(target) {
    var own = handlers.get(target) || {};
    handlers.set(target, own);
    return {
      on: function (type, fn) { (own[type] = own[type] || []).push(fn); return this; },
      trigger: function (type, data) { (own[type] || []).forEach(function (fn) { fn({ type: type }, data); }); return this; }
    };
  }

  function observable(value) {
    var subscribers = [];
    function box(next) {
      if (!arguments.length) { return value; }
      value = next;
      subscribers.forEach(function (fn) { fn(next); });
    }
    box.subscribe = function (fn) { subscribers.push(fn); };
    return box;
  }

  // ---- the server
  var GOODS = {
    21: { sku: 'TEA-SEN-100', name: 'Sencha „Uji” 100 g', price: 49.9, stock: 10 },
    34: { sku: 'POT-TETSU', child: 'POT-TETSU-BLACK', name: 'Czajnik "Tetsubin" <\/script> 🍵', price: 1234.5, stock: 3, options: true },
    55: { sku: 'TEA-GYO-50', name: 'Gyokuro 50 g', price: 79, stock: 0 },
    56: { sku: 'TEA-MAT-30', name: 'Matcha 30 g', price: { incl_tax: 99, excl_tax: 80.49 }, stock: 5 },
    77: { sku: 'BOX-OLD', name: 'Puszka', price: 20, stock: 0 }
  };
  function stored(key, value) {
    if (value !== undefined) { localStorage.setItem(key, JSON.stringify(value)); }
    return JSON.parse(localStorage.getItem(key) || '{}');
  }
  var server = {
    state: function () { var s = stored('server'); s.cart = s.cart || []; s.messages = s.messages || []; s.clock = s.clock || 1700000000; return s; },
    add: function (id, qty, chosen) {
      var s = server.state(), good = GOODS[id], line = s.cart.filter(function (x) { return x.product_id === String(id); })[0];
      if (good.options && !chosen) {
        s.messages.push({ type: 'notice', text: 'Wybierz opcje produktu.' });
      } else if (good.stock < qty + (line ? line.qty : 0)) {
        s.messages.push({ type: 'error', text: 'Nie mamy tylu sztuk.' });
      } else {
        if (line) { line.qty += qty; } else {
          s.cart.unshift({
            product_type: good.options ? 'configurable' : 'simple', item_id: String(900 + Number(id)), product_id: String(id),
            product_sku: good.child || good.sku, product_name: server.escape ? good.name.replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : good.name, product_price_value: good.price,
            product_price: '<span class="price">' + (good.price.incl_tax || good.price) + ' zł</span>', qty: qty, options: []
          });
        }
        s.messages.push({ type: 'success', text: 'Dodano do koszyka.' });
        line = true;
      }
      stored('server', s);
      return !!line && s.messages[s.messages.length - 1].type === 'success';
    },
    section: function (name) {
      var s = server.state(), id = (s.clock += 7), data;
      if (name === 'cart') {
        data = { summary_count: s.cart.reduce(function (n, x) { return n + x.qty; }, 0), items: s.cart, possible_onepage_checkout: true };
      } else { data = { messages: s.messages }; s.messages = []; }
      data.data_id = id;
      stored('server', s);
      return data;
    }
  };
  w.server = server;

  // ---- customer sections
  var boxes = { cart: observable({}), messages: observable({}) };
  function invalidate(name) { var all = stored('mage-cache-storage'); delete all[name]; stored('mage-cache-storage', all); }
  function reload(names) {
    setTimeout(function () {
      names.forEach(function (name) {
        var all = stored('mage-cache-storage');
        all[name] = server.section(name);
        stored('mage-cache-storage', all);
        boxes[name](all[name]);
      });
    }, 180);
  }
  var customerData = { get: function (name) { return boxes[name]; }, reload: reload };

  // ---- messages, rendered some time after load
  function show(messages) {
    var box = d.querySelector("[data-bind=\"scope: 'messages'\"]"), list = d.createElement('div');
    if (!box || !messages.length) { return; }
    list.className = 'messages';
    list.setAttribute('role', 'alert');
    messages.forEach(function (m) {
      var el = d.createElement('div'), text = d.createElement('div');
      el.className = 'message-' + m.type + ' ' + m.type + ' message';
      el.setAttribute('data-ui-id', 'message-' + m.type);
      text.textContent = m.text;
      el.append(text);
      list.append(el);
    });
    box.replaceChildren(list);
  }
  boxes.messages.subscribe(function (data) { show(data.messages || []); });

  // ---- forms: a refused field gets a div.mage-error after it
  function valid(form) {
    var bad = 0;
    form.querySelectorAll('.mage-error[generated]').forEach(function (el) { el.remove(); });
    form.querySelectorAll('[data-validate]').forEach(function (field) {
      var rule = field.getAttribute('data-validate'), error;
      field.classList.remove('mage-error');
      if (/required:true|required-entry/.test(rule) && !field.value) { error = 'To pole jest wymagane.'; }
      if (!error && /validate-email/.test(rule) && !/^\S+@\S+\.\S+$/.test(field.value)) { error = 'Podaj poprawny adres.'; }
      if (!error) { return; }
      bad += 1;
      field.classList.add('mage-error');
      field.setAttribute('aria-invalid', 'true');
      field.setAttribute('aria-describedby', field.id + '-error');
      field.insertAdjacentHTML('afterend', '<div for="' + field.id + '" generated="true" class="mage-error" id="' + field.id + '-error">' + error + '</div>');
    });
    return !bad;
  }

  // ---- add to cart, as the widget catalogAddToCart does it
  function addToCart(form) {
    var data = new FormData(form), id = data.get('product'), button = form.querySelector('.tocart');
    button.classList.add('disabled');
    setTimeout(function () {
      var ok = server.add(id, Number(data.get('qty') || 1), data.get('super_attribute[93]'));
      var response = ok ? {} : { backUrl: GOODS[id].options ? '/czajnik.html?options' : '/herbaty.html?refused' };
      if (ok && form.hasAttribute('data-to-cart')) { response = { backUrl: '/checkout/cart/' }; }
      invalidate('cart');
      $(d).trigger('ajax:addToCart', { sku: form.getAttribute('data-product-sku'), productIds: [id], productInfo: [{ id: id }], form: form, response: response });
      if (response.backUrl) { w.location.assign(response.backUrl); return; }
      button.classList.remove('disabled');
      reload(['cart', 'messages']);
    }, 220);
  }

  function post(params) {
    var form = d.createElement('form');
    form.method = 'post';
    form.action = params.action;
    Object.keys(params.data).forEach(function (name) {
      var input = d.createElement('input');
      input.name = name; input.value = params.data[name]; input.type = 'hidden';
      form.append(input);
    });
    if (/checkout\/cart\/add|wishlist\/index\/cart/.test(params.action)) { server.add(params.data.product || 21, 1); invalidate('cart'); }
    d.body.append(form);
    form.submit(); // as jQuery does it: no submit event
  }

  function start() {
    var box = d.querySelector('[data-late]'), stock = stored('mage-cache-storage');
    d.querySelectorAll('form.minisearch input[name=q]').forEach(function (input) {
      input.addEventListener('input', function () { input.form.querySelector('.search').disabled = !input.value; });
    });
    d.addEventListener('click', function (event) {
      var el = event.target.closest('a[data-post],button[data-post],span[data-post]');
      if (el) { event.preventDefault(); post(JSON.parse(el.getAttribute('data-post'))); }
    });
    d.querySelectorAll('form').forEach(function (form) {
      form.addEventListener('submit', function (event) {
        if (!valid(form)) { event.preventDefault(); return; }
        if (form.matches('[data-role=tocart-form],#product_addtocart_form')) { event.preventDefault(); addToCart(form); }
      });
    });
    d.querySelectorAll('#discount-coupon-form').forEach(function (form) {
      form.addEventListener('click', function (event) {
        if (event.target.closest('button.apply')) {
          form.querySelector('#coupon_code').setAttribute('data-validate', '{required:true}');
          if (valid(form)) { form.submit(); }
        }
        if (event.target.closest('button.cancel')) { form.querySelector('#remove-coupon').value = 1; form.submit(); }
      });
    });
    w.jQuery = w.$ = $; // late
    define('jquery', $);
    define('Magento_Customer/js/customer-data', customerData);
    if (stock.cart) { boxes.cart(stock.cart); }
    if (!stock.cart && server.state().cart.length) { reload(['cart']); }
    if (box) { show(JSON.parse(box.getAttribute('data-late'))); }
    if (server.state().messages.length) { reload(['messages']); }
    if (w.luma) { w.luma(define, observable, show); }
  }
  if (d.readyState === 'complete') { setTimeout(start, 700); } else { w.addEventListener('load', function () { setTimeout(start, 700); }); }
}(window, document));
