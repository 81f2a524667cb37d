/**
 * Words of advertising, by language, that have no other meaning in a message about an order: not "free delivery", not "we offer our
 * apologies", not the "Angebot" that is an estimate or the "solde" that is a balance. Endings are left open where the language bends them.
 */
export const MARKETING_WORDS: ReadonlyMap<string, RegExp> = new Map([
  [
    'en',
    words(
      "special offers?|exclusive offers?|limited(?:[- ]time)? offers?|our (?:latest )?offers|discounts?|promotions?|promo(?: code)?s?|coupons?|flash sales?|clearance|on sale|best deals?|buy now|shop now|don[’']t miss|hurry up|save up to|newsletter",
    ),
  ],
  [
    'it',
    words(
      'offert[ae]|scont[oi]|promo|promozion[ei]|saldi|coupon|buono sconto|approfitta(?:ne)?|solo per oggi|non perder\\p{L}*|compra (?:ora|subito)|acquista (?:ora|subito)|imperdibil[ei]|svendita|newsletter',
    ),
  ],
  [
    'uk',
    words(
      'знижк\\p{L}*|акці[яюїй]\\p{L}*|акційн\\p{L}*|розпродаж\\p{L}*|промокод\\p{L}*|купон\\p{L}*|спеціальн\\p{L}* пропозиці\\p{L}*|не пропусти\\p{L}*|купуй\\p{L}*|вигідн\\p{L}* цін\\p{L}*|тільки сьогодні|розсилк\\p{L}*',
    ),
  ],
  [
    'de',
    words(
      'sonderangebote?|angebote|rabatt\\p{L}*|sale|schnäppchen|ausverkauf|aktionspreis\\p{L}*|gutscheincode|jetzt (?:kaufen|zugreifen)|nur heute|nicht verpassen|newsletter',
    ),
  ],
  [
    'fr',
    words(
      'offres? (?:spéciales?|exclusives?|limitées?)|nos offres|promo(?:s|tion|tions)?|les soldes|ventes? flash|codes? promo|réductions?|bons? plans?|profitez(?:[- ]en)?|achetez maintenant|ne manquez pas|newsletter',
    ),
  ],
  [
    'es',
    words(
      'ofertas?|descuentos?|rebajas?|promo(?:ción|ciones)?|cup(?:ón|ones)|compra (?:ahora|ya)|no te (?:lo )?pierdas|aprovecha|solo hoy|newsletter',
    ),
  ],
  [
    'pl',
    words(
      'promocj\\p{L}*|rabat\\p{L}*|zniżk\\p{L}*|wyprzedaż\\p{L}*|super okazj\\p{L}*|ofert\\p{L}* specjaln\\p{L}*|kup teraz|tylko dzi(?:ś|siaj)|nie przegap\\p{L}*|newsletter',
    ),
  ],
])

/** `-20%`, in any language. */
export const PRICE_CUT = /[-–−]\s?\d{1,2}\s?%/gu

function words(alternatives: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${alternatives})(?![\p{L}\p{N}])`, 'giu')
}
