/* The shop: an honest one, without a server. It pushes to the data layer what the catalog of tagkit asks a shop to push
   (`tagkit catalog ID`), and says nothing of what can be seen without it: clicks on links, forms, a page that is missing,
   a product that is sold out. The cart lives in sessionStorage. */
(function () {
  const data = JSON.parse(document.getElementById('shop-data').textContent);
  const $ = (selector) => document.querySelector(selector);
  const DELIVERY = 11.99;
  const VAT = 1.23;
  const COUPONS = { TEA10: 0.9 };
  const EXPIRED = ['LATO10'];

  const cents = (amount) => Math.round(amount * 100) / 100;
  const money = (amount) => `${amount.toFixed(2).replace('.', data.decimal_point)} ${data.currency}`;

  // ------------------------------------------------------------------ data layer

  function push(event, more) {
    window.dataLayer.push({ event, ...more });
  }

  /* null first: GTM merges objects, and items of an older push would stay. */
  function pushEcommerce(event, ecommerce) {
    window.dataLayer.push({ ecommerce: null });
    push(event, { ecommerce: { currency: data.currency, ...ecommerce } });
  }

  function item(id, quantity) {
    const { name, price } = data.products[id];
    return { item_id: id, item_name: name, price, quantity };
  }

  function worth(items) {
    return cents(items.reduce((sum, one) => sum + one.price * one.quantity, 0));
  }

  // ------------------------------------------------------------------ cart

  /* {quantities: {id: number}, coupon: text or undefined}; a basket may come with a link: ?basket=TEA-12x2,POT-03x1 */
  function cart() {
    return JSON.parse(sessionStorage.getItem('cart')) || { quantities: {} };
  }

  function keep(changed) {
    sessionStorage.setItem('cart', JSON.stringify(changed));
    showCount();
  }

  function basketOfLink() {
    const quantities = {};
    (new URLSearchParams(location.search).get('basket') || '').split(',').forEach((part) => {
      const [, id, quantity] = /^(.+)x([1-9]\d?)$/.exec(part) || [];
      if (data.products[id]?.in_stock) quantities[id] = Number(quantity);
    });
    return Object.keys(quantities).length ? { quantities } : null;
  }

  function itemsOf({ quantities }) {
    return Object.keys(quantities).map((id) => item(id, quantities[id]));
  }

  function costOf(held) {
    return cents(worth(itemsOf(held)) * (COUPONS[held.coupon] || 1));
  }

  function showCount() {
    const counts = Object.values(cart().quantities);
    $('#cart-count').textContent = counts.reduce((sum, one) => sum + one, 0);
  }

  function showSummary() {
    const held = cart();
    const items = itemsOf(held);
    document.querySelectorAll('[data-when]').forEach((element) => {
      element.hidden = (element.dataset.when === 'full') !== items.length > 0;
    });
    $('#summary tbody').replaceChildren(...items.map((one) => {
      const row = document.createElement('tr');
      [one.item_name, one.quantity, money(cents(one.price * one.quantity))].forEach((text) => {
        row.insertCell().textContent = text;
      });
      return row;
    }));
    $('#total').textContent = money(costOf(held));
  }

  // ------------------------------------------------------------------ pages

  /* Messages stand in the page, in its language; the script only shows them. */
  function show(selector, shown = true) {
    $(selector).hidden = !shown;
  }

  function onSubmit(selector, then) {
    $(selector).addEventListener('submit', (event) => {
      event.preventDefault();
      then(event.target.elements, event.target);
    });
  }

  const pages = {
    product() {
      const { id, in_stock: inStock } = data.product;
      const seen = [item(id, 1)];
      pushEcommerce('view_item', { value: worth(seen), items: seen });
      $('#add-to-wishlist').addEventListener('click', ({ target }) => {
        const isKept = target.getAttribute('aria-pressed') === 'true';
        target.setAttribute('aria-pressed', String(!isKept));
        if (!isKept) pushEcommerce('add_to_wishlist', { value: worth(seen), items: seen });
      });
      $('#share-copy').addEventListener('click', () => {
        navigator.clipboard?.writeText(location.href).catch(() => {});
        show('#copied span');
        push('share', { method: 'copy_link' });
      });
      show('#share-native', Boolean(navigator.share));
      $('#share-native').addEventListener('click', () => {
        navigator.share({ title: document.title, url: location.href }).catch(() => {});
      });
      if (!inStock) return;
      onSubmit('#buy', ({ quantity }) => {
        const added = [item(id, Number(quantity.value))];
        const held = cart();
        held.quantities[id] = (held.quantities[id] || 0) + added[0].quantity;
        keep(held);
        show('#added span');
        pushEcommerce('add_to_cart', { value: worth(added), items: added });
      });
    },

    cart() {
      showSummary();
      onSubmit('#coupon', ({ coupon }) => {
        const code = coupon.value.trim().toUpperCase();
        const isGood = Object.hasOwn(COUPONS, code);
        show('#coupon-good span', isGood);
        show('#coupon-refused', !isGood);
        if (isGood) {
          keep({ ...cart(), coupon: code });
          showSummary();
          return;
        }
        push('coupon_refused', { coupon: code, error_reason: EXPIRED.includes(code) ? 'expired' : 'unknown' });
      });
    },

    checkout() {
      showSummary();
      const held = cart();
      const items = itemsOf(held);
      if (!items.length) return;
      const bill = { value: costOf(held), ...(held.coupon && { coupon: held.coupon }), items };
      // Back from the bank: the checkout goes on, it does not begin.
      if (!data.declined) pushEcommerce('begin_checkout', bill);
      if (sessionStorage.getItem('declined')) {
        sessionStorage.removeItem('declined');
        push('payment_declined', { payment_type: 'card', error_code: 'declined' });
      }
      onSubmit('#checkout', ({ payment }) => {
        if (payment.value === 'declined') {
          sessionStorage.setItem('declined', 'yes');
          location.assign('/checkout?payment=declined');
          return;
        }
        const number = Number(localStorage.getItem('last-order') || 10041) + 1;
        const value = cents(bill.value + DELIVERY);
        const tax = cents(value - value / VAT);
        localStorage.setItem('last-order', number);
        sessionStorage.removeItem('cart');
        sessionStorage.setItem('order', JSON.stringify({
          transaction_id: String(number), ...bill, value, tax, shipping: DELIVERY,
        }));
        location.assign('/thank-you');
      });
    },

    /* An order is told once, however often its page is loaded. */
    'thank-you'() {
      const { told, ...order } = JSON.parse(sessionStorage.getItem('order')) || {};
      show(order.transaction_id ? '#ordered' : '#not-ordered');
      if (!order.transaction_id) return;
      $('#order-number').textContent = order.transaction_id;
      $('#order-value').textContent = money(order.value);
      if (told) return;
      sessionStorage.setItem('order', JSON.stringify({ ...order, told: true }));
      pushEcommerce('purchase', order);
    },

    search() {
      if (data.search) push('view_search_results', data.search);
    },

    contact() {
      onSubmit('#contact', (fields, form) => {
        form.hidden = true;
        show('#contact-thanks span');
      });
    },

    account() {
      onSubmit('#sign-up', (fields, form) => {
        form.hidden = true;
        show('#account-thanks span');
      });
    },
  };

  // ------------------------------------------------------------------ every page

  function openChat(isOpen) {
    show('#chat', isOpen);
    $('#chat-open').setAttribute('aria-expanded', String(isOpen));
    $(isOpen ? '#chat-close' : '#chat-open').focus();
  }

  const linked = basketOfLink();
  if (linked) keep(linked);
  showCount();
  pages[document.body.dataset.page]?.();
  onSubmit('#newsletter', (fields, form) => {
    form.reset();
    show('#newsletter-thanks span');
  });
  $('#chat-open').addEventListener('click', () => {
    if (!$('#chat').hidden) return;
    openChat(true);
    push('chat_click', { chat_vendor: 'own' });
  });
  $('#chat-close').addEventListener('click', () => openChat(false));
}());
