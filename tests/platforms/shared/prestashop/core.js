// What the core, the classic newsletter script and the wish list module do, in the order they do it.
(function () {
  var heard = {};
  function emitter(on) {
    on.on = function (name, fn) { (heard[name] = heard[name] || []).push(fn); return on; };
    on.emit = function (name, event) { (heard[name] || []).slice().forEach(function (fn) { fn(event); }); };
  }
  function send(url, fields) {
    return fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: fields })
      .then(function (answer) { if (!answer.ok) { throw answer; } return answer.json(); });
  }
  function fieldsOf(form) { return new URLSearchParams(new FormData(form)).toString(); }
  function on(type, css, fn) {
    document.body.addEventListener(type, function (event) {
      var found = event.target.closest(css);
      if (found) { fn(event, found); }
    });
  }

  function start() {
    emitter(prestashop);
    prestashop.on('updateCart', function (event) {
      if (event.reason.cart) { prestashop.cart = event.reason.cart; }
      document.querySelectorAll('.js-error').forEach(function (x) { x.style.display = ''; x.querySelector('.js-error-text').textContent = ''; });
    });

    on('click', '[data-button-action="add-to-cart"]', function (event, button) {
      var form = button.closest('form'), quantity = form.querySelector('input[min]');
      event.preventDefault();
      if (quantity && Number(quantity.value) < Number(quantity.min)) { return; }
      send(form.getAttribute('action'), fieldsOf(form) + '&add=1&action=update').then(function (answer) {
        var i;
        if (answer.hasError && shop.version >= 8.1) {
          prestashop.emit('handleError', { eventType: 'addProductToCart', resp: answer });
          return;
        }
        for (i = 0; i < shop.adds; i += 1) {
          prestashop.emit('updateCart', {
            reason: {
              idProduct: answer.id_product, idProductAttribute: answer.id_product_attribute, idCustomization: answer.id_customization,
              linkAction: 'add-to-cart', cart: answer.cart
            },
            resp: answer
          });
        }
      }, function (failed) { prestashop.emit('handleError', { eventType: 'addProductToCart', resp: failed }); });
    });

    on('submit', '[data-link-action="add-voucher"]', function (event, form) {
      event.preventDefault();
      send(form.getAttribute('action'), fieldsOf(form)).then(function (answer) {
        if (answer.hasError) {
          document.querySelectorAll('.js-error').forEach(function (x) {
            x.style.display = 'block';
            x.querySelector('.js-error-text').textContent = answer.errors[0];
          });
          return;
        }
        prestashop.emit('updateCart', { reason: form.dataset, resp: answer });
      });
    });

    // a line of the cart: deleted, or another quantity
    on('click', '[data-link-action="delete-from-cart"], .js-increase-product-quantity', function (event, link) {
      event.preventDefault();
      send('/koszyk-zmiana', '').then(function (answer) {
        var up = link.matches('.js-increase-product-quantity');
        prestashop.emit('updateCart', { reason: up ? { productId: 1, cart: answer.cart } : link.dataset, resp: up ? answer : new Response('{}') });
      });
    });

    // the order is placed: the form of the way to pay is sent
    on('click', '#payment-confirmation button', function (event) {
      var chosen = document.querySelector('[name=payment-option]:checked');
      event.preventDefault();
      if (chosen) { document.querySelector('#pay-with-' + chosen.id + '-form form').submit(); }
    });

    // another variant: the details come anew, then the event
    on('change', '.js-product-variants select', function (event, select) {
      fetch(select.value).then(function (answer) { return answer.json(); }).then(function (answer) {
        var old = document.querySelector('.js-product-details');
        old.outerHTML = answer.product_details;
        prestashop.emit('updatedProduct', answer);
      });
    });
    prestashop.emit('ready');
    wishlist();
  }

  function wishlist() {
    var bus = {}, calls = {}, asked;
    bus.$on = function (name, fn) { (calls[name] = calls[name] || []).push(fn); };
    bus.$emit = function (name, event) { (calls[name] || []).forEach(function (fn) { fn(event); }); };
    bus.$on('showToast', function (event) {
      var toast = document.querySelector('.wishlist-toast');
      toast.className = 'wishlist-toast isActive ' + event.detail.type;
      toast.firstElementChild.textContent = event.detail.message;
    });
    on('click', '.wishlist-button-add', function (event, button) {
      event.preventDefault();
      if (!prestashop.customer.is_logged) { document.querySelector('.wishlist-login').hidden = false; return; }
      asked = button;
      document.querySelector('.wishlist-chooselist').hidden = false;
    });
    on('click', '.wishlist-list-item', function (event, item) {
      var id = Number(asked.dataset.productId);
      send(shop.wishlist, 'id_product=' + id).then(function (answer) {
        document.querySelector('.wishlist-chooselist').hidden = true;
        bus.$emit('showToast', { detail: { type: answer.success ? 'success' : 'error', message: answer.message } });
        bus.$emit('addedToWishlist', { detail: { productId: id, listId: Number(item.dataset.id), productAttributeId: 0 } });
      });
    });
    on('click', '.wishlist-list-new', function () {
      bus.$emit('showToast', { detail: { type: 'success', message: 'Lista utworzona' } });
    });
    setTimeout(function () {
      window.WishlistEventBus = bus;
      prestashop.emit('wishlistEventBusInit');
    }, 300);
  }

  // the classic script; other themes' wrappers have another class, and their forms are sent as forms are
  function newsletters() {
    document.querySelectorAll('.block_newsletter form').forEach(function (form) {
      form.addEventListener('submit', function (event) {
        event.preventDefault();
        event.stopPropagation();
        send(shop.newsletter, fieldsOf(form)).then(function (answer) {
          document.querySelectorAll('.block_newsletter_alert').forEach(function (x) { x.remove(); });
          form.insertAdjacentHTML('afterbegin', '<p class="alert alert-' + (answer.nw_error ? 'danger' : 'success') + ' block_newsletter_alert">' + answer.msg + '</p>');
        });
      });
    });
  }

  newsletters();
  if (shop.late) { setTimeout(start, shop.late); } else { start(); }
}());
