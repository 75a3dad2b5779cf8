// Small stand-ins for what Dawn's scripts do (Shopify/dawn 15.4.1: pubsub.js, product-form.js, product-info.js, share.js,
// predictive-search.js): the same events in the same order, own words.
const PUB_SUB_EVENTS = { cartUpdate: 'cart-update', variantChange: 'variant-change', cartError: 'cart-error' };
const subscribers = {};
function subscribe(name, callback) {
  subscribers[name] = [...(subscribers[name] || []), callback];
  return () => { subscribers[name] = subscribers[name].filter((other) => other !== callback); };
}
function publish(name, data) {
  return Promise.all((subscribers[name] || []).map((callback) => callback(data)));
}
customElements.define('product-form', class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    this.form.querySelector('[name=id]').disabled = false;
    this.cart = document.querySelector('cart-notification');
    this.form.addEventListener('submit', (event) => this.send(event));
  }
  async send(event) {
    event.preventDefault();
    const data = new FormData(this.form), message = this.querySelector('.product-form__error-message-wrapper');
    if (message) message.hidden = true;
    const answer = await fetch(this.dataset.add || window.routes.cart_add_url, { method: 'POST', body: data });
    const said = await answer.json();
    if (said.status) {
      publish(PUB_SUB_EVENTS.cartError, {
        source: 'product-form', productVariantId: data.get('id'), errors: said.errors || said.description, message: said.message,
      });
      if (message) { message.hidden = false; message.querySelector('span').textContent = said.description; }
    } else if (!this.cart) {
      window.location = window.routes.cart_url;
    } else {
      publish(PUB_SUB_EVENTS.cartUpdate, { source: 'product-form', productVariantId: data.get('id'), cartData: said });
      if (this.dataset.thrice) {
        publish(PUB_SUB_EVENTS.cartUpdate, { source: 'product-form', productVariantId: data.get('id'), cartData: said });
        publish(PUB_SUB_EVENTS.cartUpdate, { source: 'product-form', productVariantId: data.get('id'), cartData: said });
      }
      this.cart.hidden = false;
    }
  }
});
customElements.define('variant-selects', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('change', (event) => {
      const variant = JSON.parse(event.target.dataset.variant), info = this.closest('product-info');
      info.querySelector('product-form [name=id]').value = variant.id;
      info.querySelector('[name=add]').disabled = !variant.available;
      history.replaceState({}, '', location.pathname + '?variant=' + variant.id);
      publish(PUB_SUB_EVENTS.variantChange, { data: { sectionId: 'main', html: document, variant } });
    });
  }
});
customElements.define('share-button', class extends HTMLElement {
  connectedCallback() {
    const message = this.querySelector('.share-button__message');
    this.querySelector('.share-button__copy').addEventListener('click', () => Promise.resolve().then(() => {
      message.classList.remove('hidden');
      message.textContent = 'Skopiowano odnośnik';
    }));
  }
});
customElements.define('cart-items', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('change', async () => {
      const cart = await (await fetch('/cart/change', { method: 'POST' })).json();
      publish(PUB_SUB_EVENTS.cartUpdate, { source: 'cart-items', cartData: cart, variantId: cart.items[0].variant_id });
    });
  }
});
customElements.define('predictive-search', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('input', async () => {
      const found = await (await fetch('/search/suggest?q=' + encodeURIComponent(this.querySelector('input').value))).text();
      this.querySelector('.predictive-search').innerHTML = found;
    });
  }
});
customElements.define('inbox-online-store-chat', class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = '<button class="chat-toggle">Czat</button>';
    this.shadowRoot.querySelector('button').addEventListener('click', () => this.setAttribute('is-open', 'true'));
  }
});
