/** The pottery in Faenza the examples are from, as its messages name it. */
export const EXAMPLE_SHOP = { name: 'Bottega Faenza', support_contact: '+390546123456' }
